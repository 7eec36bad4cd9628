"""The eve of a council day: thirty accepted products, a council of nine, and what each member will think of each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from ocop.accounts.models import User
from ocop.council.actions import adopt_bylaws, call_session, put_before
from ocop.council.models import Hearing, Session
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.factories import World
from tests.factories.cycle import accepted_dossier, council_of

Places = dict[str, int | None]
SETS = (6,) * 8 + (9,) * 3 + (17,) * 2 + (21,) * 9 + (22,) * 3 + (23,) * 2 + (26,) * 3  # food and drink first
# What the council as a whole will think of them, over and over: forwarded, three stars, none, and the edges.
MEANS = (62, 74, 45, 83, 66, 58, 71, 52, 69, 91)
CONFLICTED = (4, 6)  # the product (from 0) that the seat (from 0) has an interest in
APART = (7, 3)  # the product on which this seat first lies far below the others
BELOW = 14  # points


@dataclass
class Eve:
    """The session with its products in order, and every member's choices for each of them."""

    session: Session
    hearings: list[Hearing]
    members: list[User]
    secretary: User
    thinks: dict[tuple[int, int], Places]  # (product, seat), both from 0

    def left(self, product: int, seat: int) -> bool:
        """Whether this seat takes no part in this product."""
        return (product, seat) == CONFLICTED


def eve_of(world: World) -> Eve:
    """Everything that was done before the day, by the real actions; the day is the one after the world's."""
    chance = random.Random(20240917)
    council = council_of(world, members=9)
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(10),
        round_mean_to=None,
        minimums_on="mean",
        numbers_seen="discussion",
        blind_tasting=True,
        by=world.officer,
        at=world.at,
    )
    session = call_session(
        council=council,
        batch=world.batch,
        name="Phiên đánh giá đợt 2",
        held_on=world.at.date() + timedelta(days=1),
        place="Hội trường tầng 3",
        by=world.officer,
        at=world.at,
    )
    dossiers = [
        accepted_dossier(world, set_no=set_no, name=f"Sản phẩm thử {place:02d}")
        for place, set_no in enumerate(SETS, start=1)
    ]
    hearings = put_before(session=session, dossiers=dossiers, by=world.officer, at=world.at)
    seats = list(council.seats.select_related("user").order_by("pk"))
    voting = [seat.user for seat in seats if seat.votes]
    thinks = {}
    for product, hearing in enumerate(hearings):
        criteria_set = criteria_of(hearing.dossier)
        for seat in range(len(voting)):
            total = min(MEANS[product % len(MEANS)] + chance.randint(-3, 3), 97)
            total -= BELOW if (product, seat) == APART else 0
            thinks[product, seat] = places_for(criteria_set, total, keep_star=3, turn=chance.randrange(30))
    return Eve(session, hearings, voting, next(seat.user for seat in seats if not seat.votes), thinks)
