"""Days and moments. Below the views the clock is an argument; only this module and the doors read the real one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)


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


def is_working_day(day: date, days_off: Collection[date] = (), working_days: Collection[date] = ()) -> bool:
    """Monday to Friday without `days_off`; a Saturday or Sunday only when it was swapped into `working_days`."""
    return day in working_days or (day.weekday() < 5 and day not in days_off)


def add_working_days(
    start: date, days: int, days_off: Collection[date] = (), working_days: Collection[date] = ()
) -> date:
    """The day on which `days` working days after `start` are over."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_working_day(day, days_off, working_days):
            days -= 1
    return day


def working_days_left(
    day: date, until: date, days_off: Collection[date] = (), working_days: Collection[date] = ()
) -> int:
    """How many working days come after `day` up to and with `until`; below zero when `until` is over."""
    first, last = min(day, until), max(day, until)
    count = sum(
        is_working_day(first + timedelta(days=each), days_off, working_days)
        for each in range(1, (last - first).days + 1)
    )
    return count if day <= until else -count
