"""Two devices of one member in the same second; a reopening or a closing that meets a handing-in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from ocop.audit.models import LedgerEntry
from ocop.audit.queries import break_in_chain
from ocop.council.actions import cast_sheet, close_hearing, declare, reopen_sheet, save_sheet
from ocop.council.actions.sheets import HearingOver
from ocop.council.models import Result, Sheet
from ocop.council.queries import sheets_not_as_recorded
from ocop.council.states import SheetState
from ocop.dossiers.queries import criteria_of
from tests.council.test_locks import at_once
from tests.factories import city_2024, council_of, load_law, open_hearing, places_for, score, session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _law() -> Iterator[None]:
    load_law()
    return


def test_the_same_handing_in_on_two_connections_makes_one_sheet() -> None:
    world = city_2024()
    hearing = open_hearing(world)
    user, key = hearing.session.council.seats.order_by("pk")[2].user, uuid4()
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    facts = {"hearing": hearing, "choices": places_for(criteria_of(hearing.dossier), 60), "by": user, "at": world.at}
    outcomes = at_once(*[lambda: cast_sheet(key=key, **facts)] * 3)
    assert {outcome.pk for outcome in outcomes} == {Sheet.objects.get().pk}
    assert LedgerEntry.objects.filter(act="cast_sheet").count() == 1
    assert break_in_chain() is None


def test_two_devices_hand_in_one_sheet_between_them() -> None:
    world = city_2024()
    hearing = open_hearing(world)
    user = hearing.session.council.seats.order_by("pk")[2].user
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    criteria_set = criteria_of(hearing.dossier)
    outcomes = at_once(
        *(
            lambda total=total: cast_sheet(
                hearing=hearing, choices=places_for(criteria_set, total), key=uuid4(), by=user, at=world.at
            )
            for total in (60, 70)
        )
    )
    made = [outcome for outcome in outcomes if isinstance(outcome, Sheet)]
    assert len(made) == 1
    assert Sheet.objects.get().choices == made[0].choices
    assert sheets_not_as_recorded(hearing.session) == []


def test_a_tick_and_a_reopening_in_the_same_second_lose_no_version() -> None:
    world = city_2024()
    hearing = open_hearing(world)
    score(hearing, [60, 60], world)
    seats = list(hearing.session.council.seats.select_related("user").order_by("pk"))
    at_once(
        lambda: reopen_sheet(hearing=hearing, seat=seats[1], reason="Xem lại", by=seats[0].user, at=world.at),
        lambda: save_sheet(hearing=hearing, choices={"1.a": None}, notes={}, by=seats[1].user, at=world.at),
        lambda: reopen_sheet(hearing=hearing, seat=seats[1], reason="Xem lại", by=seats[9].user, at=world.at),
    )
    versions = list(Sheet.objects.filter(seat=seats[1]).order_by("version").values_list("version", "state"))
    assert versions == [(1, SheetState.REPLACED), (2, SheetState.DRAFT)]
    assert sheets_not_as_recorded(hearing.session) == []


def test_a_replay_that_races_the_closing_is_in_the_result_or_refused_for_good() -> None:
    world = city_2024()
    hearing = open_hearing(world, session=session_of(world, council_of(world, members=5)))
    score(hearing, [60, 61, 62, 63], world)
    seats = list(hearing.session.council.seats.filter(votes=True).select_related("user").order_by("pk"))
    declare(hearing=hearing, conflict=False, by=seats[4].user, at=world.at)
    facts = {"hearing": hearing, "choices": places_for(criteria_of(hearing.dossier), 64), "key": uuid4()}
    sent, closed, again = at_once(
        lambda: cast_sheet(**facts, by=seats[4].user, at=world.at),
        lambda: close_hearing(hearing=hearing, by=seats[0].user, at=world.at),
        lambda: cast_sheet(**facts, by=seats[4].user, at=world.at),
    )
    assert isinstance(closed, Result)
    kept = [outcome for outcome in (sent, again) if isinstance(outcome, Sheet)]
    assert {outcome.pk for outcome in kept} == set(Sheet.objects.filter(seat=seats[4]).values_list("pk", flat=True))
    assert all(isinstance(outcome, HearingOver) for outcome in (sent, again) if not isinstance(outcome, Sheet))
    counted = str(seats[4].pk) in {row["member"] for row in closed.inputs["sheets"]}
    assert counted == bool(kept)
    assert break_in_chain() is None
