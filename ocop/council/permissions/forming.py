"""Who may form councils, call sessions and open them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.council.models import Council, Session
from ocop.council.queries import seat_of
from ocop.council.states import SeatRole
from ocop.places.models import Unit


def can_form_council(user: User, day: date, unit: Unit) -> bool:
    """The lead office of the unit prepares councils and bylaws."""
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit)


def check_form_council(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not form a council of the unit."""
    if not can_form_council(user, day, unit):
        raise PermissionDenied("Chỉ cơ quan chủ trì OCOP mới lập Hội đồng và ghi Quy chế.")


def can_run_session(user: User, day: date, council: Council) -> bool:
    """The council's secretary, and the lead office of its unit, call sessions and put dossiers before them."""
    seat = seat_of(user, day, council)
    return (seat is not None and seat.role == SeatRole.SECRETARY) or can_form_council(user, day, council.unit)


def check_run_session(user: User, day: date, council: Council) -> None:
    """Refuse whoever may not run the council's sessions."""
    if not can_run_session(user, day, council):
        raise PermissionDenied("Chỉ thư ký Hội đồng hoặc cơ quan chủ trì mới chuẩn bị phiên họp.")


def can_open_session(user: User, day: date, session: Session) -> bool:
    """Everybody with a seat, the office that runs it, and its leaders."""
    council = session.council
    return (
        seat_of(user, day, council) is not None
        or can_run_session(user, day, council)
        or sits_in(user, day, Role.LEADER, unit=council.unit)
    )


def check_open_session(user: User, day: date, session: Session) -> None:
    """Refuse whoever has nothing to do with the session."""
    if not can_open_session(user, day, session):
        raise PermissionDenied("Bạn không thuộc phiên họp này.")
