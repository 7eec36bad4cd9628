"""A session: progress for those who run it, a queue for members; its dossiers and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
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
from ocop.council.minutes import minutes_facts
from ocop.council.models import Hearing, Result, Seat, Session
from ocop.council.papers.minutes import minutes as minutes_paper
from ocop.council.permissions import (
    can_run_session,
    can_take_minutes,
    check_open_session,
    check_run_session,
    check_take_minutes,
    readable_hearings,
)
from ocop.council.queries import hearings_of_seat, seat_of, seats_of, session_hearings
from ocop.council.states import SeatRole, SheetState
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, put_refusal
from ocop.council.wording import bylaws_words
from ocop.ui.printing import show_paper


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A product as one member sees it: what is left to do, and where."""

    hearing: Hearing
    tone: str
    label: str
    action: str
    url: str
    waiting: bool


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


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def minutes(request: Any, pk: int) -> HttpResponse:
    """The minutes as PDF, once every product is closed."""
    found = _session(request, pk)
    check_take_minutes(request.user, request.today, found)
    facts = minutes_facts(found)
    return show_paper(request, lambda: minutes_paper(facts), name=f"bien-ban-phien-{found.pk}.pdf")


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
    queue = [_queue_row(row) for row in hearings_of_seat(seat, found)] if seat is not None and seat.votes else []
    watches = runs or leads or seat is None
    context = {
        "session": found,
        "bylaws": bylaws_words(found.bylaws),
        "queue": queue,
        "next": next((row for row in queue if row.waiting), None),
        "done": sum(not row.waiting for row in queue),
        "progress": _progress(request, found, seat) if watches else [],
        "watches": watches,
        "runs": runs,
        "form": form if runs else None,
        "accepted": len(form.fields["dossiers"].choices) if runs else 0,  # type: ignore[attr-defined]
        "has_minutes": can_take_minutes(request.user, request.today, found),
    }
    return render(request, "council/session.html", context, status=status)


def _progress(request: Any, found: Session, own: Seat | None) -> list[ProgressRow]:
    readable = readable_hearings(request.user, request.today, found)
    voting = sum(seat.votes for seat in seats_of(found.council))
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
        )
        for row in session_hearings(found)
    ]


def _queue_row(hearing: Hearing) -> QueueRow:
    answer = next(iter(hearing.own_answers), None)  # type: ignore[attr-defined]
    sheet = next(iter(hearing.own_sheets), None)  # type: ignore[attr-defined]
    door, form = reverse("council:door", args=[hearing.pk]), reverse("council:sheet", args=[hearing.pk])
    if answer is not None and answer.conflict:
        return QueueRow(hearing, "neutral", "Không tham gia: có xung đột lợi ích", "", "", False)
    if not hearing.is_open:
        if answer is None:
            return QueueRow(hearing, "neutral", "Đã chốt, bạn chưa khai báo", "", "", False)
        return QueueRow(hearing, "good", "Đã chốt", "Xem kết quả", reverse("council:hearing", args=[hearing.pk]), False)
    if answer is None:
        return QueueRow(hearing, "wait", "Chờ bạn khai báo", "Khai báo", door, True)
    if sheet is not None and sheet.state == SheetState.SUBMITTED:
        return QueueRow(hearing, "good", "Đã nộp phiếu", "Xem phiếu", form, False)
    if sheet is not None and sheet.version > 1:
        return QueueRow(hearing, "warn", "Phiếu được mở lại", "Chấm lại", form, True)
    return QueueRow(hearing, "work", "Đang chấm" if sheet else "Chờ chấm", "Chấm điểm", form, True)
