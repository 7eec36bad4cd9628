"""Giving dossiers to the team's people: by field and evenly, or by hand with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from ocop.accounts.models import User
from ocop.advisory.actions.locking import at_work, lock_team
from ocop.advisory.models import Assignment, Team, TeamSeat
from ocop.advisory.permissions import check_give_work
from ocop.advisory.queries import acting_seats, helped, kept_away, serving_seats, team_for
from ocop.advisory.rules import Item, Person, assign
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.models import Dossier

MOST_REVIEWERS = 3


@transaction.atomic
def give_evenly(*, team: Team, dossiers: Sequence[Dossier], each: int = 1, by: User, at: datetime) -> list[Assignment]:
    """Give the dossiers to the team's people by field, the load as even as fields allow; who has one keeps it.

    Nobody gets a dossier of its own subject, one the council's door keeps shut, or one it typed for the subject.
    """
    locked = lock_team(team)
    day = day_of(at)
    check_give_work(by, day, locked)
    if not dossiers:
        raise Refused("Chọn ít nhất một hồ sơ để giao.", field="dossiers")
    if not 1 <= each <= MOST_REVIEWERS:
        raise Refused(f"Mỗi hồ sơ giao cho từ 1 đến {MOST_REVIEWERS} người.", field="each")
    work = [at_work(dossier) for dossier in sorted(dossiers, key=lambda row: row.pk)]
    for dossier in work:
        _check_of_team(locked, dossier, at)
    seats = _free_seats(locked, at)
    if not seats:
        raise Refused("Tổ chưa có thành viên nào đang làm việc. Hãy ghi thành viên trước.")
    given = list(Assignment.objects.filter(dossier__in=work, ended_at__isnull=True).values_list("dossier", "seat"))
    users = {seat.pk: seat.user_id for seat in seats}
    away, typed = kept_away(work, users.values()), helped(work, users.values())
    items = [
        Item(
            key=dossier.pk,
            sector=dossier.registration.set_version.sector,
            barred=frozenset(key for key, user in users.items() if user in away[dossier.pk] | typed[dossier.pk]),
            held_by=frozenset(seat for key, seat in given if key == dossier.pk),
        )
        for dossier in work
    ]
    people = [
        Person(key=seat.pk, sectors=frozenset(seat.sectors), load=seat.load)  # type: ignore[attr-defined]
        for seat in seats
    ]
    chosen = assign(items, people, each=each)
    nobody = [dossier for dossier in work if not chosen[dossier.pk] and not any(key == dossier.pk for key, _ in given)]
    if nobody:
        names = ", ".join(f"“{dossier.registration.product.name}”" for dossier in nobody[:5])
        raise Refused(
            f"Không còn thành viên nào được giao {names}: mọi người đều là người của chủ thể hoặc từng nhập giúp. "
            "Hãy bỏ hồ sơ đó ra, hoặc thêm thành viên.",
            field="dossiers",
        )
    seat_of = {seat.pk: seat for seat in seats}
    made = [
        Assignment.objects.create(dossier=dossier, seat=seat_of[key], by=by, at=at)  # type: ignore[index]
        for dossier in work
        for key in chosen[dossier.pk]
    ]
    if not made:
        raise Refused("Các hồ sơ đã chọn đều đủ người xem rồi.", field="dossiers")
    record(
        act="assign_reviewers",
        words=f"Giao {len(work)} hồ sơ cho {locked.name} theo lĩnh vực, chia đều",
        on=locked,
        facts={"given": [[row.dossier_id, row.seat_id] for row in made], "each": each},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def give(*, dossier: Dossier, seat: TeamSeat, reason: str, by: User, at: datetime) -> Assignment:
    """Give one dossier to one person by hand, with the reason."""
    team = lock_team(seat.team)
    check_give_work(by, day_of(at), team)
    locked = at_work(dossier)
    _check_of_team(team, locked, at)
    reason = _reason(reason)
    if not _free_seats(team, at, only=seat):
        raise Refused("Người này không còn làm việc ở Tổ. Hãy chọn người khác.", field="seat")
    if seat.user_id in kept_away([locked], [seat.user_id])[locked.pk]:
        raise Refused(
            f"{seat.user.full_name} là người của chủ thể hoặc bị đóng hồ sơ này. Hãy chọn người khác.", field="seat"
        )
    if Assignment.objects.filter(dossier=locked, seat=seat, ended_at__isnull=True).exists():
        raise Refused(f"{seat.user.full_name} đã được giao hồ sơ này.", field="seat")
    made = Assignment.objects.create(dossier=locked, seat=seat, reason=reason, by=by, at=at)
    _record(made, f"Giao cho {seat.user.full_name} xem hồ sơ: {reason}", by=by, at=at)
    return made


@transaction.atomic
def take_back(*, assignment: Assignment, reason: str, by: User, at: datetime) -> Assignment:
    """Take a dossier away from a reviewer, with the reason; what was written stays but counts no more."""
    team = lock_team(assignment.seat.team)
    check_give_work(by, day_of(at), team)
    locked = at_work(assignment.dossier)
    reason = _reason(reason)
    row = Assignment.objects.select_for_update(of=("self",)).select_related("seat__user").get(pk=assignment.pk)
    if row.ended_at is not None:
        raise Refused("Hồ sơ này đã được rút khỏi người đó rồi.")
    row.ended_at, row.ended_for, row.dossier = at, reason, locked
    row.save(update_fields=["ended_at", "ended_for"])
    _record(row, f"Rút hồ sơ khỏi {row.seat.user.full_name}: {reason}", by=by, at=at)
    return row


def _free_seats(team: Team, at: datetime, *, only: TeamSeat | None = None) -> list[TeamSeat]:
    """The seats whose people act today, each with `load`, how many dossiers it has in hand."""
    day = day_of(at)
    rows = serving_seats(team, day).annotate(
        load=Count("assignments", filter=Q(assignments__ended_at__isnull=True), distinct=True)
    )
    if only is not None:
        rows = rows.filter(pk=only.pk)
    return [seat for seat in rows if acting_seats(seat.user, day).filter(pk=seat.pk).exists()]


def _check_of_team(team: Team, dossier: Dossier, at: datetime) -> None:
    own = team_for(dossier, day_of(at))
    if own is None or own.pk != team.pk:
        raise Refused(f"“{dossier.registration.product.name}” không thuộc phần việc của {team.name}.", field="dossiers")


def _reason(text: str) -> str:
    text = tidy(text)
    if not text:
        raise Refused("Ghi lý do; lý do được lưu cùng việc giao.", field="reason")
    check_length(text, 500, what="Lý do", field="reason")
    return text


def _record(row: Assignment, words: str, *, by: User, at: datetime) -> None:
    record(
        act="assign_reviewer",
        words=words,
        on=row,
        thread=row.dossier,
        facts={"seat": row.seat_id, "reason": row.ended_for or row.reason},
        by=by,
        at=at,
    )
