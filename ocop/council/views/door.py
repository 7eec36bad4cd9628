"""The conflict door: one product, or all of a session's products on one page; each is answered by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.forms import DoorForm
from ocop.council.models import Declaration, Hearing, Session
from ocop.council.permissions import check_open_session, sits_on_day, voting_seat
from ocop.council.queries import (
    acting_chair,
    declaration_of,
    hearings_of_seat,
    hints_between,
    hints_for,
    seat_of,
)
from ocop.council.states import SeatRole
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, put_refusal

CONFLICT = "co"


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One product at the session's door: what the member answered, what the data say, the form while it is open."""

    hearing: Hearing
    answer: Declaration | None
    hints: list[str]
    forced: bool
    form: DoorForm


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def door(request: Any, pk: int) -> HttpResponse:
    """Has this member an interest in this product? Asked before anything non-public opens, and open for a late yes."""
    hearing = load_hearing(request, pk)
    seat = voting_seat(request.user, request.today, hearing)
    form, status = DoorForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer = _declare(request, hearing, form)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                if not answer.conflict:
                    return redirect("council:sheet", hearing.pk)
                messages.success(request, "Đã ghi nhận. Bạn không tham gia đánh giá sản phẩm này.")
                return redirect("council:session", hearing.session_id)
    answer_given = declaration_of(hearing, seat)
    chair = acting_chair(hearing, request.today)
    context = {
        "hearing": hearing,
        "form": form,
        "answer": answer_given,
        "hints": hints_for(hearing, seat) if hearing.is_open and not (answer_given and answer_given.conflict) else [],
        "led": seat.role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR),
        "chair": chair,
    }
    return render(request, "council/door.html", context, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def doors(request: Any, pk: int) -> HttpResponse:
    """All products of the session, each with its own answer: no blanket yes for a whole evening."""
    found = get_object_or_404(Session.objects.select_related("council__unit", "batch__programme", "bylaws"), pk=pk)
    check_open_session(request.user, request.today, found)
    seat = seat_of(request.user, request.today, found.council)
    if seat is None or not seat.votes or not sits_on_day(seat, found):
        raise PermissionDenied("Bạn không phải thành viên chấm điểm của phiên này.")
    wrong, form, status = None, None, 200
    if request.method == "POST":
        asked = get_object_or_404(found.hearings, pk=whole(request.POST.get("hearing", "")) or 0)
        form, status = DoorForm(request.POST, auto_id=f"id_{asked.pk}_%s"), 422
        if form.is_valid():
            try:
                _declare(request, load_hearing(request, asked.pk), form)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                return redirect(f"{reverse('council:doors', args=[found.pk])}#sp-{asked.place + 1}")
        wrong = asked.pk
    listed = list(hearings_of_seat(seat, found))
    ties = hints_between(listed, [seat])
    rows = [
        DoorRow(
            hearing=row,
            answer=next(iter(row.own_answers), None),  # type: ignore[attr-defined]
            hints=[tie.words for tie in ties[row.pk, seat.pk]],
            forced=any(tie.forced for tie in ties[row.pk, seat.pk]),
            form=form if form is not None and wrong == row.pk else DoorForm(auto_id=f"id_{row.pk}_%s"),
        )
        for row in listed
    ]
    context = {
        "session": found,
        "rows": rows,
        "answered": sum(row.answer is not None for row in rows),
        "left": sum(row.answer is None and row.hearing.is_open for row in rows),
    }
    return render(request, "council/doors.html", context, status=status)


def _declare(request: Any, hearing: Hearing, form: DoorForm) -> Declaration:
    return actions.declare(
        hearing=hearing,
        conflict=form.cleaned_data["conflict"] == CONFLICT,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=request.now,
    )
