"""Forming a council, calling a session, putting dossiers before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.states import COUNCIL_ROLES
from ocop.advisory.queries import advisers_among
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.actions.written import check_written_opinion
from ocop.council.models import Council, Hearing, Seat, Session
from ocop.council.permissions import check_form_council, check_run_session
from ocop.council.queries import current_bylaws, seats_on, sectors_of
from ocop.council.states import SeatRole, SessionKind
from ocop.dossiers.actions import bar_reading, move
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of
from ocop.dossiers.states import DossierState
from ocop.places.models import Unit
from ocop.planning.models import Batch

LONGEST_DELEGATION = 300


@dataclass(frozen=True, slots=True)
class SeatDraft:
    """A seat as the forming decision names it."""

    user: User
    role: str
    organisation: str = ""
    votes: bool = True
    field: str = ""
    sectors: Sequence[str] = ()
    delegated_by: str = ""


@transaction.atomic
def form_council(
    *,
    unit: Unit,
    level: str,
    name: str,
    decision_number: str,
    decided_on: date,
    seats: Sequence[SeatDraft],
    term_from: date | None = None,
    term_to: date | None = None,
    delegation: str = "",
    by: User,
    at: datetime,
) -> Council:
    """Enter a council as its decision forms it: exactly one chair, nobody twice, nobody without a council's role."""
    check_form_council(by, day_of(at), unit)
    if term_from is not None and term_to is not None and term_to < term_from:
        raise Refused("Ngày hết nhiệm kỳ phải từ ngày bắt đầu trở đi.", field="term_to")
    delegation = tidy(delegation)
    check_length(delegation, LONGEST_DELEGATION, what="Nội dung ủy quyền", field="delegation")
    if Council.objects.filter(unit=unit, decision_number=decision_number).exists():
        raise Refused(f"Quyết định {decision_number} đã được nhập.", field="decision_number")
    people = [seat.user.pk for seat in seats]
    if len(set(people)) != len(people):
        raise Refused("Mỗi người chỉ có một ghế trong Hội đồng.", field="seats")
    if sum(seat.role == SeatRole.CHAIR for seat in seats) != 1:
        raise Refused("Hội đồng phải có đúng một Chủ tịch.", field="seats")
    if any(seat.role not in SeatRole.values for seat in seats):
        raise Refused("Chọn vai trò trong danh sách.", field="seats")
    if not any(seat.votes for seat in seats):
        raise Refused("Hội đồng cần ít nhất một thành viên chấm điểm.", field="seats")
    for seat in seats:
        check_seat(seat, unit, day_of(at))
    council = Council.objects.create(
        unit=unit,
        level=level,
        name=name,
        decision_number=decision_number,
        decided_on=decided_on,
        term_from=term_from,
        term_to=term_to,
        delegation=delegation,
    )
    Seat.objects.bulk_create(seat_row(council, seat) for seat in seats)
    record(
        act="form_council",
        words=f"Lập {name} theo Quyết định {decision_number}",
        on=council,
        facts={
            "seats": [seat_facts(seat) for seat in seats],
            "term": [day.isoformat() if day else None for day in (term_from, term_to)],
            "delegation": delegation,
        },
        by=by,
        at=at,
    )
    return council


def check_seat(seat: SeatDraft, unit: Unit, day: date) -> None:
    """Refuse a seat for somebody without a council's role in the unit, or with a sector that no set there has."""
    if not holds(seat.user, day, *COUNCIL_ROLES, unit=unit):
        raise Refused(
            f"{seat.user.full_name} chưa có vai trò trong Hội đồng ở {unit.lower_name}. "
            "Hãy nhờ quản trị giao vai trò trước.",
            field="seats",
        )
    if seat.votes and advisers_among([seat.user.pk], unit, day):
        raise Refused(
            f"{seat.user.full_name} đang ở Tổ tư vấn của {unit.lower_name}: người thẩm tra hồ sơ không chấm điểm. "
            "Bỏ dấu “Chấm điểm”, hoặc cho người này thôi Tổ tư vấn trước.",
            field="seats",
        )
    if seat.sectors:
        unknown = set(seat.sectors) - {code for code, _ in sectors_of([unit])}
        if unknown:
            named = ", ".join(sorted(unknown))
            raise Refused(f"Không có nhóm sản phẩm {named}. Chọn nhóm trong danh sách.", field="seats")


