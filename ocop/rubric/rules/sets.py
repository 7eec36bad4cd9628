"""Criteria sets as values, and the arithmetic of one sheet. Pure: no database, clock or settings.

A set belongs to a regime and a kind of product: parts → groups → criteria → options with whole points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """A printed option (□) with its whole points; `min_for_star` marks the least option for that star."""

    label: str
    points: int
    min_for_star: int | None = None
    case: str | None = None
    suspect: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: one option is ticked, or none (0 points). `place` is its order in the set, from 0."""

    code: str
    name: str
    max_points: int
    options: tuple[Option, ...]
    part: str
    group: str
    place: int
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    requirement: str | None = None
    gating: bool = False
    gating_rule: str | None = None
    options_derived: str | None = None
    parent_name: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A numbered group of criteria."""

    code: str
    name: str
    max_points: int
    criteria: tuple[Criterion, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Part A, B or C."""

    code: str
    name: str
    max_points: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """The criteria set of one kind of product as issued, with the doubts about its transcript."""

    code: str
    regime: str
    set_no: int
    name: str
    parts: tuple[Part, ...]
    complete: bool
    total_points: int
    sector: str = ""
    group_name: str = ""
    subgroup: str = ""
    ministries: tuple[str, ...] = ()
    legal_basis: str = ""
    source: str = ""
    confidence: str = ""
    missing: tuple[str, ...] = ()
    corrections: tuple[Mapping[str, object], ...] = ()
    suspects: tuple[Mapping[str, object], ...] = ()
    rejected_when: tuple[str, ...] = ()
    criteria: Mapping[str, Criterion] = field(default_factory=dict)  # by code, in the order of the set
    header_line: str = ""
    star_marker_rule: str = ""
    notes: tuple[str, ...] = ()


class ChoiceRefused(ValueError):
    """A choice that the set does not offer; `code` is the criterion, `message` says why in Vietnamese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def check_choices(criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> None:
    """Passes only choices of the set: criterion → the option's place in the printed list, from 1, or None."""
    for code, place in choices.items():
        criterion = criteria_set.criteria.get(code)
        if criterion is None:
            raise ChoiceRefused(str(code), f"Bộ tiêu chí {criteria_set.name} không có tiêu chí {code}.")
        if place is None:
            continue
        if isinstance(place, bool) or not isinstance(place, int):
            raise ChoiceRefused(code, f"Tiêu chí {code}: phương án chọn phải là số thứ tự nguyên, hoặc bỏ trống.")
        if not 1 <= place <= len(criterion.options):
            raise ChoiceRefused(
                code,
                f"Tiêu chí {code} có {len(criterion.options)} phương án (đánh số từ 1), không có phương án {place}.",
            )


def points_of(criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> dict[str, int]:
    """Whole points of every criterion of the set, in its order; no option ticked is 0 points."""
    points = dict.fromkeys(criteria_set.criteria, 0)
    for code, place in choices.items():
        if place is not None:
            points[code] = criteria_set.criteria[code].options[place - 1].points
    return points


def total_of(criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> int:
    """Total points of a sheet (QĐ 26, Phụ lục II: the sum of the ticked options)."""
    return sum(points_of(criteria_set, choices).values())


def part_totals(criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> dict[str, int]:
    """Points of a sheet by part, in the order of the set; they add up to `total_of`."""
    totals = dict.fromkeys((part.code for part in criteria_set.parts), 0)
    for code, points in points_of(criteria_set, choices).items():
        totals[criteria_set.criteria[code].part] += points
    return totals


def minimums(criteria_set: CriteriaSet, star: int) -> dict[str, int]:
    """Least points by criterion for `star`, in the order of the set; marks of lower stars are inherited."""
    least: dict[str, int] = {}
    for code, criterion in criteria_set.criteria.items():
        marked = [option.points for option in criterion.options if option.min_for_star and option.min_for_star <= star]
        if marked:
            least[code] = max(marked)
    return least


def missed(criteria_set: CriteriaSet, choices: Mapping[str, int | None], star: int) -> dict[str, int]:
    """Of the minimums for `star`, those that one sheet does not reach: criterion → least points."""
    points = points_of(criteria_set, choices)
    return {code: least for code, least in minimums(criteria_set, star).items() if points[code] < least}
