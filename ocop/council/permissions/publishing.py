"""Who prepares the publication of a session's results, and who lets them out."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.council.models import Session
from ocop.council.permissions.forming import can_run_session
from ocop.council.queries import seat_of
from ocop.council.states import SeatRole


def can_publish(user: User, day: date, session: Session) -> bool:
    """The council's chair, and the leaders of its unit, let results out."""
    seat = seat_of(user, day, session.council)
    chairs = seat is not None and seat.role == SeatRole.CHAIR
    return chairs or sits_in(user, day, Role.LEADER, unit=session.council.unit)


def check_publish(user: User, day: date, session: Session) -> None:
    """Refuse whoever may not let results out."""
    if not can_publish(user, day, session):
        raise PermissionDenied("Chỉ Chủ tịch Hội đồng hoặc lãnh đạo đơn vị mới công bố kết quả.")


def can_prepare_publication(user: User, day: date, session: Session) -> bool:
    """Whoever publishes, and the secretary and the lead office that prepare it."""
    seat = seat_of(user, day, session.council)
    prepares = can_run_session(user, day, session.council) and (seat is None or not seat.votes)
    return prepares or can_publish(user, day, session)


def check_prepare_publication(user: User, day: date, session: Session) -> None:
    """Refuse whoever has nothing to do with the publication."""
    if not can_prepare_publication(user, day, session):
        raise PermissionDenied("Chỉ người công bố kết quả, thư ký và cơ quan chủ trì mới mở trang này.")
