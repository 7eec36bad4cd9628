"""Two clerks in the same second. Two real connections each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from ocop.audit.queries import break_in_chain
from ocop.core.errors import Refused
from ocop.paperwork.actions import sign_paper
from ocop.paperwork.models import IssuedPaper, PaperSignature
from tests.factories import load_law
from tests.factories.paperwork import issued, with_signer
from tests.factories.world import city_2024

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    load_law()
    return city_2024()


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


@pytest.mark.postgres
def test_a_number_is_never_given_twice(world):
    papers = at_once(*[lambda: issued(world) for _ in range(4)])
    assert sorted(paper.number for paper in papers) == ["01/BB-HĐ", "02/BB-HĐ", "03/BB-HĐ", "04/BB-HĐ"]
    assert break_in_chain() is None


@pytest.mark.postgres
def test_a_typed_number_is_given_to_one_of_two(world):
    done = at_once(lambda: issued(world, number="07/BB-HĐ"), lambda: issued(world, number="07/BB-HĐ"))
    assert sum(isinstance(each, Refused) for each in done) == 1
    assert IssuedPaper.objects.get().number == "07/BB-HĐ"


@pytest.mark.postgres
def test_a_paper_is_signed_once(world, settings, tmp_path):
    with_signer(settings, tmp_path)
    paper = issued(world)
    done = at_once(*[lambda: sign_paper(paper=paper, by=world.officer, at=world.at) for _ in range(2)])
    assert sum(isinstance(each, Refused) for each in done) == 1
    assert PaperSignature.objects.count() == 1
    assert break_in_chain() is None
