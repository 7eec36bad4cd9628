"""Written opinion: one's own ballots until the deadline, who is missing, and the way to a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.council import actions
from ocop.council.forms.meeting import EscalateForm
from ocop.council.models import Hearing, Seat, Session
from ocop.council.permissions import (
    can_run_session,
    check_chair,
    check_open_session,
    readable_hearings,
)
from ocop.council.queries import ballots_due, hearings_of_seat, seat_of, session_hearings
from ocop.council.states import SeatRole, SessionKind, SheetState
from ocop.council.views.live import live_of
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, put_refusal


@dataclass(frozen=True, slots=True)
class BallotRow:
    """A product of a written opinion as one member sees it."""

    hearing: Hearing
    tone: str
    label: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A member with ballots still to come: how many, and how to reach the person."""

    person: User
    count: int


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def ballots(request: Any, pk: int) -> HttpResponse:
    """The ballots of a written opinion: one's own ones; to those who run it the count and who is missing."""
    found = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__unit", "bylaws"), pk=pk
    )
    check_open_session(request.user, request.today, found)
    if found.kind != SessionKind.WRITTEN:
        raise Http404
    live = live_of(request, found, reverse("council:ballots", args=[found.pk]))
    seat = seat_of(request.user, request.today, found.council)
    runs = can_run_session(request.user, request.today, found.council)
    leads = seat is not None and seat.role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR)
    rows = list(session_hearings(found)) if runs or leads else []
    assert found.ballots_by is not None
    context = {
        "session": found,
        "live": live,
        "over": request.now >= found.ballots_by,
        "until": day_of(found.ballots_by),
        "mine": _own_rows(seat, found) if seat is not None and seat.votes else [],
        "rows": rows,
        "readable": readable_hearings(request.user, request.today, found) if rows else set(),
        "missing": [MissingRow(person, count) for person, count in ballots_due(found)] if runs or leads else [],
    }
    return render(request, "council/ballots.html", context)


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def escalate(request: Any, pk: int) -> HttpResponse:
    """Take a product from the written opinion into a meeting."""
    found = load_hearing(request, pk)
    check_chair(request.user, request.today, found)
    if found.session.kind != SessionKind.WRITTEN:
        raise Http404
    if request.method == "GET" and not found.is_open:
        return redirect("council:hearing", found.pk)
    form, status = EscalateForm(request.POST or None, hearing=found, day=request.today), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.escalate_hearing(hearing=found, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, f"Đã chuyển sản phẩm ra {made.session.name}, số {made.place}.")
                return redirect("council:ballots", found.session_id)
    return render(request, "council/escalate.html", {"hearing": found, "form": form}, status=status)


def _own_rows(seat: Seat, session: Session) -> Sequence[BallotRow]:
    return [_own_row(hearing) for hearing in hearings_of_seat(seat, session)]


def _own_row(hearing: Hearing) -> BallotRow:
    answers, sheets = hearing.own_answers, hearing.own_sheets  # type: ignore[attr-defined]
    door, sheet = reverse("council:door", args=[hearing.pk]), reverse("council:sheet", args=[hearing.pk])
    if any(answer.conflict for answer in answers):
        return BallotRow(hearing, "neutral", "Không tham gia: có xung đột lợi ích", "", "")
    if not hearing.is_open:
        return BallotRow(hearing, "neutral", hearing.get_state_display(), "", "")
    if not answers:
        return BallotRow(hearing, "wait", "Chờ bạn khai báo", "Khai báo", door)
    if sheets and sheets[0].state == SheetState.SUBMITTED:
        return BallotRow(hearing, "good", "Đã gửi phiếu", "Xem phiếu", sheet)
    return BallotRow(hearing, "work", "Đang ghi phiếu" if sheets else "Chờ phiếu của bạn", "Ghi phiếu", sheet)
