"""The dossier's own page, and the commune's report."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.audit.queries import history_of
from ocop.core.doors import signed_in
from ocop.dossiers.letters import commune_report_facts
from ocop.dossiers.models import Dossier
from ocop.dossiers.papers.commune_report import commune_report
from ocop.dossiers.permissions import can_find, can_read_points, can_write
from ocop.dossiers.queries import (
    criteria_of,
    holder_of,
    kind_of,
    lacking_of,
    live_evidence,
    local_assessment_of,
    regime_of,
    shown_as,
    step_of,
    why_closed,
)
from ocop.dossiers.rules import EVIDENCE, SELF_ASSESSMENT, forecast
from ocop.dossiers.states import EDITABLE, DossierState
from ocop.dossiers.views.cards import file_of, forecast_words, found_row, history_row, way_of
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.ui.printing import show_paper

MOST_HISTORY = 100
# For each kind of intake step: the button, and what it is for.
STEP_WORDS = {
    "check": (
        "Kiểm tra hồ sơ",
        "Kiểm tra thành phần hồ sơ và minh chứng rồi chuyển tiếp, hoặc yêu cầu bổ sung một lần cho đủ.",
    ),
    "assessment": ("Ghi nhận xét", "Nhận xét từng nội dung rồi chuyển tiếp, hoặc trả lại để chủ thể bổ sung."),
}

# What the lead office does with a dossier after intake, and the later room's page where it does it.
OFFICE_WORK = {
    DossierState.ACCEPTED: ("Đưa hồ sơ vào một phiên họp Hội đồng.", "Đến Hội đồng", "council:councils"),
    DossierState.TO_RECOGNISE: ("Soạn quyết định công nhận.", "Đến quyết định", "certificates:decisions"),
    DossierState.TO_FORWARD: ("Gửi hồ sơ lên cấp trên kèm công văn.", "Đến kết quả phiên họp", "council:results"),
    DossierState.TO_NOTIFY: ("Gửi chủ thể thông báo kết quả.", "Đến kết quả phiên họp", "council:results"),
    DossierState.FORWARDED: ("Ghi trả lời của cấp trên khi có.", "Đến kết quả phiên họp", "council:results"),
    DossierState.RECOGNISED_ABOVE: (
        "Vào sổ quyết định và giấy chứng nhận của cấp trên.",
        "Đến quyết định",
        "certificates:decisions",
    ),
}


@signed_in
@require_GET
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Status, what is needed now, content, history."""
    visit = visit_of(request)
    found = dossier_for(visit, pk)
    regime, criteria_set = regime_of(found), criteria_of(found)
    writes = can_write(visit.user, visit.day, found)
    told = forecast(regime, criteria_set, found.choices, found.registration.target_star)
    tone, word = shown_as(found)
    findings = list(found.findings.select_related("found_by").order_by("-pk"))
    content_names = {content.code: content.name for step in regime.intake for content in step.contents}
    history = history_of(found, for_subject=writes)[:MOST_HISTORY]
    context = {
        "dossier": found,
        "tone": tone,
        "word": word,
        "holder": holder_of(found),
        "way": way_of(found),
        "now": _needed_now(visit, found, writes=writes),
        "kind": kind_of(found),
        "criteria_set": criteria_set,
        "regime": regime,
        "forecast": told,
        "forecast_words": forecast_words(told, found.registration.target_star),
        "criteria_count": len(criteria_set.criteria),
        "files": [file_of(found, evidence) for evidence in live_evidence(found)],
        "submissions": found.submissions.select_related("submitted_by").defer("content").order_by("-number"),
        "findings": [found_row(finding, content_names) for finding in findings],
        "returned": findings[0] if findings and found.state == DossierState.RETURNED else None,
        "has_report": local_assessment_of(found) is not None,
        "writes": writes,
        "reads_points": can_read_points(visit.user, visit.day, found),
        "editable": writes and found.state in EDITABLE,
        "history": [history_row(entry) for entry in history],
    }
    return render(request, "dossiers/dossier.html", context)


@signed_in
@require_GET
def commune_report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Mẫu 03 of the latest assessment, as a PDF to be signed."""
    found = dossier_for(visit_of(request), pk)
    finding = local_assessment_of(found)
    if finding is None:
        raise Http404("Hồ sơ này chưa có nhận xét của cấp xã.")
    facts = commune_report_facts(found, finding)
    return show_paper(request, lambda: commune_report(facts), name=f"mau-03-{found.registration.code}.pdf")


def _needed_now(visit: Visit, found: Dossier, *, writes: bool) -> dict[str, Any]:
    """What this person has to do now: a sentence and at most one button; else who holds the ball."""
    if writes and found.state in EDITABLE:
        return _to_write(found, visit)
    if found.state == DossierState.SUBMITTED and can_find(visit.user, visit.day, found):
        step = step_of(found)
        assert step is not None
        action, words = STEP_WORDS[step.kind]
        return {"words": f"{step.name}. {words}", "action": action, "url": reverse("dossiers:step", args=[found.pk])}
    programme = found.registration.batch.programme
    state = DossierState(found.state)
    if state in OFFICE_WORK and sits_in(visit.user, visit.day, Role.LEAD_OFFICER, unit=programme.unit):
        words, action, url_name = OFFICE_WORK[state]
        return {"words": words, "action": action, "url": reverse(url_name)}
    holder = holder_of(found)
    if not holder:
        return {"words": "Hồ sơ đã xong. Không còn việc nào phải làm ở đây."}
    return {"words": f"Chưa đến lượt bạn. Đang chờ: {holder}."}


def _to_write(found: Dossier, visit: Visit) -> dict[str, Any]:
    """The subject's next step while the dossier is in its hands."""
    pages = {part: reverse(f"dossiers:{part}", args=[found.pk]) for part in (SELF_ASSESSMENT, EVIDENCE, "submit")}
    closed = why_closed(found, visit.day)
    if closed:
        return {"words": closed, "tone": "bad"}
    lacking = lacking_of(found)
    if lacking:
        first = lacking[0]
        action = "Tiếp tục tự đánh giá" if first.part == SELF_ASSESSMENT else "Thêm minh chứng"
        return {"words": first.words, "action": action, "url": pages[first.part]}
    if found.state == DossierState.RETURNED and not _answered(found):
        words = "Bổ sung các mục được nêu dưới đây, rồi nộp lại."
        return {"words": words, "action": "Bổ sung minh chứng", "url": pages[EVIDENCE]}
    again = " lại" if found.state == DossierState.RETURNED else ""
    return {
        "words": f"Hồ sơ đã đủ thành phần. Đọc lại một lượt rồi nộp{again}.",
        "action": f"Nộp{again} hồ sơ",
        "url": pages["submit"],
    }


def _answered(found: Dossier) -> bool:
    """Whether anything was written or added since the dossier was sent back."""
    since = found.step_since
    if since is None:
        return True
    written = found.saved_at is not None and found.saved_at > since
    return written or live_evidence(found).filter(added_at__gt=since).exists()
