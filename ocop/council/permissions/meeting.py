"""Who leads the meeting, and who may see colleagues' numbers and arguments when."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.council.models import Hearing, Session
from ocop.council.permissions.forming import can_run_session
from ocop.council.permissions.hearings import can_read_hearing, can_see_points
from ocop.council.queries import ballots_behind, current_sheet, open_discussion, seat_of, was_discussed
from ocop.council.states import HearingState, NumbersSeen, SeatRole, SheetState


def can_put_on_table(user: User, day: date, session: Session) -> bool:
    """The chair and vice-chairs, the secretary and the lead office turn the meeting to a product."""
    seat = seat_of(user, day, session.council)
    leads = seat is not None and seat.role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR)
    return leads or can_run_session(user, day, session.council)


def check_put_on_table(user: User, day: date, session: Session) -> None:
    """Refuse whoever does not lead the meeting."""
    if not can_put_on_table(user, day, session):
        raise PermissionDenied("Chỉ chủ trì, thư ký hoặc cơ quan chủ trì mới đưa sản phẩm lên bàn.")


def can_see_numbers(user: User, day: date, hearing: Hearing) -> bool:
    """Totals without names: after closing; before it only from the moment of the bylaws, own sheet in."""
    if not hearing.is_open:
        return can_see_points(user, day, hearing)
    moment = hearing.session.bylaws.numbers_seen
    if moment == NumbersSeen.CLOSING or not own_sheet_is_in(user, day, hearing):
        return False
    seat = seat_of(user, day, hearing.session.council)
    # Who hands in no sheet has no moment of an own sheet: they wait for the discussion.
    if moment == NumbersSeen.OWN_SHEET and seat is not None and seat.votes:
        return True
    return was_discussed(hearing)


def can_see_positions(user: User, day: date, hearing: Hearing) -> bool:
    """The arguments of an open discussion: who may read the product and, scoring, has handed in the own sheet."""
    if hearing.state == HearingState.CLOSED:
        return can_see_points(user, day, hearing)
    return hearing.is_open and own_sheet_is_in(user, day, hearing) and open_discussion(hearing) is not None


def can_see_ballots(user: User, day: date, hearing: Hearing) -> bool:
    """The arguments of the ballots that a product came from: as in a discussion; the own ballot is an own sheet."""
    before = ballots_behind(hearing)
    if before is None or not can_read_hearing(user, day, before):
        return False
    return own_sheet_is_in(user, day, hearing) or (
        can_read_hearing(user, day, hearing) and own_sheet_is_in(user, day, before)
    )


def own_sheet_is_in(user: User, day: date, hearing: Hearing) -> bool:
    """Whether the person may read the product and, with a vote, has handed in the own sheet."""
    if not can_read_hearing(user, day, hearing):
        return False
    seat = seat_of(user, day, hearing.session.council)
    if seat is None or not seat.votes:
        return True
    sheet = current_sheet(hearing, seat)
    return sheet is not None and sheet.state == SheetState.SUBMITTED
