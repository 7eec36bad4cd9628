"""The dossier's own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.audit.queries import history_of
from ocop.consent.permissions import can_help
from ocop.core.clock import day_of
from ocop.core.doors import signed_in
from ocop.dossiers.actions.locking import TYPES_NO_POINTS
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_find, can_read_points, can_write, is_own
from ocop.dossiers.queries import (
    criteria_of,
    days_left,
    holder_of,
    items_asked,
    kind_of,
    lacking_of,
    late_for_batch,
    live_evidence,
    local_assessment_of,
    recognition_of,
    regime_of,
    shown_as,
    step_of,
    step_taking,
    to_look_over,
    typed_for,
    unread_of,
    why_closed,
    why_not_now,
)
from ocop.dossiers.rules import ASKED, CHANGES, EVIDENCE, READ_BACK, SELF_ASSESSMENT, Lacking, forecast
from ocop.dossiers.states import EDITABLE, DossierState
from ocop.dossiers.views.cards import file_of, forecast_words, found_row, history_row, way_of
from ocop.dossiers.views.links import interview_url
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.dossiers.views.sheet import below_minimums
from ocop.dossiers.views.word import word_of
from ocop.interview.queries import cards_of, live_answers, sitting_of
from ocop.wallet.queries import papers_of

MOST_HISTORY = 100
# For each kind of intake step: the button, and what it is for.
STEP_WORDS = {
    "check": (
        "Kiểm tra hồ sơ",
        "Kiểm tra thành phần hồ sơ và minh chứng rồi chuyển tiếp, hoặc yêu cầu bổ sung một lần cho đủ.",
    ),
    "assessment": ("Ghi nhận xét", "Nhận xét từng nội dung rồi chuyển tiếp, hoặc trả lại để chủ thể bổ sung."),
}

PART_ACTIONS = {
    SELF_ASSESSMENT: "Tiếp tục tự đánh giá",
    EVIDENCE: "Thêm minh chứng",
    CHANGES: "Nêu thay đổi",
    READ_BACK: "Đọc lại và xác nhận",
}

# Before anything is typed: what the other parts draw on comes first.
BEGIN = "Bắt đầu bằng phỏng vấn: trả lời một lần, các mẫu đơn và phần tự đánh giá lấy số liệu từ đó."

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
    writes, own = can_write(visit.user, visit.day, found), is_own(visit.user, visit.day, found)
    reads_points = can_read_points(visit.user, visit.day, found)
    told = forecast(regime, criteria_set, found.choices, found.registration.target_star)
    tone, word = shown_as(found)
    editable, subject = writes and found.state in EDITABLE, found.registration.product.subject
    lacking = lacking_of(found) if editable else None
    findings = list(found.findings.select_related("found_by").order_by("-pk"))
    content_names = {content.code: content.name for step in regime.intake for content in step.contents}
    history = history_of(found, for_subject=own)[:MOST_HISTORY]
    context = {
        "dossier": found,
        "tone": tone,
        "word": word,
        "holder": holder_of(found),
        "left": days_left([found], visit.day).get(found.pk),
        "way": way_of(found),
        "now": _needed_now(visit, found, lacking),
        "late": _late(visit, found),
        "kind": kind_of(found),
        "recognition": recognition_of(found) if kind_of(found).changes_required else None,
        "outside": why_not_now(found, visit.day) if editable else "",
        "asked": items_asked(found),
        "own": own,
        "thread_count": found.messages.count(),
        "criteria_set": criteria_set,
        "regime": regime,
        "forecast": told,
        "message": forecast_words(told, found.registration.target_star),
        "below": below_minimums(criteria_set, told, found.choices, found.registration.target_star),
        "criteria_count": len(criteria_set.criteria),
        "files": [file_of(found, evidence) for evidence in live_evidence(found)],
        "submissions": found.submissions.select_related("submitted_by").defer("content").order_by("-number"),
        "findings": [found_row(finding, content_names) for finding in findings],
        "returned": findings[0] if findings and found.state == DossierState.RETURNED else None,
        "has_report": local_assessment_of(found) is not None,
        "writes": writes,
        "reads_points": reads_points,
        "editable": editable,
        "helps": editable and not own,
        "may_help": found.state in EDITABLE and not writes and can_help(visit.user, visit.day, subject),
        "no_points": "" if reads_points else TYPES_NO_POINTS,
        "work": _work(found, lacking, reads_points=reads_points) if lacking is not None else [],
        **word_of(visit, found),
        "history": [history_row(entry) for entry in history],
    }
    return render(request, "dossiers/dossier.html", context)


def _needed_now(visit: Visit, found: Dossier, lacking: list[Lacking] | None) -> dict[str, Any]:
    """What this person has to do now: a sentence and at most one button; else who holds the ball.

    `lacking` is there for whoever may write the dossier now.
    """
    if lacking is not None:
        return _to_write(found, visit, lacking)
    if found.state == DossierState.SUBMITTED and can_find(visit.user, visit.day, found):
        step = step_of(found)
        assert step is not None
        action, words = STEP_WORDS[step.kind]
        return {"words": f"{step.name}. {words}", "action": action, "url": reverse("intake:step", args=[found.pk])}
    programme = found.registration.batch.programme
    state = DossierState(found.state)
    if state in OFFICE_WORK and sits_in(visit.user, visit.day, Role.LEAD_OFFICER, unit=programme.unit):
        words, action, url_name = OFFICE_WORK[state]
        return {"words": words, "action": action, "url": reverse(url_name)}
    holder = holder_of(found)
    if not holder:
        return {"words": "Hồ sơ đã xong. Không còn việc nào phải làm ở đây."}
    return {"words": f"Chưa đến lượt bạn. Đang chờ: {holder}."}


def _to_write(found: Dossier, visit: Visit, lacking: list[Lacking]) -> dict[str, Any]:
    """The subject's next step while the dossier is in its hands."""
    closed = why_closed(found, visit.day)
    if closed:
        return {"words": closed, "tone": "bad"}
    reads_points = can_read_points(visit.user, visit.day, found)
    short = _short_of_star(found) if reads_points else ""
    if lacking:
        first = lacking[0]
        if not reads_points and not _untouched(found):
            # Whoever assesses contents goes on with what that person may type for the subject.
            open_parts = [each for each in lacking if each.part != SELF_ASSESSMENT]
            if not open_parts:
                return {"words": f"{first.words} {TYPES_NO_POINTS}"}
            first = open_parts[0]
        if first.part == SELF_ASSESSMENT and _untouched(found):
            return {"words": BEGIN, "action": "Bắt đầu phỏng vấn", "url": interview_url(found)}
        words = " ".join(filter(None, (first.words, short)))
        return {"words": words, "action": PART_ACTIONS[first.part], "url": _page(found, first.part)}
    if found.state == DossierState.RETURNED and not _answered(found):
        words = "Bổ sung các mục được nêu dưới đây, trả lời từng mục, rồi nộp lại."
        return {"words": words, "action": "Bổ sung từng mục", "url": _page(found, ASKED)}
    outside = why_not_now(found, visit.day)
    if outside:
        return {"words": outside, "tone": "bad"}
    again = " lại" if found.state == DossierState.RETURNED else ""
    doubts = len(to_look_over(found, visit.day, points=reads_points))
    look = f"Còn {doubts} chỗ nên xem lại trước." if doubts else ""
    said = ("Hồ sơ đã đủ thành phần.", short, look, f"Đọc lại một lượt rồi nộp{again}.")
    return {
        "words": " ".join(filter(None, said)),
        "action": f"Nộp{again} hồ sơ",
        "url": _page(found, "submit"),
    }


