"""The addresses of room `advisory`."""

from django.urls import path, re_path

from ocop.advisory.views import reporting, reviewing, surveying, teams, work

app_name = "advisory"
urlpatterns = [
    path("to-tu-van/", teams.teams, name="teams"),
    path("to-tu-van/lap/", teams.team_new, name="team-new"),
    path("to-tu-van/<int:pk>/", teams.team, name="team"),
    path("to-tu-van/<int:pk>/them/", teams.seat_add, name="seat-add"),
    path("to-tu-van/ghe/<int:pk>/thoi/", teams.seat_end, name="seat-end"),
    path("to-tu-van/<int:pk>/ho-so/", work.work, name="work"),
    path("ho-so/<int:pk>/tu-van/", work.dossier, name="dossier"),
    path("ho-so/<int:pk>/tu-van/tom-tat/", work.dossier_panel, name="dossier-panel"),
    path("ho-so/<int:pk>/tu-van/giao/", work.give, name="give"),
    path("ho-so/<int:pk>/tu-van/rut/<int:key>/", work.take_back, name="take-back"),
    path("ho-so/<int:pk>/tu-van/kiem-nghiem/", work.test, name="test"),
    path("ho-so/<int:pk>/tu-van/xem/", reviewing.review, name="review"),
    path("ho-so/<int:pk>/tu-van/xem/luu/", reviewing.save, name="review-save"),
    path("ho-so/<int:pk>/tu-van/xem/lai/", reviewing.again, name="review-again"),
    path("ho-so/<int:pk>/tu-van/khao-sat/", surveying.plan, name="survey-plan"),
    path("ho-so/<int:pk>/tu-van/khao-sat/<int:number>/", surveying.survey, name="survey"),
    path("ho-so/<int:pk>/tu-van/khao-sat/<int:number>/luu/", surveying.save, name="survey-save"),
    path("ho-so/<int:pk>/tu-van/khao-sat/<int:number>/anh/<uuid:key>/", surveying.photo, name="survey-photo"),
    path(
        "ho-so/<int:pk>/tu-van/khao-sat/<int:number>/anh/<uuid:key>/bo/",
        surveying.photo_remove,
        name="survey-photo-remove",
    ),
    path("ho-so/<int:pk>/tu-van/bao-cao/", reporting.report, name="report"),
    re_path(
        r"^ho-so/(?P<pk>\d+)/tu-van/bao-cao/(?P<version>\d+)\.(?P<ending>pdf|docx)$", reporting.paper, name="paper"
    ),
]
