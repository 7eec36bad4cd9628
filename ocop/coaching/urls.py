"""Doors of the room."""

from django.urls import path, re_path

from ocop.coaching.views import plans, steps, way

app_name = "coaching"
urlpatterns = [
    path("ho-so/<int:pk>/cung-co/", way.way, name="way"),
    path("ho-so/<int:pk>/cung-co/khung/", way.dossier_panel, name="dossier-panel"),
    path("cung-co/", plans.list_, name="plans"),
    path("cung-co/<int:pk>/", plans.plan, name="plan"),
    path("cung-co/<int:pk>/viec/<int:task_pk>/", plans.task, name="task"),
    path("cung-co/<int:pk>/ket-thuc/", plans.end, name="end"),
    re_path(r"^cung-co/(?P<pk>\d+)/ke-hoach\.(?P<ending>pdf|docx)$", plans.paper, name="paper"),
    path("cung-co/buoc/", steps.steps, name="steps"),
    path("cung-co/buoc/moi/", steps.step_new, name="step-new"),
    path("cung-co/buoc/<slug:code>/", steps.step, name="step"),
    path("cung-co/buoc/<slug:code>/bo/", steps.step_withdraw, name="step-withdraw"),
]
