"""A session: progress for those who run it, a queue for members; its dossiers and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.council import actions
from ocop.council.forms import PutBeforeForm
from ocop.council.models import Hearing, Result, Seat, Session
from ocop.council.permissions import (
    can_run_session,
    can_take_minutes,
    check_open_session,
    check_run_session,
    readable_hearings,
    sits_on_day,
)
from ocop.council.queries import (
    can_be_present,
    hearings_of_seat,
    invitations_of,
    present_at,
    readers_of,
    seat_of,
    seats_on,
    session_hearings,
)
from ocop.council.queries.meeting import discussed_in
from ocop.council.states import HearingState, SeatRole, SheetState
from ocop.council.views.live import live_of
from ocop.council.views.session_links import ways_of
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, put_refusal
from ocop.council.wording import bylaws_words

UNDECLARED = "Chờ bạn khai báo"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A product as one member sees it: what is left to do, and where."""

    hearing: Hearing
    tone: str
    label: str
    action: str
    url: str
    waiting: bool
    reads: bool = False


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A product as those who run the session see it; a member whom the door has not let in sees only its name."""

    hearing: Hearing
    readable: bool
    counted: bool
    sheets_in: int
    expected: int
    conflicts: int
    result: Result | None
    reader: Seat | None = None


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def session(request: Any, pk: int) -> HttpResponse:
    """The session: one's own queue, the progress of all, the bylaws it runs under."""
    found = _session(request, pk)
    return _page(request, found, PutBeforeForm(session=found))


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def put_before(request: Any, pk: int) -> HttpResponse:
    """Put the ticked dossiers before the session."""
    found = _session(request, pk)
    check_run_session(request.user, request.today, found.council)
    form = PutBeforeForm(request.POST, session=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        made = actions.put_before(
            session=found, dossiers=list(form.cleaned_data["dossiers"]), by=request.user, at=request.now
        )
    except Refused as refused:
        return _page(request, found, form, status=put_refusal(form, refused))
    messages.success(request, f"Đã đưa {len(made)} hồ sơ ra phiên họp. Thành viên thấy ngay trong phần việc của mình.")
    return redirect("council:session", found.pk)


def _session(request: Any, pk: int) -> Session:
    found = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__unit", "bylaws"), pk=pk
    )
    check_open_session(request.user, request.today, found)
    return found


def _page(request: Any, found: Session, form: PutBeforeForm, status: int = 200) -> HttpResponse:
    seat = seat_of(request.user, request.today, found.council)
    runs = can_run_session(request.user, request.today, found.council)
    leads = seat is not None and seat.role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR)
    live = live_of(request, found, reverse("council:session", args=[found.pk]))
    readers = readers_of(found)
    votes = seat is not None and seat.votes and sits_on_day(seat, found)
    discussed = discussed_in(found) if seat and votes else set()
    queue = (
        [_queue_row(row, seat, readers, discussed) for row in hearings_of_seat(seat, found)] if seat and votes else []
    )
    watches = runs or leads or seat is None
    progress = _progress(request, found, seat, readers) if watches else []
    closed = sum(not row.hearing.is_open for row in progress or queue)
    context = {
        "live": live,
        "ways": ways_of(request, found, seat, runs=runs, closed=closed),
        "undeclared": sum(row.label == UNDECLARED for row in queue),
        "here": _here(found, seat, request.today),
        "invitation": invitations_of(found).get(seat.pk) if seat is not None else None,
        "seat": seat,
        "session": found,
        "bylaws": bylaws_words(found.bylaws),
        "queue": queue,
        "next": next((row for row in queue if row.waiting), None),
        "done": sum(not row.waiting for row in queue),
        "progress": progress,
        "watches": watches,
        "runs": runs,
        "form": form if runs else None,
        "accepted": len(form.fields["dossiers"].choices) if runs else 0,  # type: ignore[attr-defined]
        "has_minutes": can_take_minutes(request.user, request.today, found),
    }
    return render(request, "council/session.html", context, status=status)


def _here(found: Session, seat: Seat | None, day: date) -> str:
    """Whether the member may still say “I am here” (`ask`), has said so (`said`), or it is not the time (empty)."""
    if seat is None or not can_be_present(found, day) or day != found.held_on or not sits_on_day(seat, found):
        return ""
    noted = present_at(found).get(seat.pk)
    return "said" if noted is not None and noted.present else "ask"


def _progress(request: Any, found: Session, own: Seat | None, readers: dict[int, Seat]) -> list[ProgressRow]:
    readable = readable_hearings(request.user, request.today, found)
    voting = sum(seat.votes for seat in seats_on(found.council, found.held_on))
    votes = own is not None and own.votes
    return [
        ProgressRow(
            hearing=row,
            readable=row.pk in readable,
            counted=row.pk in readable or not votes,
            sheets_in=row.sheets_in,  # type: ignore[attr-defined]
            expected=voting - row.conflicts,  # type: ignore[attr-defined]
            conflicts=row.conflicts,  # type: ignore[attr-defined]
            result=getattr(row, "result", None) if row.pk in readable and not row.is_open else None,
            reader=readers.get(row.pk) if row.pk in readable or not votes else None,
        )
        for row in session_hearings(found)
    ]


def _queue_row(hearing: Hearing, seat: Seat, readers: dict[int, Seat], discussed: set[int]) -> QueueRow:
    answer = next(iter(hearing.own_answers), None)  # type: ignore[attr-defined]
    sheet = next(iter(hearing.own_sheets), None)  # type: ignore[attr-defined]
    door, form = reverse("council:door", args=[hearing.pk]), reverse("council:sheet", args=[hearing.pk])
    reader = readers.get(hearing.pk)
    row = partial(QueueRow, hearing, reads=reader is not None and reader.pk == seat.pk)
    if answer is not None and answer.conflict:
        return row("neutral", "Không tham gia: có xung đột lợi ích", "", "", False)
    if not hearing.is_open:
        over = HearingState(hearing.state).label
        if answer is None:
            return row("neutral", f"{over}, bạn chưa khai báo", "", "", False)
        return row("good", over, "Xem kết quả", reverse("council:hearing", args=[hearing.pk]), False)
    if answer is None:
        return row("wait", UNDECLARED, "Khai báo", door, True)
    if sheet is not None and sheet.state == SheetState.SUBMITTED and hearing.pk in discussed:
        talk = reverse("council:discussion", args=[hearing.pk])
        return row("warn", "Đang thảo luận", "Vào thảo luận", talk, False)
    if sheet is not None and sheet.state == SheetState.SUBMITTED:
        return row("good", "Đã nộp phiếu", "Xem phiếu", form, False)
    if sheet is not None and sheet.version > 1:
        return row("warn", "Phiếu được mở lại", "Chấm lại", form, True)
    return row("work", "Đang chấm" if sheet else "Chờ chấm", "Chấm điểm", form, True)
