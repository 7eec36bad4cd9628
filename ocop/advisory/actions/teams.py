"""Forming a team as its decision says, and changing its people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.states import Role
from ocop.advisory.models import Assignment, Team, TeamSeat
from ocop.advisory.permissions import check_form_team
from ocop.advisory.queries import serving_seats, team_sectors
from ocop.advisory.states import SCORING_ROLES, TeamRole
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.places.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSeatDraft:
    """A seat as the forming decision names it; no sectors: every field."""

    user: User
    role: str
    organisation: str = ""
    field: str = ""
    sectors: Sequence[str] = ()


@transaction.atomic
def form_team(
    *,
    unit: Unit,
    level: str,
    name: str,
    decision_number: str,
    decided_on: date,
    seats: Sequence[TeamSeatDraft],
    term_from: date | None = None,
    term_to: date | None = None,
    by: User,
    at: datetime,
) -> Team:
    """Enter a team as its decision forms it: one lead, nobody twice, nobody who scores for the council."""
    day = day_of(at)
    check_form_team(by, day, unit)
    name, decision_number = tidy(name), tidy(decision_number)
    if not name or not decision_number:
        raise Refused("Ghi tên Tổ và số quyết định thành lập.", field="name" if not name else "decision_number")
    if Team.objects.filter(unit=unit, decision_number=decision_number).exists():
        raise Refused(f"Quyết định {decision_number} đã được nhập.", field="decision_number")
    if decided_on > day:
        raise Refused("Ngày quyết định không thể sau hôm nay.", field="decided_on")
    if term_from is not None and term_to is not None and term_to < term_from:
        raise Refused("Ngày cuối nhiệm kỳ phải sau ngày đầu.", field="term_to")
    people = [seat.user.pk for seat in seats]
    if len(set(people)) != len(people):
        raise Refused("Mỗi người chỉ có một chỗ trong Tổ.", field="seats")
    if sum(seat.role == TeamRole.LEAD for seat in seats) != 1:
        raise Refused("Tổ phải có đúng một Tổ trưởng.", field="seats")
    for seat in seats:
        _check_seat(seat, unit, day)
    team = Team.objects.create(
        unit=unit,
        level=level,
        name=name,
        decision_number=decision_number,
        decided_on=decided_on,
        term_from=term_from,
        term_to=term_to,
    )
    for seat in seats:
        _seat(team, seat)
    record(
        act="form_advisory_team",
        words=f"Lập {name} theo Quyết định {decision_number}",
        on=team,
        facts={"seats": [{"user": seat.user.pk, "role": seat.role} for seat in seats]},
        by=by,
        at=at,
    )
    return team


@transaction.atomic
def add_seat(*, team: Team, seat: TeamSeatDraft, document: str, by: User, at: datetime) -> TeamSeat:
    """Give one more person a seat, by the document that says so."""
    locked = _lock(team)
    day = day_of(at)
    check_form_team(by, day, locked.unit)
    document = _document(document)
    _check_seat(seat, locked.unit, day)
    serving = list(serving_seats(locked, day))
    if locked.seats.filter(user=seat.user, ended_on__isnull=True).exists():
        raise Refused(f"{seat.user.full_name} đã ở trong Tổ.", field="user")
    if seat.role == TeamRole.LEAD and any(each.role == TeamRole.LEAD and not each.ended_on for each in serving):
        raise Refused("Tổ đã có Tổ trưởng. Hãy ghi thôi cho Tổ trưởng cũ trước.", field="role")
    made = _seat(locked, seat)
    record(
        act="change_advisory_team",
        words=f"Thêm {seat.user.full_name} vào {locked.name}: {document}",
        on=made,
        facts={"document": document, "role": seat.role},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def end_seat(*, seat: TeamSeat, document: str, by: User, at: datetime) -> TeamSeat:
    """End a seat today, by the document that says so; its open work goes back to be given out anew."""
    team = _lock(seat.team)
    day = day_of(at)
    check_form_team(by, day, team.unit)
    document = _document(document)
    locked = TeamSeat.objects.select_for_update(of=("self",)).select_related("user").get(pk=seat.pk)
    if locked.ended_on is not None:
        raise Refused("Người này đã thôi ở Tổ.")
    locked.ended_on, locked.ended_by = day, document
    locked.save(update_fields=["ended_on", "ended_by"])
    open_work = Assignment.objects.filter(seat=locked, ended_at__isnull=True)
    count = open_work.exclude(dossier__advisory_reports__isnull=False).update(
        ended_at=at, ended_for=f"Thôi ở Tổ: {document}"
    )
    record(
        act="change_advisory_team",
        words=f"{locked.user.full_name} thôi ở {team.name}: {document}",
        on=locked,
        facts={"document": document, "given_back": count},
        by=by,
        at=at,
    )
    return locked


def _lock(team: Team) -> Team:
    return Team.objects.select_for_update(of=("self",)).select_related("unit").get(pk=team.pk)


def _document(text: str) -> str:
    text = tidy(text)
    if not text:
        raise Refused("Ghi số văn bản thay đổi thành viên của Tổ.", field="document")
    check_length(text, 100, what="Số văn bản", field="document")
    return text


def _check_seat(seat: TeamSeatDraft, unit: Unit, day: date) -> None:
    if seat.role not in TeamRole.values:
        raise Refused("Chọn vai trò trong danh sách.", field="seats")
    if not holds(seat.user, day, Role.HELPER, unit=unit):
        raise Refused(
            f"{seat.user.full_name} chưa có vai trò “{Role.HELPER.label}” ở {unit.lower_name}. "
            "Hãy nhờ quản trị giao vai trò trước.",
            field="seats",
        )
    if holds(seat.user, day, *SCORING_ROLES, unit=unit):
        raise Refused(
            f"{seat.user.full_name} đang là người chấm điểm của Hội đồng nên không ở trong Tổ tư vấn: "
            "người tư vấn và người chấm phải khác nhau.",
            field="seats",
        )
    unknown = set(seat.sectors) - set(team_sectors([unit]))
    if unknown:
        raise Refused("Chọn nhóm sản phẩm trong danh sách.", field="seats")


def _seat(team: Team, seat: TeamSeatDraft) -> TeamSeat:
    return TeamSeat.objects.create(
        team=team,
        user=seat.user,
        role=seat.role,
        organisation=tidy(seat.organisation),
        field=tidy(seat.field),
        sectors=list(seat.sectors),
    )
