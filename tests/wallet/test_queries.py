"""What is read of a wallet."""

from __future__ import annotations

from datetime import date

import pytest

from ocop.planning.models import Batch
from ocop.rubric.rules import PaperFact
from ocop.wallet.queries import judged_by, narrowed, paper_facts, papers_of, rows_of, wallets_of
from tests.factories import World, province_2026, subject
from tests.factories.consent import consent
from tests.factories.cycle import owner_of
from tests.factories.wallet import DATED, PLAIN, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return province_2026()


@pytest.fixture
def producer(world: World):
    return subject(world)


def test_papers_have_to_hold_until_the_batch_announces(world: World, producer) -> None:
    day = world.at.date()
    assert judged_by(producer, day) == (date(2026, 10, 29), "ngày đóng đợt")
    Batch.objects.update(announce_before=date(2026, 12, 20))
    assert judged_by(producer, day) == (date(2026, 12, 19), "ngày công bố của đợt")
    assert judged_by(producer, date(2030, 1, 1)) == (None, "")


def test_what_wants_a_hand_stands_first(world: World, producer) -> None:
    good = paper(world, producer, kind=DATED, number="1", expires_on=date(2029, 1, 1))
    soon = paper(world, producer, kind=DATED, number="2", expires_on=date(2026, 11, 20))
    early = paper(world, producer, kind=DATED, number="3", expires_on=date(2026, 10, 20))
    unread = paper(world, producer)
    never = paper(world, producer, kind=PLAIN)
    rows = rows_of(producer, world.at.date())
    assert [row.paper for row in rows] == [early, soon, unread, good, never]
    assert rows[0].light == ("bad", "hết hạn 20/10/2026, trước ngày đóng đợt 29/10/2026")
    assert rows[2].light.words == "chưa ghi loại giấy và ngày"


def test_search_folds_accents_and_reads_number_issuer_and_kind(world: World, producer) -> None:
    paper(world, producer, kind=DATED, number="77/ATTP", issuer="Chi cục Chất lượng", expires_on=date(2029, 1, 1))
    paper(world, producer, title="Hợp đồng siêu thị")
    rows = rows_of(producer, world.at.date())
    for query in ("77/attp", "chi cuc", "an toan thuc pham"):
        assert [row.paper.number for row in narrowed(rows, query=query, tones=())] == ["77/ATTP"]
    assert [row.paper.title for row in narrowed(rows, query="", tones=("wait",))] == ["Hợp đồng siêu thị"]


def test_measures_see_the_papers_in_use_by_kind(world: World, producer) -> None:
    paper(world, producer, kind=DATED, number="1", issued_on=date(2026, 1, 1), expires_on=date(2029, 1, 1))
    paper(world, producer)
    assert paper_facts(producer) == {DATED: [PaperFact(DATED, date(2026, 1, 1), date(2029, 1, 1))]}


def test_reading_a_wallet_takes_the_same_queries_for_one_paper_and_three(
    world: World, producer, django_assert_num_queries
) -> None:
    paper(world, producer)
    day = world.at.date()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        rows_of(producer, day)
    for _ in range(2):
        paper(world, producer, kind=DATED, number="1", expires_on=date(2029, 1, 1))
    with django_assert_num_queries(len(one)):
        assert len(rows_of(producer, day)) == 3


def test_whose_wallets_somebody_fills(world: World, producer) -> None:
    day = world.at.date()
    owner = owner_of(producer)
    second = subject(world, owner=owner)
    assert wallets_of(owner, day) == [producer, second]
    assert wallets_of(world.commune_officer, day) == []
    consent(world, producer, world.commune_officer)
    assert wallets_of(world.commune_officer, day) == [producer]
    assert papers_of(second).count() == 0
