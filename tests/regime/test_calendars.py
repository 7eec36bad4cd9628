"""Official days off and swapped working days: the law's limits in working days are counted by them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ocop.regime.actions import publish_calendar
from ocop.regime.calendars import FOLDER, check_calendar, parse_calendar
from ocop.regime.queries import calendars, days_off
from ocop.regime.rulebook import BOOK, codes, load_yaml
from ocop.regime.rules import WorkCalendar
from tests.factories.world import MORNING, load_law

YEARS = sorted(int(path.stem) for path in (BOOK / FOLDER).glob("*.yaml"))


def shipped() -> WorkCalendar:
    contents = [load_yaml(BOOK / FOLDER / f"{year}.yaml") for year in YEARS]
    return WorkCalendar({each.day: each for content in contents for each in parse_calendar(content)}, frozenset(YEARS))


@pytest.mark.parametrize(
    ("start", "days", "ends"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # the Friday before Tết → the Monday after
        (date(2026, 2, 10), 15, date(2026, 3, 10)),  # fifteen working days over Tết
        (date(2024, 4, 26), 1, date(2024, 5, 2)),  # 29 April was swapped, 30 April and 1 May are off
        (date(2024, 5, 3), 1, date(2024, 5, 4)),  # the Saturday worked instead of 29 April counts
        (date(2025, 4, 25), 1, date(2025, 4, 26)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # the long weekend of the National Day
        (date(2025, 12, 31), 2, date(2026, 1, 6)),  # over the end of the year: 1 and 2 January are off
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 10, 5), 15, date(2026, 10, 26)),
    ],
)
def test_a_limit_skips_days_off_and_counts_swapped_saturdays(start: date, days: int, ends: date) -> None:
    assert shipped().ends(start, days) == ends


SPAN = st.dates(date(YEARS[0], 1, 1), date(YEARS[-1] - 1, 12, 31))


@given(SPAN, st.integers(1, 60))
def test_what_is_left_is_what_was_given(start: date, days: int) -> None:
    calendar = shipped()
    end = calendar.ends(start, days)
    assert calendar.left(start, end) == days
    assert calendar.left(end, start) == -days
    assert calendar.left(start, end + timedelta(days=1)) in (days, days + 1)
    assert end in calendar.working or (end.weekday() < 5 and end not in calendar.off)
    plain = WorkCalendar().ends(start, days)
    shift = sum(1 if not each.works else -1 for each in calendar.met(start, end))
    assert WorkCalendar().left(start, end) == days + shift
    assert (end - plain).days >= 0 or shift < 0


def test_a_year_without_data_is_named() -> None:
    assert shipped().unknown_years(date(YEARS[-1], 12, 20), date(YEARS[-1] + 1, 1, 10)) == [YEARS[-1] + 1]
    assert shipped().unknown_years(date(YEARS[0], 12, 31), date(YEARS[0] + 1, 1, 10)) == []


@pytest.mark.parametrize("year", YEARS)
def test_the_shipped_calendars_are_sound(year: int) -> None:
    content = load_yaml(BOOK / FOLDER / f"{year}.yaml")
    assert check_calendar(content, str(year)) == []
    for each in parse_calendar(content):
        assert each.day.year == year
        assert each.mark in "VSRU"


def test_the_folder_is_no_regime() -> None:
    assert FOLDER not in codes()


SOUND = {
    "schema": 1,
    "year": 2026,
    "source": "Thông báo",
    "days_off": [{"from": "2026-09-01", "to": "2026-09-02", "name": "Quốc khánh", "mark": "U"}],
    "working": [{"day": "2026-08-22", "name": "Làm bù", "mark": "U"}],
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days_off": [{"from": "2026-09-02", "to": "2026-09-01", "name": "A", "mark": "U"}]}, "trước ngày đầu"),
        ({"days_off": [{"from": "2025-09-01", "to": "2025-09-02", "name": "A", "mark": "U"}]}, "không thuộc năm 2026"),
        ({"days_off": [{"from": "2026-01-01", "to": "2026-06-01", "name": "A", "mark": "U"}]}, "nhiều nhất 31 ngày"),
        ({"working": [{"day": "2026-08-21", "name": "A", "mark": "U"}]}, "vốn là ngày làm việc"),
        ({"working": [{"day": "2025-08-23", "name": "A", "mark": "U"}]}, "không thuộc năm 2026"),
        ({"working": [{"day": "2026-08-22", "name": "A", "mark": "U"}] * 2}, "đã ghi ở"),
        ({"working": [{"day": "mai", "name": "A", "mark": "U"}]}, "phải là ngày có thật"),
        ({"source": ""}, "không được để trống"),
    ],
)
def test_a_wrong_calendar_is_refused_in_words(change: dict, words: str) -> None:
    assert check_calendar(SOUND, "x") == []
    problems = check_calendar({**SOUND, **change}, "x")
    assert any(words in problem.message for problem in problems)


@pytest.mark.django_db
def test_a_changed_calendar_is_a_new_version_and_counts_at_once() -> None:
    load_law()
    assert {version.year for version in calendars()} == set(YEARS)
    day = date(2026, 11, 24)
    assert day not in days_off(day, day).days
    content = load_yaml(BOOK / FOLDER / "2026.yaml")
    assert publish_calendar(content, at=MORNING) is None
    extra = {"from": "2026-11-24", "to": "2026-11-24", "name": "Ngày Văn hóa", "mark": "U"}
    again = publish_calendar({**content, "days_off": [*content["days_off"], extra]}, at=MORNING)
    assert again is not None
    assert again.version == 2
    assert day in days_off(day, day).off
    assert days_off(date(2031, 1, 1), date(2031, 2, 1)).unknown_years(date(2031, 1, 1), date(2031, 2, 1)) == [2031]


@pytest.mark.django_db
def test_the_page_shows_every_day_with_its_mark(client: Client) -> None:
    load_law()
    page = client.get("/luat/ngay-lam-viec/").content.decode()
    for words in ("Tết Nguyên đán Bính Ngọ", "22/08/2026", "Làm bù", "Quốc khánh", "Chưa kiểm chứng"):
        assert words in page
