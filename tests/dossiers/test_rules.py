"""What a dossier needs, what it would give, and when a step's clock runs out."""

from __future__ import annotations

from datetime import date

import pytest

from ocop.dossiers.rules import (
    CHANGES,
    EVIDENCE,
    SELF_ASSESSMENT,
    clean_items,
    clock_ends,
    forecast,
    missing_before_submission,
)
from ocop.regime.rulebook import read_regime
from ocop.regime.rules import Clock, DossierKind, OfficialDay, WorkCalendar
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import minimums, points_of
from tests.factories import first_places, places_for

SET = read_set("qd148-2023", 6)
FIRST = DossierKind("new", "Đánh giá lần đầu", changes_required=False)
AGAIN = DossierKind("upgrade", "Nâng hạng sao", changes_required=True)
WHOLE = first_places(SET)


@pytest.mark.parametrize(
    ("kind", "choices", "evidence", "note", "parts"),
    [
        (FIRST, WHOLE, 1, "", []),
        (FIRST, dict.fromkeys(SET.criteria), 1, "", []),  # "no option reached" is an answer
        (FIRST, {}, 1, "", [SELF_ASSESSMENT]),
        (FIRST, WHOLE, 0, "", [EVIDENCE]),
        (AGAIN, WHOLE, 1, "  ", [CHANGES]),
        (AGAIN, WHOLE, 1, "Đổi bao bì", []),
        (AGAIN, {}, 0, "", [SELF_ASSESSMENT, EVIDENCE, CHANGES]),
    ],
)
def test_everything_missing_is_named(kind, choices, evidence, note, parts) -> None:
    lacking = missing_before_submission(SET, kind, choices, evidence, note)
    assert [each.part for each in lacking] == parts
    assert all(each.words.endswith(".") for each in lacking)


@pytest.mark.parametrize(
    ("clock", "start", "ends"),
    [
        (None, date(2026, 10, 5), None),
        (Clock(15, "working"), date(2026, 10, 5), date(2026, 10, 26)),  # QĐ 26 Art. 7.2: fifteen working days
        (Clock(15, "calendar"), date(2026, 10, 5), date(2026, 10, 20)),
        (Clock(1, "working"), date(2026, 10, 9), date(2026, 10, 12)),  # Friday → Monday
    ],
)
def test_clock(clock, start, ends) -> None:
    assert clock_ends(clock, start, WorkCalendar()) == ends


def test_a_holiday_is_not_a_working_day() -> None:
    holiday = OfficialDay(date(2026, 9, 2), "Quốc khánh", works=False)
    calendar = WorkCalendar({holiday.day: holiday}, frozenset({2026}))
    assert clock_ends(Clock(1, "working"), date(2026, 9, 1), calendar) == date(2026, 9, 3)


def test_rows_with_anything_typed_are_kept() -> None:
    typed = [{"what": " Nhãn ", "reason": ""}, {"what": " ", "reason": ""}, {"what": "", "reason": "mờ"}]
    assert clean_items(typed) == [{"what": "Nhãn", "reason": ""}, {"what": "", "reason": "mờ"}]


@pytest.mark.parametrize(("total", "star"), [(0, 1), (29, 1), (30, 2), (50, 3), (69, 3), (70, 4), (90, 5)])
def test_forecast_by_points(total: int, star: int) -> None:
    told = forecast(read_regime("qd148-2023"), SET, places_for(SET, total), 3)
    assert (told.total, told.by_points, told.answered) == (total, star, len(SET.criteria))


def test_forecast_is_lowered_by_a_missed_minimum() -> None:
    choices = places_for(SET, 100)
    points = points_of(SET, choices)
    code = next(
        code for code, least in minimums(SET, 5).items() if points[code] >= least > minimums(SET, 4).get(code, 0)
    )
    told = forecast(read_regime("qd148-2023"), SET, {**choices, code: None}, 5)
    assert told.by_points == 5
    assert told.star < 5
    assert told.missed == (code,)
