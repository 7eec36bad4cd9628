from django.urls import path, re_path

from ocop.certificates import views

app_name = "certificates"
urlpatterns = [
    path("chung-nhan/", views.register, name="register"),
    path("chung-nhan/quyet-dinh/", views.decisions, name="decisions"),
    path("chung-nhan/quyet-dinh/dot/<int:batch_pk>/soan/", views.prepare, name="prepare"),
    path("chung-nhan/quyet-dinh/vao-so/<int:result_pk>/", views.enter_higher, name="enter-higher"),
    path("chung-nhan/quyet-dinh/<int:pk>/", views.decision, name="decision"),
    path("chung-nhan/quyet-dinh/<int:pk>/quyet-dinh.pdf", views.decision_paper, name="decision-paper"),
    path(
        "chung-nhan/quyet-dinh/<int:pk>/quyet-dinh.docx",
        views.decision_paper,
        {"ending": "docx"},
        name="decision-word",
    ),
    path("chung-nhan/quyet-dinh/<int:pk>/du-thao/phat-hanh/", views.issue_draft, name="issue-draft"),
    re_path(
        r"^chung-nhan/quyet-dinh/(?P<pk>\d+)/du-thao/so-(?P<paper>\d+)\.(?P<ending>pdf|docx)$",
        views.draft_issued,
        name="draft-issued",
    ),
    path("chung-nhan/quyet-dinh/<int:pk>/ky/", views.sign, name="sign"),
    path("chung-nhan/quyet-dinh/<int:pk>/bo/", views.discard, name="discard"),
    path("chung-nhan/<int:pk>/", views.certificate, name="certificate"),
    path("chung-nhan/<int:pk>/giay.pdf", views.certificate_paper, name="certificate-paper"),
    path("chung-nhan/ho-so/<int:dossier_pk>/", views.dossier_panel, name="dossier-panel"),
]
