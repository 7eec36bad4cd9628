"""Cases for the tests of the result: sheets built from the printed options, with the totals that a test asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ocop.council.rules import Bylaws, Evaluation, Finding, SheetOfMember, evaluate
from ocop.regime.rulebook import read_regime
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import CriteriaSet, minimums

FREE = Bylaws(spread_limit=Fraction(100))  # for cases that are not about the spread


def choices_of(
    criteria_set: CriteriaSet,
    total: int,
    *,
    least: Mapping[str, int] | None = None,
    fixed: Mapping[str, int] | None = None,
) -> dict[str, int | None]:
    """Choices worth exactly `total`, with at least / exactly the given points at some criteria."""
    offers: list[tuple[str, dict[int, int | None]]] = []
    for code, criterion in criteria_set.criteria.items():
        places: dict[int, int | None] = {0: None}
        places |= {option.points: place for place, option in enumerate(criterion.options, 1)}
        if fixed and code in fixed:
            places = {fixed[code]: places[fixed[code]]}
        elif least and code in least:
            places = {points: place for points, place in places.items() if points >= least[code]}
        offers.append((code, places))
    reachable = [{0}]  # totals that the last k criteria can make
    for _, places in reversed(offers):
        reachable.append({rest + points for rest in reachable[-1] for points in places})
    assert total in reachable[-1], f"{total} cannot be made from {criteria_set.code}"
    choices: dict[str, int | None] = {}
    left = total
    for (code, places), rests in zip(offers, reversed(reachable[:-1]), strict=True):
        points = next(points for points in sorted(places, reverse=True) if left - points in rests)
        choices[code], left = places[points], left - points
    return choices


def evenly(total: int, members: int) -> list[int]:
    """`members` totals that differ by at most one and add up to `total`."""
    share, rest = divmod(total, members)
    return [share + 1] * rest + [share] * (members - rest)


def sheets_of(choices: Sequence[Mapping[str, int | None]]) -> list[SheetOfMember]:
    """One sheet for each, the first one the chair's."""
    return [SheetOfMember(f"m{place}", place == 1, one) for place, one in enumerate(choices, 1)]


def result(
    totals: Sequence[int],
    *,
    regime: str = "qd26-2026",
    set_no: int = 6,
    level: str = "province",
    holds: int = 2,
    misses: Mapping[str, int] | None = None,
    council_size: int | None = None,
    bylaws: Bylaws = FREE,
    findings: Sequence[Finding] = (),
) -> Evaluation:
    """The result of sheets with those totals; all hold the minimums of star `holds`, save the points in `misses`."""
    criteria_set = read_set(regime, set_no)
    least = minimums(criteria_set, holds)
    choices = {total: choices_of(criteria_set, total, least=least, fixed=misses) for total in set(totals)}
    return evaluate(
        read_regime(regime),
        criteria_set,
        level,
        len(totals) if council_size is None else council_size,
        bylaws,
        sheets_of([choices[total] for total in totals]),
        findings,
    )


def case_of(**changes: Any) -> dict[str, Any]:
    """A good case in JSON, three sheets of 81, 81 and 82 points; `changes` replaces its keys, None leaves one out."""
    criteria_set = read_set("qd26-2026", 6)
    least = minimums(criteria_set, 3)
    sheets = [
        {"member": f"m{place}", "chair": place == 1, "choices": choices_of(criteria_set, total, least=least)}
        for place, total in enumerate((81, 81, 82), 1)
    ]
    case = {"regime": "qd26-2026", "set": 6, "level": "province", "council_size": 3, "sheets": sheets, "findings": []}
    return {name: value for name, value in {**case, **changes}.items() if value is not None}
