"""Reading the published book: the version in use, light lists, search without accents."""

import pytest

from ocop.rubric import queries
from ocop.rubric.models import CriteriaSetVersion

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
