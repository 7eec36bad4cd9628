"""Working days: official days off and swapped Saturdays, as dated data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from ocop.core.clock import add_working_days, working_days_left


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """A day that does not count as the day of the week says: off (a holiday), or worked (a swapped Saturday)."""

    day: date
    name: str
    works: bool
    article: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The official days that are known for some years. A year without data counts Saturdays and Sundays only."""

    days: Mapping[date, OfficialDay] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    @property
    def off(self) -> set[date]:
        """The days off."""
        return {day for day, official in self.days.items() if not official.works}

    @property
    def working(self) -> set[date]:
        """The Saturdays and Sundays that are worked."""
        return {day for day, official in self.days.items() if official.works}

    def ends(self, start: date, days: int) -> date:
        """The day on which `days` working days after `start` are over."""
        return add_working_days(start, days, self.off, self.working)

    def left(self, day: date, until: date) -> int:
        """How many working days are left after `day` up to and with `until`; below zero when it is over."""
        return working_days_left(day, until, self.off, self.working)

    def met(self, start: date, end: date) -> list[OfficialDay]:
        """The official days after `start` up to and with `end` that change the count, in order."""
        return [
            official
            for day, official in sorted(self.days.items())
            if start < day <= end and official.works == (day.weekday() >= 5)
        ]

    def unknown_years(self, start: date, end: date) -> list[int]:
        """The years of the span for which no official days are known."""
        return [year for year in range((start + timedelta(days=1)).year, end.year + 1) if year not in self.years]
