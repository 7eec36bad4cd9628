"""QĐ 148 of 2023: what facts and papers support, at the thresholds of two full sets and of what others ask besides."""

from __future__ import annotations

from datetime import date

import pytest

from ocop.regime.rulebook import BOOK
from ocop.rubric.books import read_book
from ocop.rubric.rulebook import read_set, set_files
from ocop.rubric.rules import CriteriaSet, Known, Measure, Measures, PaperFact, Support, Unmeasurable, support
from tests.factories.measures import known, shipped_measures
from tests.rubric.tables_2023 import FULL, FURTHER
from tests.rubric.tables_2023.answers import DAY, YEAR_AGO, bought, labour, quality, sold

REGIME = "qd148-2023"


def measures_of(set_no: int) -> Measures:
    return shipped_measures(REGIME, set_no)


def supported(place: str, facts: dict, papers: tuple[str, ...] = ()) -> Support:
    """What the facts and valid papers support at `set:criterion`."""
    set_no, _, code = place.partition(":")
    return support(measures_of(int(set_no)).criteria[code], known(facts, *papers, day=DAY))


def rows(tables: dict[int, dict]) -> list:
    """One test a row."""
    return [
        pytest.param(f"{number}:{code}", facts, papers, place, id=f"{number}:{code}-{index}")
        for number, table in tables.items()
        for code, written in table.items()
        for index, (facts, papers, place) in enumerate(written)
    ]


@pytest.mark.parametrize(("place", "facts", "papers", "option"), rows(FULL | FURTHER))
def test_the_option_at_each_threshold(place, facts, papers, option):
    found = supported(place, facts, papers)
    assert (found.place, found.missing, found.contradictions) == (option, (), ())
    assert found.known


@pytest.mark.parametrize("number", FULL)
def test_every_measurable_criterion_of_the_set_has_a_table(number):
    measurable = {code for code, measure in measures_of(number).criteria.items() if isinstance(measure, Measure)}
    assert measurable == set(FULL[number])


@pytest.mark.parametrize("number", FULL)
def test_every_option_that_facts_can_reach_is_in_its_table(number):
    """Only what a council alone can tell apart is left out: how common or special the product is (2.a)."""
    for code, written in FULL[number].items():
        reached = {place for _, _, place in written} - {None}
        every = set(range(1, len(read_set(REGIME, number).criteria[code].options) + 1))
        assert every - reached == ({1, 2} if code == "2.a" else set()), code


def test_every_measure_of_the_decision_has_a_table():
    written = {
        measure.code
        for number in set_files(REGIME)
        for measure in measures_of(number).criteria.values()
        if isinstance(measure, Measure)
    }
    tried = {measures_of(number).criteria[code].code for number, table in (FULL | FURTHER).items() for code in table}
    assert written == tried


@pytest.mark.parametrize("number", set_files(REGIME))
def test_every_criterion_says_how_it_is_measured_or_why_not(number):
    criteria_set: CriteriaSet = read_set(REGIME, number)
    found = measures_of(number).criteria
    assert list(found) == list(criteria_set.criteria)
    for code, measure in found.items():
        if isinstance(measure, Unmeasurable):
            assert measure.reason.startswith(("Hội đồng", "Cảm quan:", "Luật không nói")), code
        else:
            assert len(measure.options) == len(criteria_set.criteria[code].options), code


def test_the_folder_passes_the_check_of_the_rule_book():
    assert [str(problem) for problem in read_book(BOOK / REGIME).problems] == []


def test_the_sum_is_shown_with_the_law_s_words():
    found = supported("6:3.c", {"workers": 52, "workers_district": 38})
    assert found.words.startswith("38/52 lao động trong huyện = 73,08 %")
    assert "mức 1: Có sử dụng từ 50% đến 75% lao động" in found.words


@pytest.mark.parametrize("place", ["1:1.d", "6:1.d"])
def test_the_edge_that_the_decision_leaves_out_is_said(place):
    facts = {**sold(7_500, YEAR_AGO), **bought(7_500, YEAR_AGO)}
    assert "Luật không nói mức đúng 75 %" in supported(place, facts).words


def test_the_edge_that_the_decision_prints_twice_is_said():
    assert "cả hai phương án" in supported("1:3.c", labour(7_500)).words


def test_people_of_the_commune_are_not_people_of_the_district():
    found = supported("6:3.c", {"workers": 52, "workers_commune": 38})
    assert (found.place, found.known, found.missing) == (None, False, ("workers_district",))


def test_a_lapsed_certificate_supports_nothing_and_is_named_with_its_day():
    lapsed = {"quality_system": [PaperFact("quality_system", date(2021, 9, 15), date(2024, 9, 15))]}
    found = support(measures_of(6).criteria["9.a"], Known(quality(), lapsed, DAY))
    assert found.place == 1
    assert "hết hạn 15/09/2024" in found.contradictions[0]
