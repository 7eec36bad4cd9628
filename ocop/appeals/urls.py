"""Doors of the room."""

from django.urls import path, re_path

from ocop.appeals.views import answering, filing

app_name = "appeals"
urlpatterns = [
    path("kien-nghi/", answering.list_, name="list"),
    path("kien-nghi/<int:pk>/", answering.appeal, name="appeal"),
    path("kien-nghi/<int:pk>/y-kien/", answering.advise, name="advise"),
    path("kien-nghi/<int:pk>/tep/<uuid:key>/", filing.appeal_file, name="file"),
    re_path(r"^kien-nghi/(?P<pk>\d+)/tra-loi\.(?P<ending>pdf|docx)$", filing.answer_paper, name="answer-paper"),
    path("ho-so/<int:pk>/kien-nghi/", filing.dossier_appeals, name="dossier"),
    path("ho-so/<int:pk>/kien-nghi/tom-tat/", filing.dossier_panel, name="dossier-panel"),
]
