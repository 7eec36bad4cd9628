"""Two people in the same second: whoever is second reads again under the lock. Two real connections each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from ocop.accounts.models import User
from ocop.audit.queries import break_in_chain
from ocop.certificates.actions import prepare_decision, sign_decision
from ocop.certificates.models import Certificate
from ocop.core.errors import Refused
from ocop.council.actions import cast_sheet, close_hearing, declare, publish_results
from ocop.council.models import Publication, Result, Sheet
from ocop.council.states import SheetState
from ocop.dossiers.actions import submit_dossier
from ocop.dossiers.models import Submission
from ocop.dossiers.queries import criteria_of
from ocop.paperwork.queries import papers_on
from tests.factories import (
    city_2024,
    closed_hearing,
    council_of,
    draft_dossier,
    fill_in,
    load_law,
    open_hearing,
    places_for,
    score,
    session_of,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _law() -> Iterator[None]:
    load_law()
    return


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at the same moment, each on its own connection; a refusal is returned, not raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


@pytest.mark.parametrize("turn", range(3))
def test_a_late_sheet_is_either_in_the_result_or_refused(turn: int) -> None:
    world = city_2024()
    hearing = open_hearing(world, session=session_of(world, council_of(world, members=5)))
    score(hearing, [60, 61, 62, 63], world)
    seats = list(hearing.session.council.seats.filter(votes=True).select_related("user").order_by("pk"))
    late, chair = seats[4], seats[0]
    declare(hearing=hearing, conflict=False, by=late.user, at=world.at)
    choices = places_for(criteria_of(hearing.dossier), 64)
    cast, closed = at_once(
        lambda: cast_sheet(hearing=hearing, choices=choices, by=late.user, at=world.at),
        lambda: close_hearing(hearing=hearing, by=chair.user, at=world.at),
    )
    assert isinstance(closed, Result)
    counted = {row["member"] for row in closed.inputs["sheets"]}
    handed_in = Sheet.objects.filter(hearing=hearing, seat=late, state=SheetState.SUBMITTED).exists()
    if isinstance(cast, Refused):
        assert "chốt" in cast.message
        assert not handed_in
        assert str(late.pk) not in counted
    else:
        assert handed_in
        assert str(late.pk) in counted
    assert break_in_chain() is None


def test_a_dossier_is_handed_in_once() -> None:
    world = city_2024()
    dossier = fill_in(draft_dossier(world), world)
    owner = dossier.registration.product.subject.people.get()
    outcomes = at_once(*[lambda: submit_dossier(dossier=dossier, by=owner, at=world.at)] * 3)
    assert sum(isinstance(outcome, Submission) for outcome in outcomes) == 1
    assert all("đã nộp" in outcome.message for outcome in outcomes if isinstance(outcome, Refused))
    assert Submission.objects.count() == 1


def test_a_product_is_closed_once_and_certified_once() -> None:
    world = city_2024()
    result = closed_hearing(world)
    decision = prepare_decision(unit=world.unit, batch=world.batch, results=[result], by=world.officer, at=world.at)

    def sign(by: User, number: str) -> Any:
        return sign_decision(
            decision=decision,
            number=number,
            decided_on=world.at.date(),
            signer_name="Nguyễn Văn Lãnh Đạo",
            signer_title="Phó Chủ tịch",
            by=by,
            at=world.at,
        )

    outcomes = at_once(lambda: sign(world.leader, "1/QĐ-UBND"), lambda: sign(world.leader, "2/QĐ-UBND"))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Certificate.objects.count() == 1
    assert break_in_chain() is None


def test_results_are_published_once() -> None:
    world = city_2024()
    session = session_of(world, council_of(world, members=3))
    result = closed_hearing(world, session=session, totals=(62,) * 3)
    chair = session.council.seats.get(role="chair").user
    told = {"session": session, "ticked": [], "signed_on": world.at.date(), "signer": "Nguyễn Văn Trưởng"}
    made = at_once(
        lambda: publish_results(**told, by=chair, at=world.at),
        lambda: publish_results(**told, by=world.leader, at=world.at),
    )
    assert sorted(isinstance(row, Refused) for row in made) == [False, True]
    assert Publication.objects.count() == 1
    assert papers_on(result, "result_letter").count() == 1
    assert break_in_chain() is None
