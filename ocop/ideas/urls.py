"""Doors of the room."""

from django.urls import path

from ocop.ideas.views import ideas, plans

app_name = "ideas"
urlpatterns = [
    path("y-tuong/", ideas.list_, name="list"),
    path("y-tuong/moi/", ideas.new, name="new"),
    path("y-tuong/<int:pk>/", ideas.idea, name="idea"),
    path("y-tuong/<int:pk>/sua/", ideas.edit, name="edit"),
    path("y-tuong/<int:pk>/gui/", ideas.send, name="send"),
    path("y-tuong/<int:pk>/chu-the/", ideas.link, name="link"),
    path("y-tuong/<int:pk>/mau/<slug:code>.<slug:ending>", ideas.paper, name="paper"),
    path("y-tuong/<int:pk>/buoc/moi/", plans.step, name="step-new"),
    path("y-tuong/<int:pk>/buoc/<int:step_pk>/", plans.step, name="step"),
    path("y-tuong/<int:pk>/buoc/<int:step_pk>/bo/", plans.step_remove, name="step-remove"),
    path("y-tuong/<int:pk>/buoc/<int:step_pk>/bao-cao/", plans.report, name="report"),
    path("y-tuong/<int:pk>/bao-cao/<int:report_pk>/anh/", plans.photo, name="photo"),
    path("y-tuong/<int:pk>/phuong-an/gui/", plans.send, name="plan-send"),
    path("y-tuong/<int:pk>/phuong-an/xong/", plans.finish, name="plan-finish"),
]
