"""From rows to the minutes of a session: who sat, what each product got, how it came about."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from ocop.core.clock import day_of
from ocop.council.models import Declaration, Result, Seat, Session, Sheet
from ocop.council.papers.minutes import Attendee, HeardProduct, MinutesFacts
from ocop.council.queries import hearings, seats_of
from ocop.council.states import Outcome, SeatRole, SheetState
from ocop.council.wording import bylaws_words
from ocop.ui.papers import Frame, Signature


def minutes_facts(session: Session) -> MinutesFacts:
    """The record of a wholly closed session; the place for the number stays open for the office."""
    council, batch = session.council, session.batch
    seats = list(seats_of(council))
    results = list(
        Result.objects.filter(hearing__session=session)
        .select_related("hearing__dossier__registration__product__subject")
        .order_by("hearing__place")
    )
    chair, secretary = _holder(seats, SeatRole.CHAIR), _holder(seats, SeatRole.SECRETARY)
    closed = [result.closed_at for result in results]
    return MinutesFacts(
        frame=Frame(
            parent=batch.programme.unit.committee,
            issuer=council.name,
            number="/BB-HĐ",
            place=batch.programme.unit.bare_name,
            signed_on=session.held_on,
            signature=Signature(lines=("CHỦ TRÌ",), name=chair),
        ),
        about=f"{session.name}, {batch}",
        form="họp tập trung, chấm điểm trên phần mềm",
        place=session.place,
        opened_at=_opened_at(session, min(closed)),
        closed_at=max(closed),
        chair=chair,
        secretary=secretary,
        secretary_signature=Signature(lines=("THƯ KÝ",), name=secretary),
        quorum=" ".join([f"Hội đồng lập theo Quyết định {council.decision_number}.", *bylaws_words(session.bylaws)]),
        attendance=_attendance(session, seats),
        products=tuple(_heard(result) for result in results),
        conclusions=(*_left(session), *_reopened(session)),
    )


def _opened_at(session: Session, first_closed: datetime) -> datetime:
    """The first answer at the door on the day of the session; members may have scored at home before."""
    moments = Declaration.objects.filter(hearing__session=session).values_list("declared_at", flat=True)
    return min((moment for moment in moments if day_of(moment) == session.held_on), default=first_closed)


def _holder(seats: list[Seat], role: SeatRole) -> str:
    return next((seat.user.full_name for seat in seats if seat.role == role), "")


def _attendance(session: Session, seats: list[Seat]) -> tuple[Attendee, ...]:
    handed_in = set(
        Sheet.objects.filter(hearing__session=session, state=SheetState.SUBMITTED).values_list("seat_id", flat=True)
    )
    left: dict[int, int] = {}
    for seat in Declaration.objects.filter(hearing__session=session, conflict=True).values_list("seat_id", flat=True):
        left[seat] = left.get(seat, 0) + 1
    return tuple(
        Attendee(
            name=seat.user.full_name,
            role=seat.get_role_display(),
            organisation=seat.organisation,
            present=seat.pk in handed_in or seat.pk in left or not seat.votes,
            note=f"trừ {left[seat.pk]} sản phẩm" if seat.pk in left else "",
        )
        for seat in seats
    )


def _heard(result: Result) -> HeardProduct:
    registration = result.hearing.dossier.registration
    return HeardProduct(
        product=registration.product.name,
        product_code=registration.code,
        subject=registration.product.subject.name,
        sheets=len(result.evaluation["sheets"]),
        mean=result.mean,
        spread=Fraction(result.evaluation["spread"]),
        star=result.star,
        outcome=Outcome(result.outcome).label,
        trace=tuple(result.evaluation["trace"]),
    )


def _left(session: Session) -> tuple[str, ...]:
    conflicts = (
        Declaration.objects.filter(hearing__session=session, conflict=True)
        .select_related("seat__user", "hearing__dossier__registration__product")
        .order_by("hearing__place", "seat_id")
    )
    return tuple(
        f"{row.seat.user.full_name} không tham gia đánh giá sản phẩm {row.hearing.dossier.registration.product.name} "
        f"vì có xung đột lợi ích: {row.reason.rstrip('.')}."
        for row in conflicts
    )


def _reopened(session: Session) -> tuple[str, ...]:
    replaced = (
        Sheet.objects.filter(hearing__in=hearings().filter(session=session), state=SheetState.REPLACED)
        .select_related("seat__user", "hearing__dossier__registration__product")
        .order_by("hearing__place", "seat_id", "version")
    )
    return tuple(
        f"Mở lại phiếu của {sheet.seat.user.full_name} cho sản phẩm {sheet.hearing.dossier.registration.product.name}: "
        f"{sheet.reopened_reason.rstrip('.')}."
        for sheet in replaced
    )
