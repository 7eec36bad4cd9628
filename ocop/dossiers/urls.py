"""Doors of the room."""

from django.urls import path

from ocop.dossiers.views import dossier, evidence, intake, lists, panel, writing

app_name = "dossiers"
urlpatterns = [
    path("dot/", lists.boards, name="boards"),
    path("dot/<int:pk>/", lists.board, name="board"),
    path("ho-so/", lists.list_, name="list"),
    path("ho-so/lap/<int:pk>/", lists.open_, name="open"),
    path("ho-so/dang-ky/<int:pk>/", panel.registration_panel, name="registration-panel"),
    path("ho-so/<int:pk>/", dossier.dossier, name="dossier"),
    path("ho-so/<int:pk>/tu-danh-gia/", writing.self_assessment, name="self-assessment"),
    path("ho-so/<int:pk>/tu-danh-gia/luu/", writing.self_assessment_save, name="self-assessment-save"),
    path("ho-so/<int:pk>/nop/", writing.submit, name="submit"),
    path("ho-so/<int:pk>/minh-chung/", evidence.evidence, name="evidence"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/", evidence.evidence_file, name="evidence-file"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/vien-dan/", evidence.evidence_cite, name="evidence-cite"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/bo/", evidence.evidence_remove, name="evidence-remove"),
    path("ho-so/<int:pk>/buoc/", intake.step, name="step"),
    path("ho-so/<int:pk>/kiem-tra/", intake.check, name="check"),
    path("ho-so/<int:pk>/nhan-xet/", intake.assess, name="assess"),
    path("ho-so/<int:pk>/nhan-xet/mau-03.pdf", dossier.commune_report_paper, name="commune-report"),
]
