"""Adding up the sheets, and whether the council may close on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import getitem

from ocop.rubric.rules import CriteriaSet, Criterion, check_choices, minimums

from .values import Bylaws, SheetOfMember, SheetTotal, Tally

Minimum = tuple[int, str, int]  # the criterion's place in the set, its code, the least points


@dataclass(frozen=True, slots=True)
class Tables:
    """A criteria set laid out for adding up: everything by the criterion's place in the set.

    `blank` is a sheet without a tick and `points` each criterion's points by the option's place.
    `minimums` holds star 0 up to the highest star that is marked; the stars above inherit the last.
    """

    criteria: tuple[Criterion, ...]
    blank: Mapping[str, None]
    points: tuple[Mapping[int | None, int], ...]
    parts: tuple[tuple[str, slice], ...]
    minimums: tuple[tuple[Minimum, ...], ...]
    gates: tuple[int, ...]


def aggregate(criteria_set: CriteriaSet, sheets: Sequence[SheetOfMember]) -> Tally:
    """Totals of the sheets and their exact means; a criterion without a tick gives 0 points."""
    tables = tables_of(criteria_set)
    rows = tuple([row_of(criteria_set, sheet.choices) for sheet in sheets])
    totals = tuple(
        [
            SheetTotal(sheet.member, sum(row), {part: sum(row[span]) for part, span in tables.parts})
            for sheet, row in zip(sheets, rows, strict=True)
        ]
    )
    criteria = tuple(map(sum, zip(*rows, strict=True)))
    points = [total.total for total in totals]
    count = len(rows)
    return Tally(
        sheets=totals,
        chair_voted=any(sheet.chair for sheet in sheets),
        rows=rows,
        criteria=criteria,
        mean=Fraction(sum(points), count) if count else None,
        parts={part: Fraction(sum(criteria[span]), count) for part, span in tables.parts} if count else None,
        lowest=min(points, default=0),
        highest=max(points, default=0),
    )


def row_of(criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> list[int]:
    """The points of one sheet by the criterion's place; ChoiceRefused for what the set does not offer."""
    tables = tables_of(criteria_set)
    ticks = {**tables.blank, **choices}
    # 1, 1.0 and True are one key of a dictionary, so the kinds of the choices are looked at as well.
    if len(ticks) != len(tables.blank) or not _KINDS.issuperset(map(type, ticks.values())):
        check_choices(criteria_set, choices)
    try:
        return list(map(getitem, tables.points, ticks.values()))
    except KeyError:
        check_choices(criteria_set, choices)
        raise


def refusals(bylaws: Bylaws, council_size: int, tally: Tally) -> tuple[str, ...]:
    """Why the council may not close yet, every reason, in order: too few sheets, none of the chair, too far apart."""
    found = []
    if len(tally.sheets) < bylaws.quorum * council_size:
        found.append("quorum")
    if bylaws.chair_must_vote and not tally.chair_voted:
        found.append("chair")
    if tally.spread > bylaws.spread_limit:
        found.append("spread")
    return tuple(found)


_KINDS = frozenset({int, type(None)})
_LAID_OUT_AT_MOST = 256
# A set is one object as long as the process lives; it holds mappings and so cannot be a dictionary's key itself.
_laid_out: dict[int, tuple[CriteriaSet, Tables]] = {}


def tables_of(criteria_set: CriteriaSet) -> Tables:
    """The tables of that very set, laid out once; ValueError for a set that does not add up."""
    kept = _laid_out.get(id(criteria_set))
    if kept is not None and kept[0] is criteria_set:
        return kept[1]
    if not criteria_set.complete:
        raise ValueError(f"Bộ tiêu chí {criteria_set.code} chưa đủ điểm, không dùng để chấm.")
    tables = _lay_out(criteria_set)
    if len(_laid_out) >= _LAID_OUT_AT_MOST:
        _laid_out.clear()
    _laid_out[id(criteria_set)] = (criteria_set, tables)
    return tables


def minimums_of(tables: Tables, star: int) -> tuple[Minimum, ...]:
    """The minimums of `star`, inherited ones too, in the order of the set."""
    return tables.minimums[min(star, len(tables.minimums) - 1)]


def _lay_out(criteria_set: CriteriaSet) -> Tables:
    criteria = tuple(criteria_set.criteria.values())
    place_of = {criterion.code: place for place, criterion in enumerate(criteria)}
    parts = []
    for part in criteria_set.parts:
        places = [place for place, criterion in enumerate(criteria) if criterion.part == part.code]
        parts.append((part.code, slice(places[0], places[-1] + 1)))
    marked = [o.min_for_star for criterion in criteria for o in criterion.options if o.min_for_star is not None]
    return Tables(
        criteria=criteria,
        blank=dict.fromkeys(criteria_set.criteria),
        points=tuple({None: 0} | {n: option.points for n, option in enumerate(c.options, 1)} for c in criteria),
        parts=tuple(parts),
        minimums=tuple(
            tuple((place_of[code], code, least) for code, least in minimums(criteria_set, star).items())
            for star in range(max(marked, default=0) + 1)
        ),
        gates=tuple(
            place
            for place, criterion in enumerate(criteria)
            if criterion.gating and criterion.gating_rule == "zero_points_stops_evaluation"
        ),
    )
