"""Agreement, spread and severity: exact, against what others compute, and whatever the order of the members."""

from __future__ import annotations

from fractions import Fraction

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ocop.council.rules import merged
from ocop.council.rules.fairness import alpha, same_sheets, severities, signed, spread_of

# Four observers, twelve units, with gaps: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), part C.
PUBLISHED = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}
members = st.sampled_from(["a", "b", "c", "d", "e"])
tables = st.lists(st.dictionaries(members, st.integers(0, 20), max_size=5), min_size=1, max_size=8)


def rows_of(table: dict[str, list[int | None]]) -> list[dict[str, int]]:
    count = len(next(iter(table.values())))
    return [{who: row[at] for who, row in table.items() if row[at] is not None} for at in range(count)]  # type: ignore[misc]


def test_the_published_example_comes_out_as_published() -> None:
    found = alpha(rows_of(PUBLISHED))
    assert found is not None
    assert round(float(found), 3) == 0.849
    assert isinstance(found, Fraction)


def test_complete_agreement_is_one_and_chance_is_near_zero() -> None:
    assert alpha([{"a": 5, "b": 5}, {"a": 9, "b": 9}]) == 1
    assert alpha([{"a": 5, "b": 5}, {"a": 5, "b": 5}]) == 1
    assert alpha([{"a": 0, "b": 10}, {"a": 10, "b": 0}]) == Fraction(-1, 2)


def test_nothing_to_compare_gives_nothing() -> None:
    assert alpha([]) is None
    assert alpha([{}, {"a": 3}, {"b": 4}]) is None


@given(tables)
def test_it_is_what_the_package_of_that_name_computes(table: list[dict[str, int]]) -> None:
    values = [value for row in table if len(row) > 1 for value in row.values()]
    assume(len(set(values)) > 1)  # the package divides by zero where all gave the same
    reliability = [[row.get(who, float("nan")) for row in table] for who in "abcde"]
    theirs = krippendorff.alpha(reliability_data=reliability, level_of_measurement="interval")
    ours = alpha(table)
    assert ours is not None
    assert float(ours) == pytest.approx(float(theirs), abs=1e-9)


@given(tables)
def test_it_lies_between_minus_one_and_one(table: list[dict[str, int]]) -> None:
    found = alpha(table)
    assert found is None or -1 <= found <= 1


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_members_and_things_does_not_matter(table: list[dict[str, int]], chance: object) -> None:
    mixed = [dict(chance.sample(list(row.items()), len(row))) for row in table]  # type: ignore[attr-defined]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert alpha(mixed) == alpha(table)
    assert severities(mixed) == severities(table)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.integers(2, 9))
def test_all_agreeing_is_one_whatever_they_gave(points: list[int], count: int) -> None:
    assert alpha([{str(who): each for who in range(count)} for each in points]) == 1


def test_severity_is_the_mean_distance_from_the_others() -> None:
    found = severities([{"a": 50, "b": 60, "c": 70}, {"a": 40, "b": 60, "c": 50}])
    assert [(row.member, row.shift, row.products) for row in found] == [
        ("a", Fraction(-15), 2),
        ("b", Fraction(15, 2), 2),
        ("c", Fraction(15, 2), 2),
    ]


def test_two_sheets_tell_whose_they_are_so_nothing_is_said() -> None:
    assert severities([{"a": 50, "b": 60}]) == []
    assert spread_of([50, 60]) is None


def test_spread_is_range_and_mean_distance() -> None:
    found = spread_of([50, 60, 70])
    assert found is not None
    assert (found.lowest, found.highest, found.range, found.mean) == (50, 70, 20, 60)
    assert found.deviation == Fraction(20, 3)


def test_only_sheets_that_agree_everywhere_are_the_same() -> None:
    sheets = {"1": {"1.1": 2, "1.2": None}, "2": {"1.1": 2, "1.2": None}, "3": {"1.1": 2, "1.2": 1}}
    assert same_sheets(sheets) == [("1", "2")]


@pytest.mark.parametrize(
    ("shift", "words"), [(Fraction(5, 4), "+1,25"), (Fraction(-1, 3), "-0,33"), (Fraction(0), "0,00")]
)
def test_a_distance_is_told_with_its_sign(shift: Fraction, words: str) -> None:
    assert signed(shift) == words


codes = st.sampled_from(["1.1", "1.2", "6.1", "6.2", "6.3"])
choices = st.dictionaries(codes, st.none() | st.integers(1, 4))


@given(choices, choices, st.sets(codes))
def test_tasting_stands_over_the_sheet_and_a_revision_over_both(
    sheet: dict[str, int | None], tasting: dict[str, int | None], revised: set[str]
) -> None:
    found = merged(sheet, tasting, revised)
    assert found.keys() == sheet.keys() | tasting.keys()
    for code, place in found.items():
        source = tasting if code in tasting and not (code in revised and code in sheet) else sheet
        assert place == source[code]


@given(choices, st.sets(codes))
def test_without_a_tasting_the_sheet_stays_as_it_is(sheet: dict[str, int | None], revised: set[str]) -> None:
    assert merged(sheet, {}, revised) == sheet
