"""The dates of a batch: QĐ 26/2026 Art. 5 as it is written, and the 2024 plan of Bắc Giang city."""

from datetime import date

import pytest

from ocop.planning.rules import batch_offers, batch_state
from ocop.planning.states import BatchState
from ocop.regime.rulebook import read_regime

DAY = date(2024, 9, 16)


@pytest.mark.parametrize(
    ("opens", "closes", "closed", "state"),
    [
        (date(2024, 9, 16), date(2024, 9, 16), False, BatchState.OPEN),
        (date(2024, 9, 17), date(2024, 9, 30), False, BatchState.COMING),
        (date(2024, 7, 1), date(2024, 9, 15), False, BatchState.OVER),
        (date(2024, 7, 1), date(2024, 9, 30), True, BatchState.CLOSED),
    ],
)
def test_a_batch_is_open_from_its_first_to_its_last_day(opens, closes, closed, state):
    assert batch_state(opens, closes, closed, DAY) is state


def test_the_province_gets_the_cut_offs_of_article_5():
    first, second = batch_offers(read_regime("qd26-2026").batches, "province", 2026)
    assert (first.number, first.closes_on, first.announce_before) == (1, date(2026, 4, 29), date(2026, 6, 30))
    assert first.forward_before == date(2026, 7, 30)
    assert (second.number, second.closes_on, second.announce_before) == (2, date(2026, 10, 29), date(2026, 12, 30))
    assert second.forward_before == date(2027, 1, 30), "trước 30/1 của năm sau"


def test_a_level_without_cut_offs_is_only_told_when_to_forward():
    first, second = batch_offers(read_regime("qd148-2023").batches, "district", 2024)
    assert (first.closes_on, first.announce_before, first.forward_before) == (None, None, date(2024, 6, 10))
    assert second.forward_before == date(2024, 10, 10)


def test_a_regime_without_batches_offers_nothing():
    assert batch_offers((), "province", 2026) == []
