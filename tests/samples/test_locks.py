"""Two people scan the same sample in the same second, on two real connections each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from ocop.audit.queries import break_in_chain
from ocop.core.errors import Refused
from ocop.paperwork.models import IssuedPaper
from ocop.samples.actions import issue_receipt, move_sample, receive_samples
from ocop.samples.models import Sample, SampleMove
from tests.factories import accepted_dossier, city_2024, load_law
from tests.factories.samples import received_samples, sample

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


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


def test_of_two_scans_one_counts() -> None:
    world = city_2024()
    thing = sample(world)
    outcomes = at_once(*[lambda: move_sample(sample=thing, to="on_table", by=world.officer, at=world.at)] * 3)
    assert sum(isinstance(outcome, Sample) for outcome in outcomes) == 1
    assert SampleMove.objects.filter(sample=thing).count() == 2
    assert break_in_chain() is None


def test_one_scan_sent_three_times_is_kept_once() -> None:
    world = city_2024()
    thing, key = sample(world), uuid4()
    outcomes = at_once(*[lambda: move_sample(sample=thing, to="on_table", key=key, by=world.officer, at=world.at)] * 3)
    assert all(isinstance(outcome, Sample) for outcome in outcomes)
    assert SampleMove.objects.filter(sample=thing).count() == 2


def test_one_reception_sent_twice_gives_five_samples_and_one_receipt() -> None:
    world = city_2024()
    dossier, key = accepted_dossier(world), uuid4()
    said = {"dossier": dossier, "count": 5, "handed_by": "Chị Hoa", "key": key, "by": world.officer, "at": world.at}
    at_once(*[lambda: receive_samples(**said)] * 2)
    assert sorted(Sample.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    reception = received_samples(world, dossier, count=1)
    at_once(*[lambda: issue_receipt(reception=reception, by=world.officer, at=world.at)] * 2)
    assert IssuedPaper.objects.count() == 1
    assert break_in_chain() is None
