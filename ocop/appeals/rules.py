"""Days of an appeal. Pure."""

from __future__ import annotations

from datetime import date, timedelta


def last_day(told_on: date, days: int) -> date:
    """The last day to appeal: calendar days, counted from the day after the result was told."""
    return told_on + timedelta(days=days)
