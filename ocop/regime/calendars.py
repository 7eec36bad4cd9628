"""Official days off and swapped working days: checking and parsing `rulebook/calendar/<year>.yaml`. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from ocop.regime.documents import Problem, day, day_of, many, number_in, one_of, record, repeated, rows_in, text, whole
from ocop.regime.rules import OfficialDay
from ocop.regime.states import MARKS

FOLDER = "calendar"  # beside the regimes; no regime may be called so
LONGEST_SPAN = 31
MARK = one_of(tuple(MARKS))
SHAPE = record(
    {
        "schema": whole(1, 1),
        "year": whole(1990, 2100),
        "source": text,
        "days_off": many(record({"from": day, "to": day, "name": text, "mark": MARK}, {"article": text})),
        "working": many(record({"day": day, "name": text, "mark": MARK}, {"article": text})),
    },
    {"notes": many(text)},
)


def check_calendar(mapping: dict[str, Any], file: str) -> list[Problem]:
    """Everything wrong in the calendar of a year."""
    problems: list[Problem] = []
    SHAPE(mapping, "", lambda path, message: problems.append(Problem(file, path, message)))
    problems.extend(Problem(file, path, message) for path, message in _days(mapping))
    return problems


def _days(mapping: dict[str, Any]) -> Iterator[tuple[str, str]]:
    year = number_in(mapping, "year")
    seen: list[tuple[str, Any]] = []
    for place, row in rows_in(mapping, "days_off"):
        first, last = day_of(row.get("from")), day_of(row.get("to"))
        if first is None or last is None:
            continue
        path = f"days_off[{place}]"
        if last < first:
            yield f"{path}.to", f"ngày cuối {last:%d/%m/%Y} trước ngày đầu {first:%d/%m/%Y}"
        elif (last - first).days >= LONGEST_SPAN:
            yield f"{path}.to", f"một đợt nghỉ nhiều nhất {LONGEST_SPAN} ngày"
        elif {first.year, last.year} != {year}:
            yield path, f"ngày không thuộc năm {year}"
        else:
            seen.extend((path, each) for each in _span(first, last))
    for place, row in rows_in(mapping, "working"):
        worked = day_of(row.get("day"))
        if worked is None:
            continue
        path = f"working[{place}].day"
        if worked.year != year:
            yield path, f"ngày không thuộc năm {year}"
        elif worked.weekday() < 5:
            yield path, f"{worked:%d/%m/%Y} vốn là ngày làm việc; chỉ ghi thứ bảy, chủ nhật làm bù"
        seen.append((path, worked))
    for path, doubled, first_path in repeated(seen):
        yield path, f"ngày {doubled:%d/%m/%Y} đã ghi ở {first_path}"


def _span(first: date, last: date) -> Iterator[date]:
    for each in range((last - first).days + 1):
        yield first + timedelta(days=each)


class Stretch(NamedTuple):
    """Days in a row that are off, or one that is worked, as the page lists them."""

    first: date
    last: date
    works: bool
    name: str
    article: str
    mark: str


def stretches_of(mapping: Mapping[str, Any]) -> list[Stretch]:
    """The entries of a checked calendar, in the order of the year."""
    off = [(row["from"], row["to"], False, row) for row in mapping["days_off"]]
    worked = [(row["day"], row["day"], True, row) for row in mapping["working"]]
    return [
        Stretch(
            date.fromisoformat(first), date.fromisoformat(last), works, row["name"], row.get("article", ""), row["mark"]
        )
        for first, last, works, row in sorted([*off, *worked], key=lambda entry: entry[0])
    ]


def parse_calendar(mapping: Mapping[str, Any]) -> list[OfficialDay]:
    """The official days of a checked calendar, day by day."""
    off = [
        OfficialDay(each, row["name"], False, row.get("article", ""), row["mark"])
        for row in mapping["days_off"]
        for each in _span(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
    ]
    worked = [
        OfficialDay(date.fromisoformat(row["day"]), row["name"], True, row.get("article", ""), row["mark"])
        for row in mapping["working"]
    ]
    return sorted([*off, *worked], key=lambda official: official.day)
