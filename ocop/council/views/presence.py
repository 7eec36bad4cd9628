"""Who is called to a session and who came: invitations and the attendance list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.forms import AttendanceForm
from ocop.council.models import Seat, Session
from ocop.council.papers.invitation import compose_invitation
from ocop.council.permissions import can_run_session, check_open_session, check_run_session
from ocop.council.queries import (
    attendance_list,
    can_be_present,
    hearings,
    invitation_kind,
    invitations_of,
    readers_of,
    seat_of,
    seats_on,
)
from ocop.council.states import SessionKind
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, put_refusal
from ocop.paperwork.delivery import hand_out_paper
from ocop.paperwork.queries import preview
from ocop.ui.papers.document import press_pdf
from ocop.ui.printing import show_paper


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def attendance(request: Any, pk: int) -> HttpResponse:
    """Who is there: members say so themselves, whoever runs the session notes the others."""
    found = _session(request, pk)
    runs = can_run_session(request.user, request.today, found.council)
    seat = seat_of(request.user, request.today, found.council)
    rows = attendance_list(found)
    open_now = can_be_present(found, request.today)
    form = AttendanceForm(request.POST if request.method == "POST" and runs else None, rows=rows)
    status = 200
    if request.method == "POST":
        check_run_session(request.user, request.today, found.council)
        status = 422
        if form.is_valid():
            try:
                made = actions.mark_attendance(session=found, marks=form.marks(), by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, f"Đã điểm danh {len(made)} người.")
                return redirect("council:attendance", found.pk)
    own = next((noted for each, noted in rows if seat is not None and each.pk == seat.pk), None)
    context = {
        "session": found,
        "rows": [(each, noted, form[f"co-{each.pk}"], form[f"ghi-{each.pk}"]) for each, noted in rows],
        "form": form,
        "runs": runs and open_now,
        "present": sum(noted is not None and noted.present for _, noted in rows),
        "open_now": open_now,
        "may_sign_in": request.today == found.held_on
        and any(seat is not None and each.pk == seat.pk for each, _ in rows)
        and not (own is not None and own.present)
        and open_now,
    }
    return render(request, "council/attendance.html", context, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def sign_in(request: Any, pk: int) -> HttpResponse:
    """“I am here.”"""
    found = _session(request, pk)
    try:
        actions.sign_in(session=found, by=request.user, at=request.now)
    except Refused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, "Đã ghi bạn có mặt.")
    return redirect("council:session", found.pk)


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def invitations(request: Any, pk: int) -> HttpResponse:
    """The letters of the session: all at once for those who have none, again for one; a member sees the own."""
    found = _session(request, pk)
    runs = can_run_session(request.user, request.today, found.council)
    refusal, status = "", 200
    if request.method == "POST":
        check_run_session(request.user, request.today, found.council)
        again = whole(request.POST.get("seat", ""))
        one = [get_object_or_404(Seat, pk=again, council=found.council)] if again is not None else None
        try:
            issued = actions.invite(session=found, seats=one, by=request.user, at=request.now)
        except Refused as refused:
            refusal, status = refused.message, 422
        else:
            messages.success(request, f"Đã phát hành {len(issued)} văn bản, đã vào sổ văn thư.")
            return redirect("council:invitations", found.pk)
    own = seat_of(request.user, request.today, found.council)
    has = invitations_of(found)
    rows = [(seat, has.get(seat.pk)) for seat in _called(found) if runs or (own is not None and seat.pk == own.pk)]
    context = {
        "session": found,
        "rows": rows,
        "runs": runs,
        "missing": sum(paper is None for _, paper in rows),
        "written": found.kind == SessionKind.WRITTEN,
        "refusal": refusal,
    }
    return render(request, "council/invitations.html", context, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def invitation_paper(request: Any, pk: int, seat: int, ending: str) -> HttpResponseBase:
    """A letter as issued: for the person called and for whoever runs the session."""
    found = _session(request, pk)
    own = seat_of(request.user, request.today, found.council)
    if not can_run_session(request.user, request.today, found.council) and (own is None or own.pk != seat):
        raise PermissionDenied("Giấy mời này gửi cho người khác.")
    paper = invitations_of(found).get(seat)
    if paper is None:
        raise PermissionDenied("Chưa phát hành giấy mời này.")
    return hand_out_paper(request, paper, ending)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def invitation_draft(request: Any, pk: int, seat: int) -> HttpResponse:
    """What a letter would look like; nothing is issued."""
    found = _session(request, pk)
    check_run_session(request.user, request.today, found.council)
    row = get_object_or_404(seats_on(found.council, found.held_on), pk=seat)
    listed = list(hearings().filter(session=found).order_by("place"))
    reads = frozenset(key for key, reader in readers_of(found).items() if reader.pk == row.pk)
    draft = preview(invitation_kind(found), compose_invitation(found, row, listed, reads), signed_on=request.today)
    return show_paper(request, lambda: press_pdf(draft.document), name=f"giay-moi-thu-{found.pk}-{row.pk}.pdf")


def _called(found: Session) -> list[Seat]:
    sitting = seats_on(found.council, found.held_on)
    return list(sitting.filter(votes=True) if found.kind == SessionKind.WRITTEN else sitting)


def _session(request: Any, pk: int) -> Session:
    found = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__unit", "bylaws"), pk=pk
    )
    check_open_session(request.user, request.today, found)
    return found
