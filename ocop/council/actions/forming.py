"""Forming a council with its bylaws, calling a session, putting dossiers before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.states import COUNCIL_ROLES
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.models import Bylaws, Council, Hearing, Seat, Session
from ocop.council.permissions import check_form_council, check_run_session
from ocop.council.queries import current_bylaws, seats_of
from ocop.council.rules import MINIMUMS_ON
from ocop.council.states import SeatRole
from ocop.dossiers.actions import bar_reading, move
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of
from ocop.dossiers.states import DossierState
from ocop.places.models import Unit
from ocop.planning.models import Batch


@dataclass(frozen=True, slots=True)
class SeatDraft:
    """A seat as the forming decision names it."""

    user: User
    role: str
    organisation: str = ""
    votes: bool = True


@transaction.atomic
def form_council(
    *,
    unit: Unit,
    level: str,
    name: str,
    decision_number: str,
    decided_on: date,
    seats: Sequence[SeatDraft],
    by: User,
    at: datetime,
) -> Council:
    """Enter a council as its decision forms it: exactly one chair, nobody twice, nobody without a council's role."""
    check_form_council(by, day_of(at), unit)
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
        if not holds(seat.user, day_of(at), *COUNCIL_ROLES, unit=unit):
            raise Refused(
                f"{seat.user.full_name} chưa có vai trò trong Hội đồng ở {unit.lower_name}. "
                "Hãy nhờ quản trị giao vai trò trước.",
                field="seats",
            )
    council = Council.objects.create(
        unit=unit, level=level, name=name, decision_number=decision_number, decided_on=decided_on
    )
    Seat.objects.bulk_create(
        Seat(council=council, user=seat.user, role=seat.role, organisation=seat.organisation, votes=seat.votes)
        for seat in seats
    )
    record(
        act="form_council",
        words=f"Lập {name} theo Quyết định {decision_number}",
        on=council,
        facts={"seats": [{"user": seat.user.pk, "role": seat.role, "votes": seat.votes} for seat in seats]},
        by=by,
        at=at,
    )
    return council


@transaction.atomic
def adopt_bylaws(
    *,
    council: Council,
    quorum: Decimal,
    chair_must_vote: bool,
    spread_limit: Decimal,
    round_mean_to: int | None,
    minimums_on: str,
    document: str = "",
    by: User,
    at: datetime,
) -> Bylaws:
    """Enter a new version of the council's bylaws; sessions already called keep theirs."""
    check_form_council(by, day_of(at), council.unit)
    if not 0 < quorum <= 1:
        raise Refused("Túc số là một tỉ lệ lớn hơn 0 và không quá 100 %.", field="quorum")
    if spread_limit < 0:
        raise Refused("Mức chênh lệch điểm không được âm.", field="spread_limit")
    if minimums_on not in MINIMUMS_ON:
        raise Refused("Chọn cách xét yêu cầu tối thiểu trong danh sách.", field="minimums_on")
    Council.objects.select_for_update().get(pk=council.pk)
    newest = current_bylaws(council)
    bylaws = Bylaws.objects.create(
        council=council,
        version=newest.version + 1 if newest else 1,
        document=document,
        quorum=quorum,
        chair_must_vote=chair_must_vote,
        spread_limit=spread_limit,
        round_mean_to=round_mean_to,
        minimums_on=minimums_on,
        adopted_at=at,
    )
    record(
        act="adopt_bylaws",
        words=f"Ghi {bylaws}",
        on=bylaws,
        facts={
            "quorum": str(quorum),
            "chair_must_vote": chair_must_vote,
            "spread_limit": str(spread_limit),
            "round_mean_to": round_mean_to,
            "minimums_on": minimums_on,
        },
        by=by,
        at=at,
    )
    return bylaws


@transaction.atomic
def call_session(
    *, council: Council, batch: Batch, name: str, held_on: date, place: str, by: User, at: datetime
) -> Session:
    """Call a session of the council on a batch, under the newest version of its bylaws."""
    check_run_session(by, day_of(at), council)
    bylaws = current_bylaws(council)
    if bylaws is None:
        raise Refused("Hội đồng chưa có Quy chế. Hãy ghi Quy chế trước khi triệu tập phiên.")
    if batch.programme.unit_id != council.unit_id:
        raise Refused(f"{batch} không thuộc đơn vị của {council}.", field="batch")
    session = Session.objects.create(
        council=council, batch=batch, bylaws=bylaws, name=name, held_on=held_on, place=place, called_at=at
    )
    record(
        act="call_session",
        words=f"Triệu tập {name}",
        on=session,
        facts={"batch": batch.pk, "bylaws": bylaws.version, "held_on": held_on.isoformat()},
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
    voting = [seat.user for seat in seats_of(session.council).filter(votes=True)]
    made = []
    for dossier in dossiers:
        if dossier.registration.batch_id != session.batch_id:
            raise Refused(f"“{dossier.registration.product.name}” không thuộc {session.batch}.", field="dossiers")
        if regime_of(dossier).first_council != session.council.level:
            raise Refused("Hồ sơ này do Hội đồng cấp khác đánh giá theo quy định của chương trình.", field="dossiers")
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
    return made
