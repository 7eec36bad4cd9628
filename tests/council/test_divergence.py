"""Which criteria a council has to discuss: enough of them, none too many, and nobody's order matters."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.council.rules import Diverging, SheetOfMember, aggregate, diverging
from ocop.council.rules.divergence import causes
from ocop.rubric.rulebook import read_set

SET = read_set("qd26-2026", 6)
POINTS = st.integers(0, 8)
ROWS = st.integers(1, 6).flatmap(lambda count: st.lists(st.lists(POINTS, min_size=7, max_size=7), max_size=count))
STEPS = st.lists(st.integers(0, 4), min_size=7, max_size=7)
LIMITS = st.one_of(st.integers(0, 20).map(Fraction), st.fractions(0, 20, max_denominator=100))
quick = settings(max_examples=200, deadline=None)


def spread(rows: list[list[int]], without: list[int]) -> int:
    """A plain second reading: how far the rows lie apart when some columns are left out."""
    left = [sum(points for place, points in enumerate(row) if place not in without) for row in rows]
    return max(left, default=0) - min(left, default=0)


@quick
@given(rows=ROWS, limit=LIMITS)
def test_the_rest_lies_within_the_limit_and_none_can_be_left_out(rows: list[list[int]], limit: Fraction) -> None:
    found = causes(rows, limit)
    assert spread(rows, found) <= limit
    for place in found:
        assert spread(rows, [other for other in found if other != place]) > limit
    assert bool(found) == (spread(rows, []) > limit)


@quick
@given(rows=st.lists(st.lists(POINTS, min_size=6, max_size=6), min_size=2, max_size=4), limit=LIMITS)
def test_the_order_of_the_sheets_changes_nothing(rows: list[list[int]], limit: Fraction) -> None:
    assert {tuple(causes(list(other), limit)) for other in permutations(rows)} == {tuple(causes(rows, limit))}


@quick
@given(low=STEPS, more=STEPS)
def test_of_two_sheets_one_above_the_other_it_is_the_fewest_there_are(low: list[int], more: list[int]) -> None:
    rows = [low, [a + b for a, b in zip(low, more, strict=True)]]
    limit = Fraction(5)
    fewest = 0
    for fewest in range(len(more) + 1):
        if sum(sorted(more, reverse=True)[fewest:]) <= limit:
            break
    assert len(causes(rows, limit)) == fewest


def test_a_criterion_on_which_the_middle_differs_is_not_discussed() -> None:
    rows = [[5, 0, 3, 0], [0, 0, 3, 0], [0, 3, 0, 0], [0, 0, 3, 0]]
    assert causes(rows, Fraction(4)) == [0]


def test_no_sheet_and_one_sheet_never_diverge() -> None:
    assert diverging(SET, [], Fraction(0)) == ()
    assert diverging(SET, [SheetOfMember("m1", True, {"1.1": 3})], Fraction(0)) == ()


def test_the_page_of_the_rule_is_right() -> None:
    low = SheetOfMember("m1", True, {})
    high = SheetOfMember("m2", False, {"4.1": 4, "1.1": 3, "5.1": 3})
    rows = aggregate(SET, [low, high]).rows
    differ = {code: points for code, points in zip(SET.criteria, rows[1], strict=True) if points}
    widest = max(differ, key=lambda code: differ[code])
    found = diverging(SET, [low, high], Fraction(sum(differ.values()) - 1))
    assert found == (Diverging(widest, 0, differ[widest]),)
    assert diverging(SET, [high, low], Fraction(sum(differ.values()))) == ()
