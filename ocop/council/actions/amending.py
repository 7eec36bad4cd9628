"""A decision that amends the council (kiện toàn): a seat is added or ends; sessions already held keep who sat."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.forming import SeatDraft, check_seat, seat_facts, seat_row
from ocop.council.models import Council, Hearing, Seat
from ocop.council.permissions import check_form_council
from ocop.council.queries import live_on
from ocop.council.states import HearingState, SeatRole
from ocop.dossiers.actions import bar_reading, lift_reading_bar

LONGEST_DOCUMENT = 120


@transaction.atomic
def add_seat(*, council: Council, seat: SeatDraft, since: date, document: str, by: User, at: datetime) -> Seat:
    """Add a seat by an amending decision, from `since` on; what is still before the council's coming days is shut to it
    until it answers at the door."""
    locked = _lock(council, by, at)
    document = _document(document)
    if seat.role not in SeatRole.values:
        raise Refused("Chọn vai trò trong danh sách.", field="role")
    check_seat(seat, locked.unit, day_of(at))
    _check_after_closed(locked, since, what="Ngày bắt đầu", field="since")
    if locked.term_to is not None and since > locked.term_to:
        raise Refused(f"Nhiệm kỳ của Hội đồng hết ngày {locked.term_to:%d/%m/%Y}.", field="since")
    standing = locked.seats.filter(live_on(since)).select_related("user")
    if standing.filter(user=seat.user).exists():
        raise Refused(f"{seat.user.full_name} đang có ghế trong Hội đồng.", field="user")
    chair = standing.filter(role=SeatRole.CHAIR).first()
    if seat.role == SeatRole.CHAIR and chair is not None:
        raise Refused(
            f"Chủ tịch đang là {chair.user.full_name}. Cho thôi ghế đó trước, với ngày cuối trước ngày này.",
            field="role",
        )
    made = seat_row(locked, seat)
    made.save(force_insert=True)
    record(
        act="add_seat",
        words=f"Bổ sung {seat.user.full_name} vào Hội đồng theo {document}",
        on=made,
        thread=locked,
        facts=seat_facts(seat) | {"since": since.isoformat(), "document": document},
        by=by,
        at=at,
    )
    if seat.votes:
        for hearing in _open_hearings(locked).filter(session__held_on__gte=since):
            bar_reading(dossier=hearing.dossier, users=[seat.user], at=at)
    return made


@transaction.atomic
def end_seat(*, seat: Seat, last_day: date, document: str, by: User, at: datetime) -> Seat:
    """End a seat by an amending decision; its holder has no part in sessions after `last_day`."""
    locked = _lock(seat.council, by, at)
    row = Seat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    if row.ended_on is not None:
        raise Refused(f"Ghế này đã thôi từ ngày {row.ended_on:%d/%m/%Y}.", field="seat")
    document = _document(document)
    _check_after_closed(locked, last_day + timedelta(days=1), what="Ngày cuối", field="last_day")
    others = locked.seats.filter(live_on(last_day + timedelta(days=1)), votes=True).exclude(pk=row.pk)
    if row.votes and not others.exists():
        raise Refused("Hội đồng cần ít nhất một thành viên chấm điểm: bổ sung người thay trước.", field="seat")
    row.ended_on, row.ended_by = last_day, document
    row.save(update_fields=["ended_on", "ended_by"])
    record(
        act="end_seat",
        words=f"Cho thôi ghế của {row.user.full_name} theo {document}",
        on=row,
        thread=locked,
        facts={"user": row.user_id, "last_day": last_day.isoformat(), "document": document},
        by=by,
        at=at,
    )
    left = row.declarations.filter(conflict=True).values("hearing")
    for hearing in _open_hearings(locked).filter(session__held_on__gt=last_day).exclude(pk__in=left):
        lift_reading_bar(dossier=hearing.dossier, user=row.user, at=at)
    return row


def _lock(council: Council, by: User, at: datetime) -> Council:
    locked = Council.objects.select_for_update(of=("self",)).select_related("unit").get(pk=council.pk)
    check_form_council(by, day_of(at), locked.unit)
    return locked


def _document(document: str) -> str:
    document = tidy(document)
    if not document:
        raise Refused("Ghi số quyết định kiện toàn.", field="document")
    check_length(document, LONGEST_DOCUMENT, what="Số quyết định", field="document")
    return document


def _check_after_closed(council: Council, first: date, *, what: str, field: str) -> None:
    """Who sat on a day on which a product was closed is settled."""
    closed = Hearing.objects.filter(session__council=council).exclude(state=HearingState.OPEN)
    last = closed.order_by("-session__held_on").values_list("session__held_on", flat=True).first()
    if last is not None and first <= last:
        raise Refused(
            f"Phiên ngày {last:%d/%m/%Y} đã chốt điểm, thành phần của phiên đó giữ nguyên. {what} phải sau phiên.",
            field=field,
        )


def _open_hearings(council: Council) -> QuerySet[Hearing]:
    return Hearing.objects.filter(session__council=council, state=HearingState.OPEN).select_related("dossier")
