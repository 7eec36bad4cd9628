"""The meeting: the screen in the room, what lies on the table, the discussion of what the sheets differ in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused, Stale
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.forms.meeting import ReviseForm
from ocop.council.models import Hearing, Session, Sheet
from ocop.council.permissions import (
    can_chair,
    can_put_on_table,
    can_see_ballots,
    can_see_numbers,
    can_see_positions,
    check_chair,
    check_open_session,
    check_put_on_table,
    scoring_seat,
)
from ocop.council.queries import (
    ballots_behind,
    ballots_differ_on,
    current_sheet,
    open_discussion,
    positions_on,
    seat_of,
    standing_of_sheets,
    with_tasting,
)
from ocop.council.states import SessionKind, SheetState
from ocop.council.views.live import live_of
from ocop.council.views.onscreen import agenda_of, on_screen
from ocop.council.views.revising import discussed_criteria, sent_choices, sent_notes
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, put_refusal, shut
from ocop.dossiers.queries import criteria_of


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def screen(request: Any, pk: int) -> HttpResponse:
    """The product on the table, in large type for the room; each reader sees what that reader may see."""
    return _screen(request, _session(request, pk))


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def on_table(request: Any, pk: int) -> HttpResponse:
    """Put a product of the session on the table, or clear it."""
    found = _session(request, pk)
    check_put_on_table(request.user, request.today, found)
    key = whole(request.POST.get("hearing", ""))
    hearing = found.hearings.filter(pk=key).first() if key else None
    if key and hearing is None:
        return _screen(request, found, "Sản phẩm này không thuộc phiên họp. Chọn sản phẩm trong danh sách.", 422)
    try:
        actions.put_on_table(session=found, hearing=hearing, by=request.user, at=request.now)
    except Refused as refused:
        return _screen(request, found, refused.message, 422)
    return redirect("council:screen", found.pk)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def discussion(request: Any, pk: int) -> HttpResponse:
    """The criteria under discussion: positions with their reasons, evidence beside, one's own sheet to revise."""
    found = load_hearing(request, pk)
    return shut(request, found) or _discussion(request, found)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def begin_discussion(request: Any, pk: int) -> HttpResponse:
    """Whoever chairs opens the discussion."""
    found = load_hearing(request, pk)
    check_chair(request.user, request.today, found)
    try:
        made = actions.begin_discussion(hearing=found, by=request.user, at=request.now)
    except Refused as refused:
        return _discussion(request, found, refused=refused)
    messages.success(request, f"Đã mở thảo luận {len(made.criteria)} tiêu chí.")
    return redirect("council:discussion", found.pk)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def end_discussion(request: Any, pk: int) -> HttpResponse:
    """Whoever chairs ends the discussion."""
    found = load_hearing(request, pk)
    check_chair(request.user, request.today, found)
    try:
        actions.end_discussion(hearing=found, by=request.user, at=request.now)
    except Refused as refused:
        return _discussion(request, found, refused=refused)
    messages.success(request, "Đã kết thúc thảo luận. Có thể chốt điểm nếu các phiếu đã trong mức Quy chế.")
    return redirect("council:hearing", found.pk)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def revise(request: Any, pk: int) -> HttpResponse:
    """A member hands in the own sheet anew, at the discussed criteria only."""
    found = load_hearing(request, pk)
    closed_door = shut(request, found)
    if closed_door is not None:
        return closed_door
    scoring_seat(request.user, request.today, found)
    form = ReviseForm(request.POST)
    if not form.is_valid():
        return _discussion(request, found, form=form)
    try:
        kept = actions.revise_sheet(
            hearing=found,
            choices=sent_choices(request.POST),
            notes=sent_notes(request.POST),
            reason=form.cleaned_data["reason"],
            version=whole(request.POST.get("version", "")),
            by=request.user,
            at=request.now,
        )
    except Refused as refused:
        return _discussion(request, found, form=form, refused=refused)
    messages.success(request, f"Đã nộp bản thứ {kept.version} của phiếu. Bản trước được giữ nguyên.")
    return redirect("council:discussion", found.pk)


def _session(request: Any, pk: int) -> Session:
    found = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__unit", "bylaws"), pk=pk
    )
    check_open_session(request.user, request.today, found)
    return found


def _screen(request: Any, found: Session, refused: str = "", status: int = 200) -> HttpResponse:
    live = live_of(request, found, reverse("council:screen", args=[found.pk]))
    leads = can_put_on_table(request.user, request.today, found)
    table = on_screen(found, request.user, request.today)
    minute = timezone.localtime(request.now)
    context = {
        "session": found,
        "live": live,
        "agenda": agenda_of(found),
        "table": table,
        "leads": leads and found.kind == SessionKind.MEETING,
        "chairs": table is not None and table.open and can_chair(request.user, request.today, table.hearing),
        "refused": refused,
        "now": request.now,
        "minutes": minute.hour * 60 + minute.minute,
    }
    return render(request, "council/screen.html", context, status=status)


def _discussion(
    request: Any, found: Hearing, *, form: ReviseForm | None = None, refused: Refused | None = None
) -> HttpResponse:
    user, day = request.user, request.today
    live = live_of(request, found.session, reverse("council:discussion", args=[found.pk]))
    seat = seat_of(user, day, found.session.council)
    current = open_discussion(found)
    codes = list(current.criteria) if current is not None else []
    sees = current is not None and can_see_positions(user, day, found)
    own = current_sheet(found, seat) if seat is not None and seat.votes else None
    revises = sees and own is not None and own.state == SheetState.SUBMITTED
    status = 200
    if refused is not None:
        status = 409 if isinstance(refused, Stale) else 422
        if form is not None and revises:
            put_refusal(form, refused)
    elif form is not None:
        status = 422
    before = ballots_behind(found) if can_see_ballots(user, day, found) else None
    context = {
        "hearing": found,
        "live": live,
        "discussion": current,
        "chairs": found.is_open and can_chair(user, day, found),
        "meets": found.session.kind == SessionKind.MEETING,
        "positions": positions_on(found, codes, seat) if sees else [],
        "waits_for_own": current is not None and not sees,
        "ballots": positions_on(before, ballots_differ_on(before), seat) if before is not None else [],
        "totals": _totals(found, day) if found.is_open and can_see_numbers(user, day, found) else [],
        "own": own if revises else None,
        "criteria": _own_criteria(request, found, own, codes) if revises and own is not None else [],
        "form": (form or ReviseForm()) if revises else None,
        "refused": refused.message if refused is not None and (form is None or not revises) else "",
        "revisions": list(current.revisions.values_list("pk", flat=True)) if current is not None else [],
    }
    return render(request, "council/discussion.html", context, status=status)


def _own_criteria(request: Any, found: Hearing, own: Sheet, codes: list[str]) -> list[dict[str, Any]]:
    choices, notes = dict(with_tasting(found, [own])[0].choices), dict(own.notes)
    if request.method == "POST":
        criteria = criteria_of(found.dossier).criteria
        try:
            sent = sent_choices(request.POST)
        except Refused:
            sent = {}
        choices |= {code: place for code, place in sent.items() if code in criteria}
        notes |= {code: text for code, text in sent_notes(request.POST).items() if code in criteria}
    return discussed_criteria(found, codes, choices, notes)


def _totals(found: Hearing, day: Any) -> list[int]:
    return sorted((row.total for row in standing_of_sheets(found, day).evaluation.sheets), reverse=True)
