"""The council's addresses."""

from django.urls import path

from ocop.council.views import councils, hearings, onward, sessions, sheets

app_name = "council"
urlpatterns = [
    path("hoi-dong/", councils.councils, name="councils"),
    path("hoi-dong/moi/", councils.council_new, name="council-new"),
    path("hoi-dong/<int:pk>/", councils.council, name="council"),
    path("hoi-dong/<int:pk>/quy-che/", councils.bylaws_new, name="bylaws-new"),
    path("hoi-dong/<int:pk>/phien-moi/", councils.session_new, name="session-new"),
    path("hoi-dong/phien/<int:pk>/", sessions.session, name="session"),
    path("hoi-dong/phien/<int:pk>/dua-ho-so/", sessions.put_before, name="put-before"),
    path("hoi-dong/phien/<int:pk>/bien-ban.pdf", sessions.minutes, name="minutes"),
    path("hoi-dong/nghi-su/<int:pk>/", hearings.hearing, name="hearing"),
    path("hoi-dong/nghi-su/<int:pk>/cua/", sheets.door, name="door"),
    path("hoi-dong/nghi-su/<int:pk>/phieu/", sheets.sheet, name="sheet"),
    path("hoi-dong/nghi-su/<int:pk>/phieu/luu/", sheets.sheet_save, name="sheet-save"),
    path("hoi-dong/nghi-su/<int:pk>/phieu/nop/", sheets.sheet_submit, name="sheet-submit"),
    path("hoi-dong/nghi-su/<int:pk>/minh-chung/<uuid:key>/", sheets.evidence_file, name="evidence-file"),
    path("hoi-dong/nghi-su/<int:pk>/mo-lai/", hearings.reopen, name="reopen"),
    path("hoi-dong/nghi-su/<int:pk>/loai/", hearings.finding, name="finding"),
    path("hoi-dong/nghi-su/<int:pk>/chot/", hearings.close, name="close"),
    path("hoi-dong/ket-qua/", onward.results, name="results"),
    path("hoi-dong/ket-qua/<int:pk>/thong-bao/", onward.letter, name="letter"),
    path("hoi-dong/ket-qua/<int:pk>/thong-bao.pdf", onward.letter_paper, name="letter-paper"),
    path("hoi-dong/ket-qua/<int:pk>/chuyen/", onward.forward, name="forward"),
    path("hoi-dong/ket-qua/<int:pk>/cong-van.pdf", onward.forward_paper, name="forward-paper"),
    path("hoi-dong/ket-qua/<int:pk>/tra-loi/", onward.answer, name="answer"),
    path("hoi-dong/ho-so/<int:pk>/", onward.dossier_panel, name="dossier-panel"),
]
