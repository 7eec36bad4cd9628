"""Doors of the room."""

from django.urls import path, re_path

from ocop.dossiers.views import (
    asked,
    changes,
    dossier,
    evidence,
    forms,
    lists,
    messages,
    panel,
    reading_back,
    versions,
    writing,
)

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
    path("ho-so/<int:pk>/minh-chung/tu-vi/", evidence.evidence_from_wallet, name="evidence-from-wallet"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/", evidence.evidence_file, name="evidence-file"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/vien-dan/", evidence.evidence_cite, name="evidence-cite"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/ban-moi/", evidence.evidence_renew, name="evidence-renew"),
    path("ho-so/<int:pk>/minh-chung/<uuid:key>/bo/", evidence.evidence_remove, name="evidence-remove"),
    path("ho-so/<int:pk>/mau/", forms.forms, name="forms"),
    re_path(r"^ho-so/(?P<pk>\d+)/mau/(?P<code>[\w-]+)\.(?P<ending>pdf|docx)$", forms.form, name="form"),
    path("ho-so/<int:pk>/thay-doi/", changes.changes, name="changes"),
    path("ho-so/<int:pk>/thay-doi/luu/", changes.changes_save, name="changes-save"),
    path("ho-so/<int:pk>/bo-sung/", asked.asked, name="asked"),
    path("ho-so/<int:pk>/bo-sung/luu/", asked.asked_save, name="asked-save"),
    path("ho-so/<int:pk>/lan-nop/", versions.versions, name="versions"),
    path("ho-so/<int:pk>/lan-nop/<int:number>/", versions.version, name="version"),
    path("ho-so/<int:pk>/lan-nop/<int:number>/giay-tiep-nhan/", versions.receipt, name="receipt"),
    path("ho-so/<int:pk>/lan-nop/<int:number>/giay-tiep-nhan.pdf", versions.receipt_paper, name="receipt-paper"),
    path("ho-so/<int:pk>/lan-nop/<int:one>/<int:other>/", versions.side_by_side, name="side-by-side"),
    path("ho-so/<int:pk>/trao-doi/", messages.thread, name="thread"),
    path("ho-so/<int:pk>/trao-doi/tep/<uuid:key>/", messages.thread_file, name="thread-file"),
    path("ho-so/<int:pk>/doc-lai/", reading_back.read_back, name="read-back"),
    path("ho-so/<int:pk>/du-bao/", writing.forecast_panel, name="forecast-panel"),
    path("ho-so/giay-to/<int:pk>/noi-dung/", evidence.paper_uses, name="paper-uses"),
]
