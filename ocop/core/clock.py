"""Days and moments. Below the views the clock is an argument; only this module and the doors read the real one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, with its zone."""
    return timezone.now()


def day_of(moment: datetime) -> date:
    """The day of a moment in the office's zone."""
    return moment.astimezone(OFFICE_ZONE).date()


def spoken(moment: datetime) -> str:
    """A moment in the office's zone as people read it: 09:15 ngày 16/09/2024."""
    return moment.astimezone(OFFICE_ZONE).strftime("%H:%M ngày %d/%m/%Y")


def add_months(day: date, months: int) -> date:
    """The same day `months` later; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def add_working_days(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """The day on which `days` working days after `start` are over: Saturdays, Sundays and `holidays` do not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return day
