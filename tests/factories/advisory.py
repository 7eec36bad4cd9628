"""An advisory team with its people, reviews, surveys and reports, by the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.advisory.actions import (
    AdviceDraft,
    QuestionDraft,
    TeamSeatDraft,
    finish_review,
    form_team,
    give,
    plan_survey,
    write_report,
)
from ocop.advisory.models import AdvisoryReport, Assignment, Review, Survey, Team, TeamSeat
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers
from ocop.regime.queries import as_rules
from tests.factories.world import World, person

_number = count(1)
SECRET_ADVICE = "Nhãn thiếu ngày sản xuất, Tổ đã xem tận nơi"


def helper(world: World, name: str = "") -> User:
    """Somebody of the unit who may sit on its team."""
    return person(name or f"Người giúp việc {next(_number)}", Role.HELPER, world.unit)


def team_of(world: World, *, members: int = 3, sectors: Sequence[Sequence[str]] = ()) -> Team:
    """A team: the first is its lead; `sectors` says by place what each knows."""
    known = [*sectors, *[()] * (members - len(sectors))]
    return form_team(
        unit=world.unit,
        level=as_rules(world.batch.programme.regime_version).first_council,
        name=f"Tổ tư vấn OCOP số {next(_number)}",
        decision_number=f"{next(_number)}/QĐ-TTV",
        decided_on=world.at.date() - timedelta(days=20),
        seats=[
            TeamSeatDraft(user=helper(world), role="lead" if place == 0 else "member", sectors=known[place])
            for place in range(members)
        ],
        by=world.officer,
        at=world.at,
    )


def seats(team: Team) -> list[TeamSeat]:
    """The team's seats, the lead first."""
    return list(team.seats.select_related("user", "team__unit").order_by("pk"))


def given(dossier: Dossier, seat: TeamSeat, world: World) -> Assignment:
    """The dossier given to the seat by hand."""
    return give(dossier=dossier, seat=seat, reason="Am hiểu lĩnh vực", by=world.officer, at=world.at)


def reviewed(dossier: Dossier, seat: TeamSeat, world: World, *, place: int = 1, words: str = "") -> Review:
    """A finished review: the same option on every criterion."""
    codes = criteria_of(dossier).criteria
    return finish_review(
        dossier=dossier,
        places=dict.fromkeys(codes, place),
        advice={next(iter(codes)): words} if words else {},
        by=seat.user,
        at=world.at,
    )


def reported(dossier: Dossier, world: World, *, team: Team | None = None, words: str = SECRET_ADVICE) -> AdvisoryReport:
    """The team's report on a dossier that one of its people reviewed."""
    team = team or team_of(world)
    lead, member, *_ = seats(team)
    given(dossier, member, world)
    reviewed(dossier, member, world, words=words)
    return write_report(dossier=dossier, **report_words(dossier, words=words), by=lead.user, at=world.at)


def report_words(dossier: Dossier, *, place: int | None = 1, words: str = "") -> dict[str, object]:
    """What a report says at the least: an option on every criterion, a judgement."""
    codes = criteria_of(dossier).criteria
    first = next(iter(codes))
    return {
        "advice": {code: AdviceDraft(place=place, words=words if code == first else "") for code in codes},
        "conclusion": "Hồ sơ đủ, cần hỏi thêm về nhãn.",
    }


def surveyed(dossier: Dossier, seat: TeamSeat, world: World, *, questions: int = 2) -> Survey:
    """A survey planned by a reviewer."""
    code = next(iter(criteria_of(dossier).criteria))
    return plan_survey(
        dossier=dossier,
        questions=[QuestionDraft(text=f"Xem kho số {number}", criterion=code) for number in range(1, questions + 1)],
        place="Xưởng của hợp tác xã",
        by=seat.user,
        at=world.at,
    )


def again(dossier: Dossier) -> Dossier:
    """The dossier read again."""
    return dossiers().get(pk=dossier.pk)
