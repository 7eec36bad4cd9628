"""The desks' arithmetic and words."""

from __future__ import annotations

from datetime import date

import pytest

from ocop.intake.rules import (
    BINDING,
    FORMS,
    LAW,
    PAPERS,
    SAMPLES,
    Cited,
    Item,
    checklist,
    count_words,
    faults,
    finding_words,
    groups_of,
    number_fields,
    request_row,
    speaks_of,
    step_clock,
)
from ocop.intake.states import MarkOf
from ocop.regime.rulebook import read_regime
from ocop.regime.rules import OfficialDay, WorkCalendar
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import minimums

NEW, OLD = read_regime("qd26-2026"), read_regime("qd148-2023")
COMMUNE, PROVINCE = NEW.intake


def test_the_clock_counts_working_days_and_names_what_it_skipped() -> None:
    off = OfficialDay(date(2026, 9, 2), "Quốc khánh", works=False)
    calendar = WorkCalendar({off.day: off}, frozenset({2026}))
    clock = step_clock(COMMUNE, date(2026, 9, 1), date(2026, 9, 23), date(2026, 9, 21), calendar)
    assert clock is not None
    assert (clock.left, clock.days, [each.name for each in clock.met]) == (2, 15, ["Quốc khánh"])
    late = step_clock(COMMUNE, date(2026, 9, 1), date(2026, 9, 23), date(2026, 9, 25), calendar)
    assert late is not None
    assert late.left == -2
    assert step_clock(PROVINCE, date(2026, 9, 1), date(2026, 9, 23), date(2026, 9, 2), calendar) is None


@pytest.mark.parametrize("set_no", range(1, 27))
def test_every_content_finds_what_the_subject_claims_in_every_set(set_no: int) -> None:
    criteria = read_set(NEW.code, set_no).criteria.values()
    for content in COMMUNE.contents:
        if content.code == "origin" and set_no == 26:
            continue  # tourism has no raw material of its own
        assert any(speaks_of(content, criterion) for criterion in criteria), content.name


def test_a_finding_in_words() -> None:
    words = finding_words(verdict="Đúng một phần", text="Thiếu sổ thu mua", asked="Bà Lan", place="Kho số 2")
    assert words == "Đúng một phần. Thiếu sổ thu mua. Đã hỏi: Bà Lan. Tại: Kho số 2."
    assert finding_words(verdict="", text="Đủ.", asked="", place="") == "Đủ."


def listed(regime=NEW, step=PROVINCE, set_no=6, *, target_star=4, **changes) -> list[Item]:
    given = {"choices": {}, "evidence": [], "samples_received": None} | changes
    return checklist(
        regime=regime, step=step, criteria_set=read_set(regime.code, set_no), target_star=target_star, **given
    )


@pytest.mark.parametrize(("regime", "step"), [(NEW, PROVINCE), (OLD, OLD.intake[0])])
def test_the_list_is_made_of_the_law_s_data(regime, step) -> None:
    for set_no in range(1, regime.set_count + 1):
        items = listed(regime, step, set_no)
        keys = [item.key for item in items]
        assert len(keys) == len(set(keys))
        groups = dict(groups_of(items))
        assert [item.key for item in groups[FORMS]] == [f"form:{code}" for code in step.checks]
        assert (SAMPLES in groups) == (regime.samples_for(set_no) > 0)
        bound = minimums(read_set(regime.code, set_no), 4)
        assert {item.key for item in groups.get(BINDING, ())} == {f"criterion:{code}" for code in bound}


def test_a_higher_star_asks_for_more() -> None:
    count = {star: len(dict(groups_of(listed(target_star=star))).get(BINDING, ())) for star in (3, 4, 5)}
    assert count[3] <= count[4] <= count[5]
    assert count[5] > 0


def test_what_the_system_notices() -> None:
    first = next(iter(read_set(NEW.code, 6).criteria))
    paper = Cited("k", "Phiếu kiểm nghiệm", (first,), "hết hạn 01/10/2026, trước ngày họp 20/12/2026")
    items = {item.key: item for item in listed(choices={first: 3}, samples_received=2)}
    assert items["samples"].flags == (("warn", "mới nhận 2 trên 5 mẫu"),)
    assert ("warn", "có tự chấm nhưng chưa viện dẫn minh chứng") in items[f"criterion:{first}"].flags
    cited = {item.key: item for item in listed(choices={first: 3}, evidence=[paper], samples_received=5)}
    assert cited[f"criterion:{first}"].flags == ()
    assert cited[f"criterion:{first}"].evidence == ("k",)
    assert cited["paper:k"].group == PAPERS
    assert cited["samples"].flags == ()
    assert items["rejected:1"].group == LAW


def test_faults_become_rows_of_one_request() -> None:
    item = Item(
        "criterion:1.1", BINDING, "1.1 Nguyên liệu", wants="Hợp đồng thu mua", flags=(("warn", "thiếu tờ hai"),)
    )
    other = Item("samples", SAMPLES, "5 sản phẩm mẫu")
    marks = {"criterion:1.1": MarkOf.MISSING, "samples": MarkOf.OK}
    assert faults([item, other], marks) == [item]
    plain = request_row(item, mark=MarkOf.MISSING, note="", example="")
    assert (plain["what"], plain["reason"]) == ("1.1 Nguyên liệu", "Còn thiếu: thiếu tờ hai.")
    assert plain["example"] == "Hợp đồng thu mua"
    typed = request_row(item, mark=MarkOf.WRONG, note="Ảnh mờ", example="Chụp thẳng")
    assert (typed["reason"], typed["example"]) == ("Ảnh mờ.", "Chụp thẳng")
    assert count_words([MarkOf.OK, MarkOf.MISSING], 30) == "2/30 đã xem · 1 thiếu"


def test_receipt_numbers_by_the_pattern() -> None:
    rules = NEW.receipt("commune")
    assert rules is not None
    number = number_fields(rules.number, codes={"province": "24", "commune": "07201"}, seq=7, year=2026)
    assert number == "07/PĐK-24-07201-2026"
    assert NEW.receipt("centre") is None
