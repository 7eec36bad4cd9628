"""One sheet: which choices a set accepts, what they add up to, and which star minimums they miss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.regime.rulebook import codes
from ocop.rubric import rulebook
from ocop.rubric.rules import (
    ChoiceRefused,
    check_choices,
    minimums,
    missed,
    part_totals,
    points_of,
    total_of,
)

RICE = rulebook.read_set("qd26-2026", 6)
TOURISM = rulebook.read_set("qd26-2026", 26)
ALL_SETS = [(code, number) for code in codes() for number in rulebook.set_files(code)]


@st.composite
def filled_sheets(draw):
    """Any shipped set, with any choices on it."""
    criteria_set = rulebook.read_set(*draw(st.sampled_from(ALL_SETS)))
    choices = {
        code: draw(st.none() | st.integers(1, len(criterion.options)))
        for code, criterion in criteria_set.criteria.items()
        if draw(st.booleans())
    }
    return criteria_set, choices


@pytest.mark.parametrize(
    ("choices", "code", "words"),
    [
        ({"99.9": 1}, "99.9", "không có tiêu chí 99.9"),
        ({"1.1": 0}, "1.1", "không có phương án 0"),
        ({"1.1": 4}, "1.1", "không có phương án 4"),
        ({"1.1": -1}, "1.1", "không có phương án -1"),
        ({"1.1": True}, "1.1", "số thứ tự nguyên"),
        ({"1.1": 2.0}, "1.1", "số thứ tự nguyên"),
        ({"1.1": "2"}, "1.1", "số thứ tự nguyên"),
        ({"1.1": 1, "1.2": 9}, "1.2", "không có phương án 9"),
    ],
)
def test_what_the_set_does_not_print_is_refused(choices, code, words):
    with pytest.raises(ChoiceRefused) as refusal:
        check_choices(RICE, choices)
    assert refusal.value.code == code
    assert words in refusal.value.message


def test_printed_options_none_and_absent_criteria_are_accepted():
    check_choices(RICE, {})
    check_choices(RICE, {"1.1": 1, "1.2": None, "2.4": 2})


def test_nothing_ticked_is_zero_points_everywhere():
    assert total_of(RICE, {}) == 0
    assert set(points_of(RICE, {"1.1": None}).values()) == {0}
    assert list(points_of(RICE, {})) == list(RICE.criteria)


@pytest.mark.parametrize(("code", "number"), ALL_SETS)
def test_the_best_options_of_a_complete_set_give_100(code, number):
    criteria_set = rulebook.read_set(code, number)
    best = {
        criterion.code: max(range(len(criterion.options)), key=lambda at: criterion.options[at].points) + 1
        for criterion in criteria_set.criteria.values()
    }
    lost = sum(
        criterion.max_points - max(option.points for option in criterion.options)
        for criterion in criteria_set.criteria.values()
    )
    if criteria_set.complete:
        assert total_of(criteria_set, best) + lost == 100
        assert lost == (1 if (code, number) == ("qd148-2023", 7) else 0)  # 6.d prints no 4-point option
    else:
        assert total_of(criteria_set, best) < 100


@given(filled_sheets())
def test_the_total_is_the_sum_of_the_parts_and_of_the_criteria(sheet):
    criteria_set, choices = sheet
    check_choices(criteria_set, choices)
    total = total_of(criteria_set, choices)
    assert total == sum(part_totals(criteria_set, choices).values())
    assert total == sum(points_of(criteria_set, choices).values())
    assert 0 <= total <= criteria_set.total_points
    assert all(type(points) is int for points in points_of(criteria_set, choices).values())


@given(filled_sheets(), st.sampled_from([3, 4, 5]))
def test_a_sheet_misses_exactly_the_minimums_it_does_not_reach(sheet, star):
    criteria_set, choices = sheet
    points = points_of(criteria_set, choices)
    short = missed(criteria_set, choices, star)
    for code, least in minimums(criteria_set, star).items():
        assert (code in short) == (points[code] < least)


@pytest.mark.parametrize(("code", "number"), ALL_SETS)
def test_a_higher_star_never_asks_less(code, number):
    criteria_set = rulebook.read_set(code, number)
    order = list(criteria_set.criteria)
    assert minimums(criteria_set, 1) == minimums(criteria_set, 2) == {}
    for lower, higher in ((3, 4), (4, 5)):
        below, above = minimums(criteria_set, lower), minimums(criteria_set, higher)
        assert all(above[criterion] >= least for criterion, least in below.items())
        assert list(above) == [criterion for criterion in order if criterion in above]


def test_minimums_of_set_6_as_printed_and_inherited():
    assert minimums(RICE, 3) == {
        "1.1": 2, "2.2": 2, "2.3": 1, "3.5": 1, "4.1": 2, "5.3": 1, "8": 2, "9": 1,
    }  # fmt: skip
    four = minimums(RICE, 4)
    assert four["1.1"] == 2  # inherited
    assert four["2.3"] == 3  # raised
    assert len(four) == 17


def test_tourism_binds_only_two_criteria():
    assert set(minimums(TOURISM, 3)) == {"3.5"}
    assert set(minimums(TOURISM, 4)) == set(minimums(TOURISM, 5)) == {"3.4", "3.5"}


@pytest.mark.parametrize(("regime", "number"), [("qd26-2026", 0), ("qd26-2026", 27), ("qd99", 1)])
def test_an_unknown_set_is_a_key_error(regime, number):
    with pytest.raises(KeyError):
        rulebook.read_set(regime, number)
