"""A product whose sheets lie too far apart, and written opinions, by the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from ocop.council.actions import call_session, cast_sheet, declare, put_before
from ocop.council.models import Hearing, Seat, Session
from ocop.council.queries import acting_chair
from ocop.council.states import SessionKind
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.factories.cycle import accepted_dossier, council_of, open_hearing, score, session_of
from tests.factories.world import World, city_2024

FAR_APART = (72, 60, 60, 60, 60, 60, 60)  # the chair's own sheet is 12 points above the others, the bylaws allow 10


@dataclass
class Meeting:
    """One product before a meeting, its seats in order (voting ones first, the secretary last)."""

    world: World
    hearing: Hearing

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return Session.objects.get(pk=self.hearing.session_id)

    @property
    def seats(self) -> list[Seat]:
        """The voting seats in order, then the secretary's."""
        return list(self.hearing.session.council.seats.select_related("user").order_by("pk"))

    @property
    def chair(self) -> Seat:
        """Who chairs the product."""
        found = acting_chair(self.hearing, self.world.at.date())
        assert found is not None
        return found


def meeting(totals: Sequence[int] = FAR_APART, world: World | None = None) -> Meeting:
    """A product that so many members have scored."""
    world = world or city_2024()
    hearing = open_hearing(world)
    score(hearing, totals, world)
    hearing.refresh_from_db()
    return Meeting(world, hearing)


def noted_sheet(made: Meeting, place: int, total: int, note: str) -> None:
    """One more seat hands in a sheet with the same justification at every criterion."""
    criteria_set, user = criteria_of(made.hearing.dossier), made.seats[place].user
    declare(hearing=made.hearing, conflict=False, by=user, at=made.world.at)
    cast_sheet(
        hearing=made.hearing,
        choices=places_for(criteria_set, total),
        notes=dict.fromkeys(criteria_set.criteria, note),
        by=user,
        at=made.world.at,
    )


def written(world: World, totals: Sequence[int] = (), *, members: int = 5) -> Meeting:
    """A re-evaluation before a written opinion of a council of a few, ballots due in three days."""
    council = council_of(world, members=members)
    session = call_session(
        council=council,
        batch=world.batch,
        name="Lấy ý kiến 1",
        held_on=world.at.date() + timedelta(days=3),
        place="Gửi qua hệ thống",
        kind=SessionKind.WRITTEN,
        ballots_by=world.at + timedelta(days=3),
        by=world.officer,
        at=world.at,
    )
    dossier = accepted_dossier(world, kind="new")
    type(dossier.registration).objects.filter(pk=dossier.registration_id).update(kind="reevaluation")
    dossier.registration.refresh_from_db()
    hearing = put_before(session=session, dossiers=[dossier], by=world.officer, at=world.at)[0]
    score(hearing, totals, world)
    return Meeting(world, Hearing.objects.get(pk=hearing.pk))


def after_deadline(made: Meeting) -> World:
    """The same office after the ballots were due."""
    return replace(made.world, at=made.world.at + timedelta(days=3, hours=1))


def meeting_ahead(made: Meeting) -> Session:
    """A meeting of the same council and batch, a week on."""
    world = replace(made.world, at=made.world.at)
    return call_session(
        council=made.hearing.session.council,
        batch=world.batch,
        name="Phiên họp 2",
        held_on=world.at.date() + timedelta(days=7),
        place="Phòng họp",
        by=world.officer,
        at=world.at,
    )


__all__ = ["FAR_APART", "Meeting", "after_deadline", "meeting", "meeting_ahead", "noted_sheet", "session_of", "written"]
