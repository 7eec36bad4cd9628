"""Who reads and issues the papers of a session: whoever may read what they print."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.council.models import Hearing, Session
from ocop.council.permissions.forming import can_open_session, can_run_session
from ocop.council.permissions.hearings import can_chair, can_see_points, can_take_minutes, check_take_minutes
from ocop.council.queries import seat_of
from ocop.council.states import HearingState

NO_POINTS = ("attendance",)  # the one paper of a session that prints no points


def can_read_paper(user: User, day: date, session: Session, kind: str) -> bool:
    """The attendance list: everybody of the session; the others hold every product's points, as the minutes do."""
    if kind in NO_POINTS:
        return can_open_session(user, day, session)
    return can_take_minutes(user, day, session)


def check_read_paper(user: User, day: date, session: Session, kind: str) -> None:
    """Refuse whoever may not read a paper of that kind."""
    if not can_read_paper(user, day, session, kind):
        check_take_minutes(user, day, session)
        raise PermissionDenied("Bạn không thuộc phiên họp này.")


def can_issue_paper(user: User, day: date, session: Session, kind: str) -> bool:
    """The secretary and the lead office issue what they may read."""
    return can_run_session(user, day, session.council) and can_read_paper(user, day, session, kind)


def check_issue_paper(user: User, day: date, session: Session, kind: str) -> None:
    """Refuse whoever may not issue a paper of that kind."""
    check_read_paper(user, day, session, kind)
    if not can_run_session(user, day, session.council):
        raise PermissionDenied("Chỉ thư ký Hội đồng hoặc cơ quan chủ trì mới phát hành văn bản của phiên.")


def can_read_all_sheets(user: User, day: date, hearing: Hearing) -> bool:
    """After closing: who chaired the product, the secretary and the office; a member reads its own."""
    if hearing.state != HearingState.CLOSED or not can_see_points(user, day, hearing):
        return False
    return can_chair(user, day, hearing) or can_run_session(user, day, hearing.session.council)


def can_read_own_sheets(user: User, day: date, hearing: Hearing) -> bool:
    """A voting member keeps what it handed in, unless a conflict came to light."""
    seat = seat_of(user, day, hearing.session.council)
    left = seat is not None and hearing.declarations.filter(seat=seat, conflict=True).exists()
    return seat is not None and seat.votes and not left
