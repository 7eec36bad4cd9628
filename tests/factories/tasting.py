"""A session whose bylaws taste blind, with open products, doors answered and cups on the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ocop.council.actions import adopt_bylaws, cast_sheet, cast_tasting, declare, open_tasting
from ocop.council.models import Council, Hearing, Seat, Session, TastingCup, TastingRound
from ocop.council.queries import sensory_codes
from ocop.dossiers.queries import criteria_of
from tests.factories.cycle import council_of, open_hearing, places_for, session_of
from tests.factories.world import World, city_2024


def tasting_council(world: World, *, members: int = 4, spread: int = 100) -> Council:
    """A council that tastes blind and closes on three quarters of the sheets, at most `spread` points apart."""
    council = council_of(world, members=members)
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(spread),
        round_mean_to=None,
        minimums_on="mean",
        blind_tasting=True,
        by=world.officer,
        at=world.at,
    )
    return council


@dataclass
class Table:
    """The session, its products and the cups of the one tasting."""

    world: World
    session: Session
    hearings: list[Hearing]
    round: TastingRound

    @property
    def seats(self) -> list[Seat]:
        """The voting seats in order, then the secretary's."""
        return list(self.session.council.seats.select_related("user").order_by("pk"))

    def cup(self, hearing: Hearing) -> TastingCup:
        """The product's cup."""
        return TastingCup.objects.get(hearing=hearing)


def sensory(hearing: Hearing, place: int | None = 1) -> dict[str, int | None]:
    """The same option at every sensory criterion."""
    return dict.fromkeys(sorted(sensory_codes(hearing)), place)


def let_in(table: Table, *, seats: Sequence[Seat] = (), hearings: Sequence[Hearing] = ()) -> None:
    """The seats answer at every door of the session that they have no conflict."""
    for seat in seats or [row for row in table.seats if row.votes]:
        for hearing in hearings or table.hearings:
            declare(hearing=hearing, conflict=False, by=seat.user, at=table.world.at)


def table(
    world: World | None = None, *, products: int = 2, members: int = 4, doors: bool = True, spread: int = 100
) -> Table:
    """A tasting on the day of the session, opened by the secretary, with everybody let in."""
    world = world or city_2024()
    session = session_of(world, tasting_council(world, members=members, spread=spread))
    hearings = [open_hearing(world, session=session, total=55) for _ in range(products)]
    secretary = session.council.seats.get(role="secretary").user
    made = open_tasting(session=session, hearings_tasted=hearings, by=secretary, at=world.at)
    found = Table(world, session, hearings, made)
    if doors:
        let_in(found)
    return found


def taste(found: Table, hearing: Hearing, seat: Seat, place: int | None = 1) -> None:
    """The seat hands the product's cup in with the same option everywhere."""
    cast_tasting(cup=found.cup(hearing), choices=sensory(hearing, place), by=seat.user, at=found.world.at)


def sheet_without(found: Table, hearing: Hearing, seat: Seat, total: int = 60) -> None:
    """The seat hands its sheet in, sensory criteria left to the tasting."""
    codes = sensory_codes(hearing)
    choices = {code: row for code, row in places_for(criteria_of(hearing.dossier), total).items() if code not in codes}
    cast_sheet(hearing=hearing, choices=choices, by=seat.user, at=found.world.at)
