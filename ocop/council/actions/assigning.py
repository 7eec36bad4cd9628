"""Who reads which product first and presents it: given out by sector with even loads, changed one by one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.models import Declaration, Hearing, Reader, Seat, Session
from ocop.council.permissions import check_run_session
from ocop.council.queries import hearings, hints_between, readers_of, seats_on
from ocop.council.states import HearingState

LONGEST_REASON = 500


@transaction.atomic
def assign_readers(*, session: Session, readers: Mapping[int, int], by: User, at: datetime) -> list[Reader]:
    """Give products their first readers, hearing → seat, in one act; those who have one already are changed singly."""
    locked = _lock(session, by, at)
    if not readers:
        raise Refused("Chưa chọn người đọc chính cho sản phẩm nào.")
    has = readers_of(locked)
    rows = {row.pk: row for row in hearings().filter(session=locked, pk__in=readers)}
    seats = {seat.pk: seat for seat in seats_on(locked.council, locked.held_on).filter(votes=True)}
    for key, seat in readers.items():
        if key not in rows or seat not in seats:
            raise Refused("Chọn sản phẩm và thành viên chấm điểm của phiên này.", field="readers")
        if key in has:
            raise Refused(
                f"Sản phẩm số {rows[key].place} đã có người đọc chính: đổi riêng, ghi lý do.", field="readers"
            )
    _check(rows, {key: seats[seat] for key, seat in readers.items()})
    made = [Reader.objects.create(hearing=rows[key], seat=seats[seat], by=by, at=at) for key, seat in readers.items()]
    beat(locked)
    record(
        act="assign_readers",
        words=f"Phân công đọc chính {len(made)} sản phẩm của {locked.name}",
        on=locked,
        thread=locked,
        facts={"readers": {str(key): seat for key, seat in readers.items()}},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def change_reader(*, hearing: Hearing, seat: Seat, reason: str, by: User, at: datetime) -> Reader:
    """Give one product another first reader, with the reason in the ledger."""
    locked = _lock(hearing.session, by, at)
    row = hearings().get(pk=hearing.pk)
    taker = seats_on(locked.council, locked.held_on).filter(votes=True, pk=seat.pk).first()
    if taker is None:
        raise Refused("Chọn thành viên chấm điểm của phiên này.", field="seat")
    before = readers_of(locked).get(row.pk)
    if before is not None and before.pk == taker.pk:
        raise Refused("Thành viên này đang đọc chính sản phẩm đó.", field="seat")
    reason = tidy(reason)
    if not reason:
        raise Refused("Ghi lý do đổi người đọc chính.", field="reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="reason")
    _check({row.pk: row}, {row.pk: taker})
    made = Reader.objects.create(hearing=row, seat=taker, by=by, at=at)
    beat(locked)
    record(
        act="change_reader",
        words=f"Đổi người đọc chính sản phẩm số {row.place}: {taker.user.full_name}",
        on=made,
        thread=row.dossier,
        facts={"from": before.pk if before else None, "to": taker.pk, "reason": reason},
        by=by,
        at=at,
    )
    return made


def _lock(session: Session, by: User, at: datetime) -> Session:
    locked = Session.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=session.pk)
    check_run_session(by, day_of(at), locked.council)
    return locked


def _check(rows: Mapping[int, Hearing], readers: Mapping[int, Seat]) -> None:
    """Never a product that is settled, never a member who has left it, never one with a strong tie to it."""
    left = set(Declaration.objects.filter(hearing__in=rows, conflict=True).values_list("hearing_id", "seat_id"))
    hints = hints_between(list(rows.values()), list({seat.pk: seat for seat in readers.values()}.values()))
    for key, seat in readers.items():
        if rows[key].state != HearingState.OPEN:
            raise Refused(f"Sản phẩm số {rows[key].place} đã chốt điểm, không phân công nữa.", field="readers")
        strong = [hint.told for hint in hints[key, seat.pk] if hint.strong]
        if (key, seat.pk) in left or strong:
            why = strong[0] if strong else "đã khai báo có xung đột lợi ích"
            raise Refused(
                f"Không giao sản phẩm số {rows[key].place} cho {seat.user.full_name}: {why}. Chọn người khác.",
                field="readers",
            )
