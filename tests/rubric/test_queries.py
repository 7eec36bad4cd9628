"""Reading the published book: the version in use, light lists, search without accents."""

import pytest

from ocop.rubric import queries
from ocop.rubric.measures import NOT_WRITTEN
from ocop.rubric.models import CriteriaSetVersion
from tests.factories.measures import shipped_measures

pytestmark = pytest.mark.django_db


def test_the_sets_of_a_regime_stand_in_the_order_of_the_annex_and_come_without_content(django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = list(queries.sets_of("qd148-2023"))
    assert [row.set_no for row in rows] == list(range(1, 27))
    assert "content" in rows[0].get_deferred_fields()
    assert [row.set_no for row in rows if not row.complete] == [11, 12, 13]


@pytest.mark.parametrize(
    ("query", "number"),
    [("rượu trắng", 14), ("RUOU", 14), ("mat ong", 4), ("nước khoáng", 16), ("du lịch điểm", 26)],
)
def test_search_needs_no_accents(query, number):
    assert number in [row.set_no for row in queries.sets_found(query) if row.regime_code == "qd26-2026"]


def test_search_finds_nothing_for_words_that_do_not_occur():
    assert not queries.sets_found("xe đạp").exists()


def test_rules_are_parsed_once(django_assert_num_queries):
    rules = queries.as_rules(queries.current_set("qd26-2026", 6))
    light = queries.sets_of("qd26-2026").get(set_no=6)
    with django_assert_num_queries(0):
        assert queries.as_rules(light) is rules


def test_an_unpublished_set_does_not_exist():
    with pytest.raises(CriteriaSetVersion.DoesNotExist):
        queries.current_set("qd26-2026", 27)


def test_the_measures_of_a_set_are_read_once_a_process(django_assert_num_queries):
    version = queries.current_set("qd26-2026", 6)
    first = queries.measures_of(version)
    with django_assert_num_queries(1):
        assert queries.measures_of(version) is first
    assert list(first.criteria) == list(queries.as_rules(version).criteria)
    assert first.criteria["3.3"].about == "Lao động trong xã"
    assert not first.criteria["6.1"].measurable


def test_the_published_measures_are_those_of_the_files():
    for regime in ("qd26-2026", "qd148-2023"):
        for number in range(1, 27):
            assert queries.measures_of(queries.current_set(regime, number)) == shipped_measures(regime, number)


def test_a_regime_that_is_only_read_measures_nothing():
    measures = queries.measures_of(queries.current_set("qd1048-2019", 1)).criteria.values()
    assert {measure.reason for measure in measures} == {"Quy định này chỉ để đọc, không tính từ số liệu."}


def test_every_criterion_of_both_laws_is_measured_or_says_why_not():
    for regime in ("qd26-2026", "qd148-2023"):
        for version in queries.sets_of(regime):
            measures = queries.measures_of(version).criteria.values()
            assert all(measure.measurable or measure != NOT_WRITTEN for measure in measures)


def test_the_catalogues_are_given_by_code():
    assert queries.fact_catalogue()["workers"].unit == "people"
    assert queries.paper_kinds()["food_safety_certificate"].months == 36
