"""What changed since the recognition, and what is carried over: plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ocop.dossiers.differences import (
    CHANGED,
    GONE,
    LAPSED,
    NEW,
    REST,
    Change,
    Line,
    by_section,
    carry_over,
    differences,
    matched,
    section_of_answer,
    section_of_paper,
)
from ocop.dossiers.rules import outside_window
from ocop.interview.queries import catalogue
from ocop.regime.rulebook import read_regime
from ocop.rubric.queries import paper_kinds
from ocop.rubric.rulebook import read_set
from tests.factories import first_places

DAY = date(2026, 10, 29)
LAW = read_regime("qd26-2026")
OLD, NEW_LAW = read_set("qd148-2023", 6), read_set("qd26-2026", 6)


def line(key: str, value: object, *, until: date | None = None) -> Line:
    return Line(key, "market", key.capitalize(), str(value), value, until)


@pytest.mark.parametrize(
    ("before", "after", "tones"),
    [
        ([line("a", 1)], [line("a", 1)], []),
        ([line("a", 1)], [line("a", 2)], [CHANGED]),
        ([], [line("a", 1)], [NEW]),
        ([line("a", 1)], [], [GONE]),
        ([line("a", 1, until=date(2026, 10, 28))], [], [LAPSED]),
        ([line("a", 1, until=DAY)], [line("a", 1, until=DAY)], []),  # it holds on its last day
        # The same paper still cited, though it lapsed since: that is a change too.
        ([line("a", 1, until=date(2026, 1, 1))], [line("a", 1, until=date(2026, 1, 1))], [LAPSED]),
        ([line("a", 1, until=date(2026, 1, 1))], [line("a", 2, until=date(2028, 1, 1))], [CHANGED]),
    ],
)
def test_tones(before, after, tones) -> None:
    assert [change.tone for change in differences(before, after, day=DAY)] == tones


def test_a_lapsed_paper_says_so_with_its_day() -> None:
    (change,) = differences([line("a", 1, until=date(2026, 10, 28))], [], day=DAY)
    assert change.after == "Hết hạn 28/10/2026, chưa có bản mới"
    assert change.tone_words == "Hết hạn"


def test_every_heading_of_the_law_stands_there_changed_or_not() -> None:
    change = Change("market", "a", "A", "1", "2", CHANGED)
    sections = by_section(LAW.updates, [change], [line("a", 2)])
    assert [section.name for section in sections][:9] == [
        "Nguyên liệu", "Công nghệ", "Bao bì", "Nhãn mác", "Công bố chất lượng", "Phiếu kiểm nghiệm định kỳ",
        "Thị trường", "Sản lượng", "Doanh thu",
    ]  # fmt: skip
    assert {section.code for section in sections if section.changes} == {"market"}
    assert {section.code for section in sections if section.told} == {"market"}


def test_headings_name_real_questions_and_papers() -> None:
    for regime in (LAW, read_regime("qd148-2023")):
        for update in regime.updates:
            assert set(update.answers) <= set(catalogue().questions), (regime.code, update.code)
            assert set(update.papers) <= set(paper_kinds()), (regime.code, update.code)


def test_what_the_law_does_not_name_is_the_rest() -> None:
    assert section_of_answer(LAW.updates, "revenue") == "revenue"
    assert section_of_answer(LAW.updates, "history") == REST
    assert section_of_paper(LAW.updates, "periodic_test_report") == "tests"
    assert section_of_paper(LAW.updates, "") == REST


def test_the_same_set_is_carried_over_whole() -> None:
    choices = first_places(OLD)
    carried = carry_over(OLD, OLD, choices, {"1.a": "Có sổ"})
    assert (carried.choices, carried.review) == (choices, ())
    assert carried.explanations == {"1.a": "Có sổ"}


def test_another_wording_is_to_be_looked_at() -> None:
    code = next(iter(OLD.criteria))
    criterion = OLD.criteria[code]
    reworded = replace(
        criterion, options=tuple(replace(each, label=f"Mới: {each.label}") for each in criterion.options)
    )
    newer = replace(OLD, criteria={**OLD.criteria, code: reworded})
    carried = carry_over(OLD, newer, first_places(OLD), {})
    assert carried.review == (code,)
    assert carry_over(OLD, newer, dict.fromkeys(OLD.criteria), {}).review == ()  # "no option" needs no wording


def test_a_change_of_law_carries_what_is_worded_alike_and_names_the_rest() -> None:
    carried = carry_over(OLD, NEW_LAW, first_places(OLD), {})
    codes = matched(OLD, NEW_LAW)
    for old, new in codes.items():
        if carried.choices.get(new):
            before = OLD.criteria[old].options[0].label
            after = NEW_LAW.criteria[new].options[carried.choices[new] - 1].label
            assert before.casefold().split()[:2] == after.casefold().split()[:2]
    assert set(carried.choices) | set(carried.review) == set(NEW_LAW.criteria)
    assert not set(carried.choices) & set(carried.review)


# ── the days in which a re-evaluation is filed (QĐ 26 Art. 7.6: 180 to 120 days before expiry) ──

AGAIN, UPGRADE = LAW.kind("reevaluation"), LAW.kind("upgrade")
EXPIRES = date(2027, 6, 30)  # the span is 01/01/2027 to 02/03/2027


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 31), "còn sớm"),
        (date(2027, 1, 1), ""),
        (date(2027, 3, 2), ""),
        (date(2027, 3, 3), "Hạn nộp đã qua"),
    ],
)
def test_the_span_has_two_ends(day, words) -> None:
    told = outside_window(LAW, AGAIN, EXPIRES, day)
    assert (words in told) if words else told == ""
    assert not told or ("01/01/2027" in told and "02/03/2027" in told and "Điều 7.6" in told)


def test_who_could_not_file_before_the_law_came_has_the_transitional_time() -> None:
    expired = date(2026, 8, 30)  # its span was over on 02/05/2026, twenty days before the law
    assert outside_window(LAW, AGAIN, expired, date(2026, 10, 5)) == ""
    assert outside_window(LAW, AGAIN, expired, date(2027, 2, 26)) == ""  # 180 days after expiry
    assert "Điều 12" in outside_window(LAW, AGAIN, expired, date(2027, 2, 27))


def test_who_could_have_filed_is_told_the_transitional_rule() -> None:
    told = outside_window(LAW, AGAIN, date(2026, 11, 30), date(2026, 10, 5))
    assert "Điều 12" in told
    assert "22/05/2026" in told
    assert "29/05/2027" in told


def test_an_upgrade_is_filed_on_any_day() -> None:
    assert outside_window(LAW, UPGRADE, EXPIRES, date(2026, 10, 5)) == ""
    assert outside_window(LAW, AGAIN, None, date(2026, 10, 5)) == ""
