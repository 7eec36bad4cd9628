"""From points to a star: the band of the mean, then the minimums printed with asterisks on the options."""

from __future__ import annotations

from fractions import Fraction

from ocop.regime.rules import Regime
from ocop.rubric.rules import CriteriaSet

from .numbers import rounded
from .tally import Tables, minimums_of, tables_of
from .values import Bylaws, MissedMinimum, Stars, Tally


def classify(regime: Regime, criteria_set: CriteriaSet, bylaws: Bylaws, tally: Tally) -> Stars | None:
    """The highest star, at most the band's, whose minimums all hold; None without sheets (QĐ 26 Art. 3.3)."""
    if tally.mean is None:
        return None
    mean = tally.mean if bylaws.round_mean_to is None else rounded(tally.mean, bylaws.round_mean_to)
    by_points = regime.star_by_points(mean)
    tables = tables_of(criteria_set)
    star, missed = by_points, []
    while found := _missed(tables, star, bylaws.minimums_on, tally):
        missed.append(found)
        star -= 1
    return Stars(mean, by_points, star, tuple(one for found in reversed(missed) for one in found))


def _missed(tables: Tables, star: int, minimums_on: str, tally: Tally) -> list[MissedMinimum]:
    """The minimums of `star`, inherited ones too, that do not hold, in the order of the set."""
    minimums = minimums_of(tables, star)
    count = len(tally.rows)
    sums = tally.criteria
    if minimums_on == "mean":
        return [
            MissedMinimum(star, code, needs, Fraction(sums[place], count))
            for place, code, needs in minimums
            if sums[place] < needs * count
        ]
    enough = count if minimums_on == "all" else count // 2 + 1
    found = []
    for place, code, needs in minimums:
        reached = sum(row[place] >= needs for row in tally.rows)
        if reached < enough:
            found.append(MissedMinimum(star, code, needs, reached))
    return found
