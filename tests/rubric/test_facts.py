"""Answers as people write them: read exactly, or refused in words that say what to write."""

import contextlib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.rubric.measures import fact_catalogue, paper_catalogue
from ocop.rubric.rules import FactRefused, check_fact, contradictions, fact_words, stored
from ocop.rubric.rules.facts import number_words

FACTS = fact_catalogue()


@pytest.mark.parametrize(
    ("code", "raw", "value"),
    [
        ("revenue", "1.614.000.000", 1_614_000_000),
        ("revenue", " 1 614 000 000 đồng", 1_614_000_000),
        ("revenue", "1614000000đ", 1_614_000_000),
        ("revenue", 0, 0),
        ("profit", "-25.000.000", -25_000_000),
        ("profit", "−25.000.000", -25_000_000),
        ("workers", "52 người", 52),
        ("local_capital", "51 %", 51),
        ("local_capital", "50,99", Fraction(5099, 100)),
        ("local_capital", "73.5", Fraction(147, 2)),
        ("local_capital", "0", 0),
        ("local_capital", "100", 100),
        ("source_total", "1.250,5", Fraction(2501, 2)),
        ("traceability", "yes", True),
        ("traceability", "không", False),
        ("traceability", False, False),
        ("legal_form", "farm", "farm"),
        ("contract_since", "5/3/2025", date(2025, 3, 5)),
        ("contract_since", "2025-03-05", date(2025, 3, 5)),
    ],
)
def test_an_answer_is_read_exactly(code, raw, value):
    assert check_fact(FACTS[code], raw) == value


@pytest.mark.parametrize(
    ("code", "raw", "words"),
    [
        ("revenue", "hai tỷ", "Ghi bằng chữ số, ví dụ 1.614.000.000."),
        ("revenue", "1,614,000,000", "Ghi bằng chữ số, ví dụ 1.614.000.000."),
        ("revenue", "1.614.00", "Ghi bằng chữ số"),
        ("revenue", "1000,5", "Ghi tròn đồng"),
        ("revenue", "-1", "không thể nhỏ hơn 0"),
        ("revenue", "9" * 17, "lớn quá"),
        ("revenue", "١٢", "Ghi bằng chữ số"),
        ("workers", "2,5", "Ghi số tròn"),
        ("workers", "", "Chưa trả lời"),
        ("workers", None, "Chưa trả lời"),
        ("workers", True, "Ghi bằng chữ số"),
        ("local_capital", "100,01", "từ 0 đến 100"),
        ("local_capital", "120 %", "từ 0 đến 100"),
        ("local_capital", "nhiều", "ví dụ 73,5"),
        ("traceability", "maybe", "Có hoặc Không"),
        ("legal_form", "bank", "trong danh sách"),
        ("legal_form", ["farm"], "trong danh sách"),
        ("contract_since", "31/02/2025", "ngày có thật"),
        ("contract_since", "hôm qua", "ngày có thật"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(code, raw, words):
    with pytest.raises(FactRefused, match=words) as refusal:
        check_fact(FACTS[code], raw)
    assert refusal.value.code == code


@given(st.sampled_from(sorted(FACTS)), st.data())
def test_what_is_kept_reads_back_as_the_same_value(code, data):
    kind = FACTS[code]
    thousandths = st.integers(0, 100_000).map(lambda number: Fraction(number, 1000))
    values = {
        "yes_no": st.booleans(),
        "choice": st.sampled_from(sorted(kind.options) or [""]),
        "date": st.dates(),
        "percent": thousandths,
        "amount": thousandths,
    }
    value = data.draw(values.get(kind.unit, st.integers(0, 10**12)))
    assert check_fact(kind, stored(value)) == value


@given(st.sampled_from(sorted(FACTS)), st.text(max_size=20))
def test_whatever_is_typed_is_a_value_or_a_refusal(code, raw):
    with contextlib.suppress(FactRefused):
        assert check_fact(FACTS[code], raw) is not None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1_614_000_000, "1.614.000.000"),
        (Fraction(3800, 52), "73,08"),
        (Fraction(147, 2), "73,5"),
        (75, "75"),
        (Fraction(749999, 10000), "gần 75"),
        (Fraction(750001, 10000), "hơn 75"),
        (Fraction(-5, 2), "−2,5"),
        (0, "0"),
    ],
)
def test_numbers_in_words(value, words):
    assert number_words(value) == words


def test_answers_in_words_have_their_unit():
    assert fact_words(FACTS["revenue"], 5_000_000) == "5.000.000 đồng"
    assert fact_words(FACTS["workers"], 52) == "52 người"
    assert fact_words(FACTS["local_capital"], Fraction(51, 2)) == "25,5 %"
    assert fact_words(FACTS["traceability"], True) == "có"
    assert fact_words(FACTS["market_reach"], "country") == "Ngoài tỉnh"


def test_parts_may_equal_their_whole_and_a_loss_is_no_contradiction():
    facts = {"workers": 5, "workers_commune": 5, "profit.last": -3, "revenue.last": 0}
    assert contradictions(FACTS, facts) == ()


def test_years_are_compared_with_the_same_year():
    facts = {"profit.last": 5, "revenue.last": 9, "profit.before": 6, "revenue.before": 5}
    assert [found.codes for found in contradictions(FACTS, facts)] == [("profit.before", "revenue.before")]


def test_a_question_asked_by_year_has_a_code_for_each():
    assert FACTS["profit"].codes == ("profit.last", "profit.before", "profit.earlier")
    assert FACTS["workers"].codes == ("workers",)


def test_every_evidence_row_of_the_form_has_a_kind_of_paper():
    from ocop.rubric.rulebook import read_set

    rows = {
        row
        for number in range(1, 27)
        for item in read_set("qd26-2026", number).criteria.values()
        for row in item.evidence
    }
    assert rows <= {row for kind in paper_catalogue().values() for row in kind.rows}
