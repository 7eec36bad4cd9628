"""Facts → option: the sum shown, what is missing, what contradicts, and properties that hold whatever the answers."""

import time
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.rubric.measures import fact_catalogue, parse_measure
from ocop.rubric.rules import Known, PaperFact, Unmeasurable, needs, support
from ocop.rubric.rules.conditions import Reading, months_between
from tests.factories.measures import DAY, known, shipped_measures, supported

REGIME = "qd26-2026"
LABOUR = ("3.3", {"workers_commune": 38, "workers": 52})


def rice():
    return shipped_measures(REGIME, 6).criteria


# The sum shown


def test_the_sum_is_shown_with_the_option_it_supports():
    assert supported(REGIME, 6, *LABOUR).words == (
        "38/52 lao động trong xã = 73,08 % → mức 2: Có sử dụng từ 50% đến 75% lao động là người trên địa bàn cấp xã"
    )


def test_growth_shows_both_years_and_the_rise():
    facts = {"profit.before": 1_500_000_000, "profit.last": 1_614_000_000, "profit.earlier": 1_500_000_000}
    assert supported(REGIME, 6, "3.4", {"legal_form": "group", **facts}).words.startswith(
        "Lợi nhuận năm vừa rồi 1.614.000.000 đồng, lợi nhuận năm trước đó 1.500.000.000 đồng: tăng 114.000.000 đồng; "
    )


def test_a_share_a_hair_below_a_threshold_is_not_shown_as_the_threshold():
    found = supported(REGIME, 6, "1.1", {"source_province": Fraction(7499999, 100000), "source_total": 100})
    assert found.place == 2
    assert "= gần 75 %" in found.words


def test_a_share_of_nothing_supports_nothing():
    found = supported(REGIME, 6, "3.3", {"workers_commune": 0, "workers": 0})
    assert (found.place, found.known) == (None, True)
    assert found.words.startswith("Chưa có lao động để tính")


def test_where_the_law_is_silent_it_is_said():
    found = supported(REGIME, 6, "1.5", {"sales_contracted": 30, "sales_total": 40})
    assert found.place == 2
    assert found.words.endswith("Luật không nói mức đúng 75 %: tính mức thấp hơn.")


def test_where_the_law_says_two_things_it_is_said():
    found = supported(REGIME, 6, "3.3", {"workers_commune": 3, "workers": 4})
    assert found.place == 3
    assert "cả hai phương án" in found.words


def test_a_criterion_measured_in_part_supports_at_most_an_option():
    found = supported(REGIME, 6, "2.1", {"origin_sign": False, "sold_since": date(2025, 9, 1)})
    assert (found.place, found.bound) == (3, "at_most")
    assert "đã 12 tháng → nhiều nhất mức 3" in found.words


def test_a_criterion_that_no_figure_decides_says_why():
    found = support(rice()["6.1"], known())
    assert (found.place, found.known) == (None, True)
    assert found.words.startswith("Cảm quan")


def test_below_the_lowest_option_the_words_say_so():
    found = supported(REGIME, 6, "3.3", {"workers_commune": 1, "workers": 5})
    assert (
        found.words == "1/5 lao động trong xã = 20 % → Dưới 25 % lao động trong xã thì không có phương án nào (0 điểm)."
    )


# What is missing


def test_nothing_known_supports_nothing_and_names_the_questions():
    found = supported(REGIME, 6, "3.3", {})
    assert (found.place, found.known, found.missing) == (None, False, ("workers_commune", "workers"))
    assert found.words == "Còn thiếu: lao động trong xã, lao động"


def test_a_missing_answer_that_could_lift_the_option_is_named():
    found = supported(REGIME, 6, "1.5", {"sales_contracted": 80, "sales_total": 100})
    assert (found.place, found.known, found.missing) == (3, False, ("contract_since",))
    assert "tạm tính mức 3" in found.words
    assert found.words.endswith("Còn thiếu: ngày bắt đầu thực hiện hợp đồng liên kết")


