"""How alike a council scores: spread, agreement, severity, copied sheets. Pure and exact; never part of a result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from .numbers import shown

Row = (
    Mapping[str, int] | Mapping[str, Fraction]
)  # member → points for one thing that was scored; who did not score it is left out

FEWEST = 3  # below that number of members a figure would tell whose points they are


@dataclass(frozen=True, slots=True)
class Spread:
    """How far apart the members' points lie: range, mean distance from the mean."""

    lowest: int
    highest: int
    mean: Fraction
    deviation: Fraction

    @property
    def range(self) -> int:
        """The largest less the smallest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Severity:
    """A member's mean distance from what the others gave: below zero stricter, above zero more lenient."""

    member: str
    shift: Fraction
    products: int


def spread_of(points: Sequence[int]) -> Spread | None:
    """The spread of one thing's points, or None where too few scored it."""
    if len(points) < FEWEST:
        return None
    mean = Fraction(sum(points), len(points))
    return Spread(min(points), max(points), mean, sum((abs(mean - each) for each in points), Fraction()) / len(points))


def alpha(rows: Sequence[Row]) -> Fraction | None:
    """Krippendorff's α for interval data: 1 = all agree, 0 = as by chance, below 0 = systematically apart.

    A thing that fewer than two scored says nothing. None where there is nothing to compare. Everybody giving everything
    the same number is agreement: 1. (K. Krippendorff, Content Analysis, 2004, ch. 11.)
    """
    pairable: list[list[int | Fraction]] = [list(row.values()) for row in rows if len(row) > 1]
    values: list[int | Fraction] = [value for row in pairable for value in row]
    count = len(values)
    if not count:
        return None
    expected = _distances(values)
    if not expected:
        return Fraction(1)
    observed = sum((Fraction(_distances(row), len(row) - 1) for row in pairable), Fraction())
    return 1 - (count - 1) * observed / expected


def severities(rows: Sequence[Mapping[str, int]]) -> list[Severity]:
    """Each member's mean distance from the mean of the others over the things both scored, the strictest first."""
    found: dict[str, list[Fraction]] = {}
    for row in rows:
        if len(row) < FEWEST:
            continue
        total = sum(row.values())
        for member, points in row.items():
            found.setdefault(member, []).append(points - Fraction(total - points, len(row) - 1))
    shifts = [Severity(member, sum(apart, Fraction()) / len(apart), len(apart)) for member, apart in found.items()]
    return sorted(shifts, key=lambda row: (row.shift, row.member))


def same_sheets(sheets: Mapping[str, Mapping[str, int | None]]) -> list[tuple[str, str]]:
    """The pairs of members whose sheets say the same at every criterion."""
    return [(one, other) for one, other in combinations(sorted(sheets), 2) if sheets[one] == sheets[other]]


def _distances(values: Sequence[int | Fraction]) -> int | Fraction:
    """The sum of squared distances of all ordered pairs: 2 (n·Σv² - (Σv)²)."""
    return 2 * (len(values) * sum(value * value for value in values) - sum(values) ** 2)


def signed(shift: Fraction) -> str:
    """A distance as people read it: "+1,25", "-0,33", "0,00"."""
    sign = "+" if shift > 0 else "-" if shift < 0 else ""
    return sign + shown(abs(shift)).replace(".", ",")
