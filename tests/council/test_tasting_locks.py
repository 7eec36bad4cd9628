"""A tasting in the same second as something else: whoever is second reads again under the lock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ocop.core.errors import Refused
from ocop.council.actions import call_off_tasting, cast_tasting, close_hearing, open_tasting
from ocop.council.models import TastingCup, TastingRound, TastingSheet
from ocop.council.queries import sheets_in
from tests.council.test_locks import at_once
from tests.factories import city_2024, load_law, open_hearing, session_of
from tests.factories.tasting import sensory, sheet_without, table, taste, tasting_council

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _law() -> Iterator[None]:
    load_law()
    return


def test_two_secretaries_open_one_tasting_once() -> None:
    world = city_2024()
    session = session_of(world, tasting_council(world))
    hearing = open_hearing(world, session=session)
    secretary = session.council.seats.get(role="secretary").user
    answers = at_once(
        lambda: open_tasting(session=session, hearings_tasted=[hearing], by=secretary, at=world.at),
        lambda: open_tasting(session=session, hearings_tasted=[hearing], by=world.officer, at=world.at),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert TastingCup.objects.count() == 1


def test_one_cup_is_handed_in_once_however_often_it_is_sent() -> None:
    found = table()
    hearing, seat = found.hearings[0], found.seats[1]
    cup, choices = found.cup(hearing), sensory(hearing)
    answers = at_once(
        *[lambda: cast_tasting(cup=cup, choices=choices, by=seat.user, at=found.world.at) for _ in range(2)]
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert TastingSheet.objects.filter(submitted_at__isnull=False).count() == 1


def test_a_late_tasting_counts_wholly_or_not_at_all() -> None:
    found = table()
    hearing, seats = found.hearings[0], found.seats[:-1]
    for seat in seats:
        sheet_without(found, hearing, seat)
    for seat in seats[:3]:
        taste(found, hearing, seat)
    cup, choices = found.cup(hearing), sensory(hearing, 2)
    closed, late = at_once(
        lambda: close_hearing(hearing=hearing, by=seats[0].user, at=found.world.at),
        lambda: cast_tasting(cup=cup, choices=choices, by=seats[3].user, at=found.world.at),
    )
    counted = 3 if isinstance(late, Refused) else 4
    assert len(closed.evaluation["sheets"]) == counted
    assert len(sheets_in(hearing)) == counted


def test_calling_off_and_closing_never_leave_half_a_sheet() -> None:
    found = table(products=1)
    hearing, seats = found.hearings[0], found.seats[:-1]
    for seat in seats:
        sheet_without(found, hearing, seat)
        taste(found, hearing, seat)
    secretary = found.seats[-1].user
    closed, off = at_once(
        lambda: close_hearing(hearing=hearing, by=seats[0].user, at=found.world.at),
        lambda: call_off_tasting(round=found.round, reason="Mẫu hỏng", by=secretary, at=found.world.at),
    )
    assert isinstance(closed, Refused) != isinstance(off, Refused)
    assert (TastingRound.objects.get().ended_at is None) == isinstance(off, Refused)
    assert len(sheets_in(hearing)) == (4 if isinstance(off, Refused) else 0)