def _short_of_star(found: Dossier) -> str:
    """Where the whole self-assessment does not reach the star registered for; nothing while it is not whole."""
    criteria_set, star = criteria_of(found), found.registration.target_star
    if any(code not in found.choices for code in criteria_set.criteria):
        return ""
    return forecast(regime_of(found), criteria_set, found.choices, star).short_of(star)


def _late(visit: Visit, found: Dossier) -> str:
    """Whether the days of the office that takes it in run past the batch's last: from today, or from the handing in."""
    if found.state in EDITABLE:
        return late_for_batch(found, visit.day)
    last = found.submissions.defer("content").last()
    if last is None or step_of(found) != step_taking(found, last):
        return ""
    return late_for_batch(found, day_of(last.submitted_at), last)


def _page(found: Dossier, part: str) -> str:
    """The page of a part of the dossier."""
    return reverse(f"dossiers:{part}", args=[found.pk])


def _work(found: Dossier, lacking: list[Lacking], *, reads_points: bool) -> list[dict[str, Any]]:
    """The parts of the dossier to be filled in, in their order, each with how far it has come."""
    product, year = found.registration.product, found.registration.batch.programme.year
    sitting = sitting_of(product, year)
    asked = sum(len(view.open) for view in cards_of(sitting)) if sitting is not None else 0
    criteria, cited = len(criteria_of(found).criteria), live_evidence(found).count()
    typed = typed_for(found)
    unread = len(unread_of(found, typed))
    answered = len(found.choices)
    rows = [
        ("Phỏng vấn", interview_url(found), f"còn {asked} mục" if asked else "đã trả lời đủ", not asked),
        ("Minh chứng của hồ sơ", _page(found, EVIDENCE), f"{cited} giấy tờ đang viện dẫn", cited > 0),
    ]
    if reads_points:
        rows.append(
            ("Tự đánh giá", _page(found, SELF_ASSESSMENT), f"{answered}/{criteria} tiêu chí", answered == criteria)
        )
    if kind_of(found).changes_required:
        told = not any(each.part == CHANGES for each in lacking)
        rows.append(("Thay đổi", _page(found, CHANGES), "đã nêu" if told else "chưa nêu", told))
    if found.state == DossierState.RETURNED:
        items = items_asked(found)
        done = sum(bool(item.answer) for item in items)
        rows.append(
            ("Bổ sung theo yêu cầu", _page(found, ASKED), f"{done}/{len(items)} mục đã trả lời", done == len(items))
        )
    if typed:
        words = f"còn {unread} mục chủ thể chưa đọc lại" if unread else "chủ thể đã đọc lại"
        rows.append(("Đọc lại phần nhập giúp", _page(found, READ_BACK), words, not unread))
    subject = product.subject
    papers = papers_of(subject).count()
    rows.insert(1, ("Ví minh chứng", reverse("wallet:wallet", args=[subject.pk]), f"{papers} giấy tờ", papers > 0))
    return [{"name": name, "url": url, "words": words, "done": done} for name, url, words, done in rows]


def _untouched(found: Dossier) -> bool:
    """Whether nothing was ticked, and nothing answered about the subject or the product, so far."""
    product = found.registration.product
    return not found.choices and not live_answers(product.subject, product).exists()


def _answered(found: Dossier) -> bool:
    """Whether anything was written or added since the dossier was sent back."""
    since = found.step_since
    if since is None:
        return True
    written = found.saved_at is not None and found.saved_at > since
    return written or live_evidence(found).filter(added_at__gt=since).exists()
