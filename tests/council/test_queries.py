"""Reads of the council: what waits for whom, in which order, and what stays out."""

from __future__ import annotations

import pytest

from ocop.council.actions import cast_sheet, declare
from ocop.council.queries import (
    accepted_for,
    council_size,
    first_council_levels,
    forwarded_below,
    handed_in_versions,
    next_for_member,
    open_to,
    progress_of,
    results_for,
    session_hearings,
    sheets_in,
    standing_of,
    waiting_for_member,
)
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from ocop.dossiers.states import DossierState
from tests.factories import accepted_dossier, city_2024, closed_hearing, open_hearing, province_2026, session_of
from tests.factories.council import evening

pytestmark = pytest.mark.django_db


def test_progress_names_every_voting_seat_without_a_point() -> None:
    scene = evening()
    rows = progress_of(scene.open)
    assert len(rows) == 9
    assert [row.seat.pk for row in rows if row.conflict] == [scene.seats[7].pk]
    assert [row.seat.pk for row in rows if not row.declared] == [scene.seats[8].pk]
    assert sum(row.handed_in_at is not None for row in rows) == 6
    assert not any(hasattr(row, name) for row in rows for name in ("total", "choices", "sheet"))


def test_the_quorum_is_counted_without_those_who_left() -> None:
    scene = evening()
    assert council_size(scene.open) == 8
    assert len(sheets_in(scene.open)) == 6
    row = session_hearings(scene.session).get(pk=scene.open.pk)
    assert (row.sheets_in, row.conflicts) == (6, 1)  # type: ignore[attr-defined]


def test_other_versions_are_read_only_once_the_product_is_closed() -> None:
    scene = evening()
    assert not handed_in_versions(scene.open).exists()
    assert handed_in_versions(scene.closed).count() == 6


def test_the_next_product_goes_round_the_session() -> None:
    world = city_2024()
    session = session_of(world)
    first, second, third = (open_hearing(world, session=session) for _ in range(3))
    user = session.council.seats.order_by("pk")[2].user
    day = world.at.date()
    assert next_for_member(user, day, first) == second
    assert next_for_member(user, day, third) == first
    declare(hearing=first, conflict=True, reason="Cổ đông", by=user, at=world.at)
    assert next_for_member(user, day, third) == second
    declare(hearing=second, conflict=False, by=user, at=world.at)
    cast_sheet(hearing=second, choices=places_for(criteria_of(second.dossier), 60), by=user, at=world.at)
    assert list(waiting_for_member(user, day)) == [third]
    assert next_for_member(user, day, third) is None


def test_only_accepted_dossiers_of_the_batch_wait_for_the_session() -> None:
    world = city_2024()
    session, waiting = session_of(world), accepted_dossier(world)
    open_hearing(world, session=session)
    accepted_dossier(province_2026())
    assert [dossier.pk for dossier in accepted_for(session)] == [waiting.pk]


def test_the_level_of_a_council_comes_from_the_regime() -> None:
    city, province = city_2024(), province_2026()
    assert [code for code, _ in first_council_levels([city.unit])] == ["district"]
    assert [code for code, _ in first_council_levels([province.unit])] == ["province"]


def test_a_shut_door_takes_the_result_out_of_every_list() -> None:
    scene = evening()
    found = results_for([scene.world.unit], DossierState.TO_RECOGNISE)
    people = {name: user for name, user in scene.people.items() if user is not None}
    shut = {name for name, user in people.items() if not open_to(user, found).exists()}
    assert shut == {"member conflicted", "member not declared"}


def test_forwarded_results_are_found_from_the_unit_above_and_from_ones_own() -> None:
    world = city_2024()
    result = closed_hearing(world, totals=(75,) * 9)
    type(result.hearing.dossier).objects.update(state=DossierState.FORWARDED)
    assert world.unit.parent is not None
    assert list(forwarded_below([world.unit.parent])) == [result]
    assert list(forwarded_below([], own=[world.unit])) == [result]
    assert not forwarded_below([world.commune]).exists()
    assert standing_of(result) == (result.star, "district")