def test_a_missing_answer_that_cannot_lift_the_option_is_not_asked_for():
    found = supported(REGIME, 6, "1.5", {"sales_contracted": 60, "sales_total": 100})
    assert (found.place, found.known, found.missing) == (2, True, ())


def test_a_question_that_is_not_asked_after_another_answer_is_not_missing():
    facts = {"legal_form": "household", "profit.last": 1, "profit.before": 2}
    found = supported(REGIME, 6, "3.4", facts)
    assert (found.known, found.missing) == (True, ())
    assert supported(REGIME, 6, "3.4", facts | {"legal_form": "cooperative"}).missing == ("cooperative_rank",)


def test_a_share_is_said_with_the_unit_of_its_amounts_and_what_lacks_with_where_it_stands():
    facts = {"source_province": Fraction(60), "source_total": Fraction(100), "source_unit": "ton"}
    assert supported(REGIME, 6, "1.1", facts).words.startswith("60/100 tấn nguyên liệu trong tỉnh = 60 %")
    (need,) = [each for each in needs(rice()["1.1"], known(facts), 3) if each.figure]
    assert need.now == "60 %"


def test_what_lacks_for_an_option_is_said_and_empty_when_it_holds():
    measure = rice()["3.5"]
    lacking = needs(measure, known({"origin_sign": False}, "trademark_application"), 2)
    assert {need.papers or need.facts for need in lacking} >= {("trademark_certificate",), ("origin_sign",)}
    assert lacking[0].words == "có giấy chứng nhận đăng ký nhãn hiệu còn hạn"
    assert needs(measure, known({"origin_sign": True, "protected_sign": False}, "trademark_certificate"), 2) == ()


def test_what_lacks_of_a_share_names_the_threshold():
    (need,) = needs(rice()["3.3"], known({"workers_commune": 38, "workers": 52}), 3)
    assert need.words == "lao động trong xã từ 75 % trở lên (tính trên lao động)"
    assert need.facts == ("workers_commune", "workers")


# Papers


@pytest.mark.parametrize(
    ("issued_on", "expires_on", "place"),
    [
        (None, None, 2),
        (None, DAY, 2),
        (None, date(2026, 8, 31), 1),
        (DAY, None, 2),
        (date(2026, 9, 2), None, 1),
    ],
)
def test_a_paper_counts_from_its_issue_to_the_end_of_its_last_day(issued_on, expires_on, place):
    paper = PaperFact("area_certificate", issued_on, expires_on)
    assert support(rice()["1.2"], Known({}, {"area_certificate": [paper]}, DAY)).place == place


def test_a_lapsed_paper_is_named_with_its_date_unless_a_valid_one_stands_in_its_place():
    old, new = PaperFact("area_certificate", None, date(2026, 8, 31)), PaperFact("area_certificate")
    lapsed = support(rice()["1.2"], Known({}, {"area_certificate": [old]}, DAY))
    assert lapsed.contradictions[0].endswith("hết hạn 31/08/2026, trước ngày 01/09/2026.")
    assert support(rice()["1.2"], Known({}, {"area_certificate": [old, new]}, DAY)).contradictions == ()


def test_papers_that_would_prove_what_was_answered_are_named():
    assert supported(REGIME, 6, *LABOUR).unproven == ("labour_list",)
    assert supported(REGIME, 6, *LABOUR, "labour_list").unproven == ()


