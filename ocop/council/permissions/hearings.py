"""Who may score, chair, close and read a product before the council."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.council.models import Hearing, Seat, Session
from ocop.council.permissions.forming import can_run_session
from ocop.council.queries import acting_chair, is_let_in, let_in_among, seat_of, seats_on
from ocop.council.states import HearingState, ReopenedBy, SeatRole
from ocop.dossiers.queries import bars_of, is_barred


def voting_seat(user: User, day: date, hearing: Hearing) -> Seat:
    """The person's voting seat for this hearing; refuses whoever is no voting member of the session's council."""
    seat = seat_of(user, day, hearing.session.council)
    if seat is None or not seat.votes or not sits_on_day(seat, hearing.session):
        raise PermissionDenied("Bạn không phải thành viên chấm điểm của phiên này.")
    return seat


def sits_on_day(seat: Seat, session: Session) -> bool:
    """Whether the seat belongs to the council on the session's day: amended later, it has no part in it."""
    return seats_on(session.council, session.held_on).filter(pk=seat.pk).exists()


def scoring_seat(user: User, day: date, hearing: Hearing) -> Seat:
    """The voting seat, once it has answered at the door that it has no conflict with this product."""
    seat = voting_seat(user, day, hearing)
    if not is_let_in(hearing, seat):
        raise PermissionDenied("Hãy khai báo xung đột lợi ích cho sản phẩm này trước khi mở hồ sơ.")
    return seat


def can_read_hearing(user: User, day: date, hearing: Hearing) -> bool:
    """Whoever runs the session, and members whom the door has let in; a conflict shuts everything of this product."""
    seat = seat_of(user, day, hearing.session.council)
    if seat is not None and seat.votes:
        return is_let_in(hearing, seat)
    if is_barred(user, hearing.dossier):
        return False
    return _chairs_without_vote(seat) or can_run_session(user, day, hearing.session.council)


def readable_hearings(user: User, day: date, session: Session) -> set[int]:
    """The keys of the session's hearings for which `can_read_hearing` holds, in a fixed number of queries."""
    seat = seat_of(user, day, session.council)
    if seat is not None and seat.votes:
        return let_in_among(session, seat)
    if _chairs_without_vote(seat) or can_run_session(user, day, session.council):
        shut = bars_of(user).values("dossier")
        return set(session.hearings.exclude(dossier__in=shut).values_list("pk", flat=True))
    return set()


def _chairs_without_vote(seat: Seat | None) -> bool:
    return seat is not None and not seat.votes and seat.role == SeatRole.CHAIR


def check_read_hearing(user: User, day: date, hearing: Hearing) -> None:
    """Refuse whoever may not open the dossier through the council's door."""
    if not can_read_hearing(user, day, hearing):
        raise PermissionDenied(
            "Chưa mở được hồ sơ này: thành viên cần khai báo không có xung đột lợi ích cho sản phẩm trước."
        )


def can_see_points(user: User, day: date, hearing: Hearing) -> bool:
    """Nobody sees totals before closing; then the council (conflicted members apart) and its office."""
    return hearing.state == HearingState.CLOSED and can_read_hearing(user, day, hearing)


def can_chair(user: User, day: date, hearing: Hearing) -> bool:
    """The acting chair of this product."""
    seat = acting_chair(hearing, day)
    return seat is not None and seat.user_id == user.pk


def check_chair(user: User, day: date, hearing: Hearing) -> None:
    """Refuse whoever does not chair this product."""
    seat = acting_chair(hearing, day)
    if seat is None or seat.user_id != user.pk:
        raise PermissionDenied("Chỉ người chủ trì phiên cho sản phẩm này mới được làm việc đó.")
    if seat.votes and not is_let_in(hearing, seat):
        raise PermissionDenied("Hãy khai báo xung đột lợi ích cho sản phẩm này trước khi chủ trì.")


def can_reopen(user: User, day: date, hearing: Hearing) -> bool:
    """Who may reopen a sheet under the session's bylaws: the acting chair, or the secretary too; never from outside."""
    seat = seat_of(user, day, hearing.session.council)
    shared = hearing.session.bylaws.reopened_by == ReopenedBy.CHAIR_OR_SECRETARY
    in_charge = can_chair(user, day, hearing) or (shared and seat is not None and seat.role == SeatRole.SECRETARY)
    return in_charge and can_read_hearing(user, day, hearing)


def check_reopen(user: User, day: date, hearing: Hearing) -> None:
    """Refuse whoever may not reopen a sheet."""
    if not can_reopen(user, day, hearing):
        shared = hearing.session.bylaws.reopened_by == ReopenedBy.CHAIR_OR_SECRETARY
        who = "chủ trì hoặc thư ký" if shared else "chủ trì"
        raise PermissionDenied(f"Chỉ {who} mới mở lại phiếu, theo Quy chế của phiên.")


def can_take_minutes(user: User, day: date, session: Session) -> bool:
    """Minutes hold every product's points: only when none is open, and for whoever may read them all."""
    keys = dict(session.hearings.values_list("pk", "state"))
    closed = bool(keys) and HearingState.OPEN not in keys.values()  # one that went over to a meeting is done here
    return closed and readable_hearings(user, day, session) >= keys.keys()


def check_take_minutes(user: User, day: date, session: Session) -> None:
    """Refuse whoever may not have the minutes."""
    if not can_take_minutes(user, day, session):
        raise PermissionDenied(
            "Biên bản có điểm của mọi sản phẩm: chỉ lấy được khi cả phiên đã chốt "
            "và bạn được xem mọi sản phẩm của phiên."
        )