def seat_row(council: Council, seat: SeatDraft) -> Seat:
    """The seat as a row, not yet written."""
    return Seat(
        council=council,
        user=seat.user,
        role=seat.role,
        organisation=seat.organisation,
        votes=seat.votes,
        field=seat.field,
        sectors=list(seat.sectors),
        delegated_by=seat.delegated_by,
    )


def seat_facts(seat: SeatDraft) -> dict[str, Any]:
    """What the ledger keeps of a seat."""
    return {
        "user": seat.user.pk,
        "role": seat.role,
        "votes": seat.votes,
        "organisation": seat.organisation,
        "sectors": list(seat.sectors),
    }


@transaction.atomic
def call_session(
    *,
    council: Council,
    batch: Batch,
    name: str,
    held_on: date,
    place: str,
    kind: str = SessionKind.MEETING,
    ballots_by: datetime | None = None,
    by: User,
    at: datetime,
) -> Session:
    """Call a session of the council on a batch, under the newest version of its bylaws."""
    check_run_session(by, day_of(at), council)
    bylaws = current_bylaws(council)
    if bylaws is None:
        raise Refused("Hội đồng chưa có Quy chế. Hãy ghi Quy chế trước khi triệu tập phiên.")
    if batch.programme.unit_id != council.unit_id:
        raise Refused(f"{batch} không thuộc đơn vị của {council}.", field="batch")
    if kind not in SessionKind.values:
        raise Refused("Chọn hình thức họp trong danh sách.", field="kind")
    if kind == SessionKind.WRITTEN and (ballots_by is None or ballots_by <= at):
        raise Refused("Ghi hạn gửi phiếu ý kiến, sau thời điểm này.", field="ballots_by")
    if (council.term_from and held_on < council.term_from) or (council.term_to and held_on > council.term_to):
        raise Refused("Ngày họp nằm ngoài nhiệm kỳ của Hội đồng.", field="held_on")
    session = Session.objects.create(
        council=council,
        batch=batch,
        bylaws=bylaws,
        name=name,
        held_on=held_on,
        place=place,
        called_at=at,
        kind=kind,
        ballots_by=ballots_by if kind == SessionKind.WRITTEN else None,
    )
    record(
        act="call_session",
        words=f"Triệu tập {name}",
        on=session,
        facts={"batch": batch.pk, "bylaws": bylaws.version, "held_on": held_on.isoformat(), "kind": kind},
        by=by,
        at=at,
    )
    return session


@transaction.atomic
def put_before(*, session: Session, dossiers: Sequence[Dossier], by: User, at: datetime) -> list[Hearing]:
    """Put accepted dossiers of the session's batch before it; each is shut for its voting members until they answer."""
    check_run_session(by, day_of(at), session.council)
    if not dossiers:
        raise Refused("Chọn ít nhất một hồ sơ để đưa ra phiên họp.", field="dossiers")
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    place = session.hearings.count()
    voting = [seat.user for seat in seats_on(session.council, session.held_on).filter(votes=True)]
    made = []
    for dossier in dossiers:
        if dossier.registration.batch_id != session.batch_id:
            raise Refused(f"“{dossier.registration.product.name}” không thuộc {session.batch}.", field="dossiers")
        if regime_of(dossier).first_council != session.council.level:
            raise Refused("Hồ sơ này do Hội đồng cấp khác đánh giá theo quy định của chương trình.", field="dossiers")
        check_written_opinion(session, dossier)
        place += 1
        hearing = Hearing.objects.create(session=session, dossier=dossier, place=place)
        move(
            dossier=dossier,
            to=DossierState.IN_COUNCIL,
            words=f"Đưa ra {session.name}, họp ngày {session.held_on:%d/%m/%Y}",
            facts={"hearing": hearing.pk, "session": session.pk},
            by=by,
            at=at,
        )
        bar_reading(dossier=dossier, users=voting, at=at)
        made.append(hearing)
    beat(session)
    return made