# Answers that cannot all be true


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        (
            "3.3",
            {"workers_commune": 60, "workers": 52},
            "Lao động trong xã (60 người) nhiều hơn lao động (52 người): xem lại một trong hai số.",
        ),
        (
            "1.1",
            {"source_province": Fraction(5, 2), "source_total": 2},
            "Nguyên liệu trong tỉnh (2,5) nhiều hơn nguyên liệu, sản phẩm trồng nuôi (2): xem lại một trong hai số.",
        ),
        (
            "3.4",
            {"profit.last": 30, "profit.before": 20, "revenue.last": 10, "legal_form": "farm"},
            "Lợi nhuận năm vừa rồi (30 đồng) nhiều hơn doanh thu năm vừa rồi (10 đồng): xem lại một trong hai số.",
        ),
        (
            "2.1",
            {"origin_sign": False, "sold_since": date(2027, 1, 1)},
            "Ngày bắt đầu bán sản phẩm 01/01/2027 là ngày chưa tới (đang xét đến ngày 01/09/2026).",
        ),
    ],
)
def test_a_contradiction_is_said_and_supports_nothing(code, facts, words):
    found = supported(REGIME, 6, code, facts)
    assert (found.place, found.contradictions) == (None, (words,))


# Whatever the answers

SHARE = parse_measure(
    {
        "code": "x",
        "about": "x",
        "mark": "R",
        "values": {"share": {"share": ["source_commune", "source_total"]}},
        "options": {1: {}, 2: {"share": {"from": 50, "below": 75}}, 3: {"share": {"from": 75}}},
    },
    ("một", "hai", "ba"),
)


@given(st.integers(1, 10**6), st.data())
def test_a_higher_share_never_supports_a_lower_option(whole, data):
    low, high = sorted(data.draw(st.tuples(st.integers(0, whole), st.integers(0, whole))))
    places = [support(SHARE, known({"source_commune": part, "source_total": whole})).place or 0 for part in (low, high)]
    assert places[0] <= places[1]


def answers():
    """Answers to any of the catalogue's questions, left out or not."""
    by_unit = {
        "yes_no": st.booleans(),
        "date": st.dates(date(2015, 1, 1), DAY),
        "percent": st.fractions(0, 100, max_denominator=1000),
        "amount": st.fractions(0, 1000, max_denominator=100),
    }
    number = st.integers(0, 10)
    return st.fixed_dictionaries(
        {},
        optional={
            code: st.sampled_from(sorted(kind.options)) if kind.options else by_unit.get(kind.unit, number)
            for kind in fact_catalogue().values()
            for code in kind.codes
        },
    )


MEASURES = [
    measure
    for regime in ("qd26-2026", "qd148-2023")
    for number in (1, 6, 16, 18, 19, 24, 26)
    for measure in shipped_measures(regime, number).criteria.values()
    if measure.measurable
]


@given(st.sampled_from(MEASURES), st.data())
def test_an_option_is_only_supported_when_its_conditions_or_a_seam_hold(measure, data):
    facts = data.draw(answers())
    papers = {
        kind: [PaperFact(kind)] for kind in data.draw(st.sets(st.sampled_from(measure.paper_codes or ("other",))))
    }
    now = Known(facts, papers, DAY)
    found = support(measure, now)
    reading = Reading(now, measure.formulas, measure.facts)
    seams = {seam.place for seam in measure.seams if reading.truth(seam.when)}
    assert found.words
    assert found.known or found.missing
    if found.place is not None:
        assert found.place in seams or reading.truth(measure.options[found.place - 1])
        assert found.place in seams or needs(measure, now, found.place) == ()
        higher = measure.options[found.place :]
        assert found.place in seams or not any(reading.truth(condition) for condition in higher)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_so_many_months_later_so_many_months_have_passed(since, months):
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    if since.day <= 28:
        assert months_between(since, date(year, month + 1, since.day)) == months
        assert months_between(since, date(year, month + 1, since.day).replace(day=28)) == months


def test_a_whole_set_takes_less_than_two_milliseconds():
    facts = {"workers": 52, "workers_commune": 38, "profit.last": 5, "profit.before": 4, "profit.earlier": 3}
    now = known(facts, "food_safety_certificate", "trademark_certificate")
    measures = rice().values()
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter()
        for measure in measures:
            support(measure, now)
        best = min(best, time.perf_counter() - start)
    assert best < 0.002


def test_what_is_not_measured_never_supports_an_option():
    assert support(Unmeasurable("vì sao"), known({"workers": 1})).place is None
