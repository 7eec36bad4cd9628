"""Who is there: each member signs in on the session's day, the secretary notes the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.models import Attendance, Session
from ocop.council.permissions import check_run_session
from ocop.council.queries import can_be_present, present_at, seat_of, seats_on

LONGEST_NOTE = 200


@transaction.atomic
def sign_in(*, session: Session, by: User, at: datetime) -> Attendance:
    """A member says “I am here”, on the day of the meeting only."""
    locked = _lock(session)
    seat = seat_of(by, day_of(at), locked.council)
    if seat is None or not seats_on(locked.council, locked.held_on).filter(pk=seat.pk).exists():
        raise PermissionDenied("Bạn không có ghế trong phiên họp này.")
    _check_day(locked, at)
    if day_of(at) != locked.held_on:
        raise Refused(f"Phiên họp ngày {locked.held_on:%d/%m/%Y} đã qua: nhờ thư ký ghi giúp.")
    known = present_at(locked).get(seat.pk)
    if known is not None and known.present:
        raise Refused("Bạn đã báo có mặt.")
    row = Attendance.objects.create(session=locked, seat=seat, present=True, by=by, at=at)
    beat(locked)
    record(
        act="sign_in",
        words=f"Báo có mặt tại {locked.name}",
        on=row,
        thread=locked,
        facts={"seat": seat.pk},
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def mark_attendance(
    *, session: Session, marks: Mapping[int, tuple[bool, str]], by: User, at: datetime
) -> list[Attendance]:
    """Whoever runs the session notes who is there and who is not, seat → present and note, in one act.

    What is noted already is not written again; the newest note counts, all stay.
    """
    locked = _lock(session)
    check_run_session(by, day_of(at), locked.council)
    _check_day(locked, at)
    seats = {seat.pk: seat for seat in seats_on(locked.council, locked.held_on)}
    known = present_at(locked)
    made = []
    for key, (present, text) in marks.items():
        if key not in seats:
            raise Refused("Có người không có ghế trong phiên họp này.", field="seat")
        note = tidy(text)
        check_length(note, LONGEST_NOTE, what="Ghi chú", field=f"ghi-{key}")
        before = known.get(key)
        if before is None or (before.present, before.note) != (present, note):
            made.append(Attendance(session=locked, seat=seats[key], present=present, note=note, by=by, at=at))
    if not made:
        raise Refused("Chưa có gì khác so với danh sách đã ghi.")
    for row in made:
        row.save(force_insert=True)
    beat(locked)
    record(
        act="mark_attendance",
        words=f"Điểm danh {len(made)} người tại {locked.name}",
        on=locked,
        thread=locked,
        facts={"seats": [{"seat": row.seat_id, "present": row.present, "note": row.note} for row in made]},
        by=by,
        at=at,
    )
    return made


def _lock(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=session.pk)


def _check_day(session: Session, at: datetime) -> None:
    if not can_be_present(session, day_of(at)):
        raise Refused(
            "Phiên lấy ý kiến bằng văn bản không điểm danh."
            if session.ballots_by is not None
            else f"Phiên họp ngày {session.held_on:%d/%m/%Y}: chỉ điểm danh từ ngày đó."
        )
