"""Reading published regimes."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from ocop.regime.calendars import parse_calendar
from ocop.regime.models import CalendarVersion, RegimeVersion
from ocop.regime.rulebook import parse_regime
from ocop.regime.rules import OfficialDay, Regime, WorkCalendar

_parsed: dict[str, Regime] = {}  # by fingerprint: a published content never changes


def as_rules(version: RegimeVersion) -> Regime:
    """The regime that the version holds; parsed once a process."""
    rules = _parsed.get(version.sha256)
    if rules is None:
        rules = _parsed[version.sha256] = parse_regime(version.content)
    return rules


def current(code: str) -> RegimeVersion:
    """The version in use of a regime; RegimeVersion.DoesNotExist when none is published."""
    return RegimeVersion.objects.filter(code=code).latest("version")


def current_versions() -> QuerySet[RegimeVersion]:
    """The version in use of every regime."""
    newer = RegimeVersion.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"))
    return RegimeVersion.objects.filter(~Exists(newer)).order_by("code")


def newest_first() -> list[RegimeVersion]:
    """The version in use of every regime, the newest law first."""
    return sorted(current_versions(), key=lambda version: as_rules(version).in_force_from, reverse=True)


def in_force_on(day: date) -> list[RegimeVersion]:
    """The regimes that are law on `day`, the newest first: two while an old one runs out (QĐ 26, Art. 11.2)."""
    return [version for version in newest_first() if as_rules(version).in_force_on(day)]


def calendars() -> list[CalendarVersion]:
    """The calendar in use of every year, the latest year first."""
    newer = CalendarVersion.objects.filter(year=OuterRef("year"), version__gt=OuterRef("version"))
    return list(CalendarVersion.objects.filter(~Exists(newer)).order_by("-year"))


def days_off(start: date, end: date) -> WorkCalendar:
    """The official days off and swapped working days of the years from `start` to `end`, as far as they are known."""
    known = [version for version in calendars() if start.year <= version.year <= end.year]
    days: dict[date, OfficialDay] = {
        official.day: official for version in known for official in parse_calendar(version.content)
    }
    return WorkCalendar(days, frozenset(version.year for version in known))
