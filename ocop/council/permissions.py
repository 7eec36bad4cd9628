"""Who may form councils, call sessions, score, close, hand over. Whose sheet may be seen when: `can_see_points`."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.council.models import Council, Hearing, Seat, Session
from ocop.council.queries import acting_chair, is_let_in, let_in_among, seat_of, was_forwarded
from ocop.council.states import HearingState, SeatRole
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import bars_of, is_barred, visible_to
from ocop.dossiers.states import RESULT_SHOWN
from ocop.places.models import Unit
from ocop.places.queries import chain


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


def voting_seat(user: User, day: date, hearing: Hearing) -> Seat:
    """The person's voting seat for this hearing; refuses whoever is no voting member of the session's council."""
    seat = seat_of(user, day, hearing.session.council)
    if seat is None or not seat.votes:
        raise PermissionDenied("Bạn không phải thành viên chấm điểm của phiên này.")
    return seat


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
    return not hearing.is_open and can_read_hearing(user, day, hearing)


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
    """The acting chair and the secretary reopen a sheet, once the door has let them in."""
    seat = seat_of(user, day, hearing.session.council)
    in_charge = can_chair(user, day, hearing) or (seat is not None and seat.role == SeatRole.SECRETARY)
    return in_charge and can_read_hearing(user, day, hearing)


def check_reopen(user: User, day: date, hearing: Hearing) -> None:
    """Refuse whoever may not reopen a sheet."""
    if not can_reopen(user, day, hearing):
        raise PermissionDenied("Chỉ chủ trì hoặc thư ký mới mở lại phiếu.")


def can_hand_over(user: User, day: date, dossier: Dossier) -> bool:
    """The lead office of the programme's unit writes letters and hands dossiers over; nobody the door kept out."""
    unit = dossier.registration.batch.programme.unit
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit) and not is_barred(user, dossier)


def check_hand_over(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not send letters or hand over."""
    if not can_hand_over(user, day, dossier):
        raise PermissionDenied("Chỉ cơ quan chủ trì của chương trình mới thông báo kết quả và chuyển hồ sơ.")


def can_answer_from_above(user: User, day: date, dossier: Dossier) -> bool:
    """The liaison of the programme's unit or above it, once the dossier went up, and the programme's lead office."""
    unit = dossier.registration.batch.programme.unit
    liaison = any(sits_in(user, day, Role.LIAISON, unit=step) for step in chain(unit))
    return (liaison and was_forwarded(dossier) and not is_barred(user, dossier)) or can_hand_over(user, day, dossier)


def check_answer_from_above(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not record what the level above decided."""
    if not can_answer_from_above(user, day, dossier):
        raise PermissionDenied(
            "Chỉ cơ quan chủ trì, hoặc đầu mối cấp trên khi hồ sơ đã chuyển lên, mới ghi kết quả của cấp trên."
        )


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


def can_take_minutes(user: User, day: date, session: Session) -> bool:
    """Minutes hold every product's points: only when all are closed, and for whoever may read them all."""
    keys = dict(session.hearings.values_list("pk", "state"))
    closed = bool(keys) and all(state == HearingState.CLOSED for state in keys.values())
    return closed and readable_hearings(user, day, session) >= keys.keys()


def check_take_minutes(user: User, day: date, session: Session) -> None:
    """Refuse whoever may not have the minutes."""
    if not can_take_minutes(user, day, session):
        raise PermissionDenied(
            "Biên bản có điểm của mọi sản phẩm: chỉ lấy được khi cả phiên đã chốt "
            "và bạn được xem mọi sản phẩm của phiên."
        )


def can_open_panel(user: User, day: date, dossier: Dossier) -> bool:
    """Whoever sees the dossier, except a voting member whom the door has not let in."""
    return visible_to(user, day).filter(pk=dossier.pk).exists() and not is_barred(user, dossier)


def can_see_result(user: User, day: date, dossier: Dossier) -> bool:
    """The programme's office from the closing on; everybody else who sees the dossier once its result is out."""
    if dossier.state in RESULT_SHOWN:
        return can_open_panel(user, day, dossier) or can_answer_from_above(user, day, dossier)
    return can_hand_over(user, day, dossier)


def check_see_result(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not read the letters that follow a result."""
    if not can_see_result(user, day, dossier):
        raise PermissionDenied("Văn bản này chỉ dành cho chủ thể, cơ quan chủ trì và cấp quản lý của hồ sơ.")
