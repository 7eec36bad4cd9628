"""Days and months as the law counts them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.clock import OFFICE_ZONE, add_months, add_working_days, day_of


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 7, 25), 36, date(2027, 7, 25)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("start", "days", "holidays", "expected"),
    [
        (date(2026, 10, 5), 15, (), date(2026, 10, 26)),  # three whole weeks from a Monday
        (date(2026, 10, 9), 1, (), date(2026, 10, 12)),  # Friday → Monday
        (date(2026, 10, 10), 1, (), date(2026, 10, 12)),  # received on a Saturday
        (date(2026, 8, 31), 2, (date(2026, 9, 1), date(2026, 9, 2)), date(2026, 9, 4)),
        (date(2026, 10, 5), 0, (), date(2026, 10, 5)),
    ],
)
def test_working_days_later(start: date, days: int, holidays: tuple[date, ...], expected: date) -> None:
    assert add_working_days(start, days, holidays) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_a_working_day_limit_ends_on_a_working_day_and_is_never_shorter(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert end.weekday() < 5
    assert end - start >= timedelta(days=days)
    assert add_working_days(start, days + 1) > end


def test_the_day_is_the_offices_day() -> None:
    late = datetime(2024, 9, 16, 23, 30, tzinfo=OFFICE_ZONE)
    assert day_of(late) == date(2024, 9, 16)
    assert day_of(late + timedelta(hours=1)) == date(2024, 9, 17)
