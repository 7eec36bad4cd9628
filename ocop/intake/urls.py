"""Doors of the room."""

from django.urls import path, re_path

from ocop.intake.views import assessing, checking, offline, printing, receiving

app_name = "intake"
ENDING = r"(?P<ending>pdf|docx)$"
urlpatterns = [
    path("sw.js", offline.worker, name="worker"),
    path("phien/", offline.session, name="session"),
    path("ho-so/<int:pk>/buoc/", receiving.step, name="step"),
    path("ho-so/<int:pk>/tiep-nhan/", receiving.receive, name="receive"),
    re_path(rf"^ho-so/(?P<pk>\d+)/tiep-nhan/(?P<code>\w+)\.{ENDING}", receiving.slip_paper, name="slip"),
    re_path(rf"^ho-so/(?P<pk>\d+)/tiep-nhan/mau/(?P<form>[\w-]+)\.{ENDING}", printing.stamped, name="stamped"),
    path("ho-so/<int:pk>/tiep-nhan/tom-tat/", receiving.dossier_panel, name="dossier-panel"),
    path("ho-so/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("ho-so/<int:pk>/kiem-tra/luu/", checking.save, name="check-save"),
    path("ho-so/<int:pk>/nhan-xet/", assessing.assess, name="assess"),
    path("ho-so/<int:pk>/nhan-xet/luu/", assessing.save, name="assess-save"),
    path("ho-so/<int:pk>/nhan-xet/so/", assessing.numbers, name="numbers"),
    path("ho-so/<int:pk>/nhan-xet/anh/<uuid:key>/", assessing.photo, name="photo"),
    path("ho-so/<int:pk>/nhan-xet/anh/<uuid:key>/bo/", assessing.photo_remove, name="photo-remove"),
    re_path(rf"^ho-so/(?P<pk>\d+)/nhan-xet/(?P<form>[\w-]+)\.{ENDING}", printing.report, name="report"),
]
