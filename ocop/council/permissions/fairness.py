"""Who sees whose points and severity, and who opens, scores and ends a calibration."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.council.models import Council, Seat
from ocop.council.queries import seat_of
from ocop.council.states import SeatRole


def presides(user: User, day: date, council: Council) -> bool:
    """The council's chair: the only one who is told which member scores how strictly."""
    seat = seat_of(user, day, council)
    return seat is not None and seat.role == SeatRole.CHAIR


def can_run_calibration(user: User, day: date, council: Council) -> bool:
    """The chair and the secretary choose the past dossiers and end the calibration."""
    seat = seat_of(user, day, council)
    return seat is not None and seat.role in (SeatRole.CHAIR, SeatRole.SECRETARY)


def check_run_calibration(user: User, day: date, council: Council) -> None:
    """Refuse whoever may not run the council's calibrations."""
    if not can_run_calibration(user, day, council):
        raise PermissionDenied("Chỉ Chủ tịch hoặc thư ký Hội đồng mới mở và kết thúc lượt chấm thử.")


def calibration_seat(user: User, day: date, council: Council) -> Seat:
    """The person's voting seat on the council; refuses all others."""
    seat = seat_of(user, day, council)
    if seat is None or not seat.votes:
        raise PermissionDenied("Chỉ thành viên chấm điểm của Hội đồng mới chấm thử.")
    return seat
