"""Which criteria make the sheets lie too far apart: the few that a council has to talk about (docs/rules/result.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop.rubric.rules import CriteriaSet

from .tally import row_of, tables_of
from .values import SheetOfMember

Row = Sequence[int]


@dataclass(frozen=True, slots=True)
class Diverging:
    """A criterion to be discussed, with the least and the most points that a sheet gives it."""

    criterion: str
    lowest: int
    highest: int


def diverging(criteria_set: CriteriaSet, sheets: Sequence[SheetOfMember], limit: Fraction) -> tuple[Diverging, ...]:
    """The criteria that cause a spread above the limit, widest first; none while the sheets lie within it.

    Were all sheets to give these criteria the same points, the totals would lie within the limit; none can be left
    out. Whose sheets they are and in which order they come changes nothing.
    """
    rows = [row_of(criteria_set, sheet.choices) for sheet in sheets]
    codes = [criterion.code for criterion in tables_of(criteria_set).criteria]
    found = [
        Diverging(codes[place], min(row[place] for row in rows), max(row[place] for row in rows))
        for place in causes(rows, limit)
    ]
    return tuple(sorted(found, key=lambda row: row.lowest - row.highest))


def causes(rows: Sequence[Row], limit: Fraction) -> list[int]:
    """The places of those criteria, in the order of the set.

    Step by step: of the highest and the lowest sheet, as the criteria not yet taken leave them, the criterion in which
    they lie furthest apart; until the rest lies within the limit. Then what proved needless is put back, the last
    taken first.
    """
    taken: list[int] = []
    while not _within(rows, taken, limit):
        taken.append(_widest(rows, taken))
    for place in reversed(taken[:]):
        others = [other for other in taken if other != place]
        if _within(rows, others, limit):
            taken = others
    return sorted(taken)


def _within(rows: Sequence[Row], without: Sequence[int], limit: Fraction) -> bool:
    left = _totals(rows, without)
    return not left or max(left) - min(left) <= limit


def _totals(rows: Sequence[Row], without: Sequence[int]) -> list[int]:
    return [sum(row) - sum(row[place] for place in without) for row in rows]


def _widest(rows: Sequence[Row], taken: Sequence[int]) -> int:
    """Where a highest and a lowest sheet lie furthest apart; of several the first in the set."""
    left = _totals(rows, taken)
    top, bottom = max(left), min(left)
    highest = [row for row, total in zip(rows, left, strict=True) if total == top]
    lowest = [row for row, total in zip(rows, left, strict=True) if total == bottom]
    return max(
        (place for place in range(len(rows[0])) if place not in taken),
        key=lambda place: (max(row[place] for row in highest) - min(row[place] for row in lowest), -place),
    )
