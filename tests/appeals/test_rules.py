"""The last day to appeal, and the ways that stay open beside it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ocop.appeals.rules import last_day
from ocop.appeals.states import TONES, AppealState
from ocop.appeals.ways import further_ways


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 90))
def test_days_are_calendar_days_and_the_day_of_the_letter_is_none_of_them(told_on, days):
    assert last_day(told_on, days) - told_on == timedelta(days=days)


def test_further_ways_are_data_with_a_mark():
    ways = further_ways()
    assert set(ways) == {"complaint", "upgrade"}
    assert ways["complaint"].mark == "U"
    assert all(way.words for way in ways.values())


def test_every_state_has_a_tone():
    assert set(TONES) == set(AppealState)
