"""Who runs a blind tasting, who knows what is in a cup, who tastes which."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.council.models import Seat, Session, TastingCup
from ocop.council.permissions.forming import can_run_session
from ocop.council.permissions.hearings import voting_seat
from ocop.council.queries import is_let_in, seat_of
from ocop.council.states import SeatRole
from ocop.dossiers.queries import bars_of


def can_pour(user: User, day: date, session: Session) -> bool:
    """Who prepares the cups knows what is in them: whoever runs the session, never a voting member or the chair."""
    seat = seat_of(user, day, session.council)
    if seat is not None and (seat.votes or seat.role == SeatRole.CHAIR):
        return False
    shut = bars_of(user).filter(dossier__hearings__session=session).exists()
    return can_run_session(user, day, session.council) and not shut


def check_pour(user: User, day: date, session: Session) -> None:
    """Refuse whoever may not know what is in the cups."""
    if not can_pour(user, day, session):
        raise PermissionDenied(
            "Phiếu pha mẫu chỉ dành cho người chuẩn bị mẫu: thư ký hoặc cơ quan chủ trì không chấm điểm ở phiên này."
        )


def tasting_seat(user: User, day: date, cup: TastingCup) -> Seat:
    """The voting seat that may taste this cup; a refusal never says which product is in it."""
    seat = voting_seat(user, day, cup.hearing)
    if not is_let_in(cup.hearing, seat):
        raise PermissionDenied("Mẫu này không mở cho bạn. Hãy nếm những mẫu có trong danh sách của bạn.")
    return seat
