"""What is known of steps: shipped with the program, replaced and added to by offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ocop.coaching.models import StepAdvice
from ocop.coaching.rules import Advice
from ocop.core.search import fold
from ocop.places.models import Unit
from ocop.places.queries import chain
from ocop.regime.rulebook import load_yaml

BOOK = Path(__file__).parent.parent / "book" / "steps.yaml"


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Advice]:
    """The steps that come with the program, by code: ours, unverified."""
    return {row["code"]: _from_book(row) for row in load_yaml(BOOK)["steps"]}


def _from_book(row: Mapping[str, Any]) -> Advice:
    low, high = row.get("cost", (None, None))
    support = row.get("support", {})
    return Advice(
        code=row["code"],
        name=row["name"],
        what=row.get("what", ""),
        regime=row.get("regime", ""),
        criteria=tuple(row.get("criteria", ())),
        option=tuple(row.get("option", ())),
        papers=tuple(row.get("papers", ())),
        cost_low=low,
        cost_high=high,
        days=row.get("days"),
        support_name=support.get("name", ""),
        support_percent=support.get("percent", 0),
        support_cap=support.get("cap"),
        support_note=support.get("note", ""),
        fixed=row.get("fixed", False),
        mark=row["mark"],
    )


class Known(NamedTuple):
    """A step, and the row behind it where an office wrote one."""

    advice: Advice
    row: StepAdvice | None


def advices_for(unit: Unit, regime_code: str, day: date) -> list[Advice]:
    """The steps that count for a subject of the unit on `day` under a regime: one query.

    The nearest office goes before those above it, and all of them before what is shipped.
    """
    rows = (row for row in _rows(unit) if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to))
    found = [known.advice for known in _newest(unit, rows)]
    return [advice for advice in found if advice.regime in ("", regime_code)]


def known_to(unit: Unit) -> list[Known]:
    """Every step the unit has or inherits as it was last written, also for days to come or over, by name."""
    return sorted(_newest(unit, _rows(unit)), key=lambda known: fold(known.advice.name))


def _rows(unit: Unit) -> Iterable[StepAdvice]:
    above = [step.pk for step in chain(unit)]
    return StepAdvice.objects.filter(unit__in=above).select_related("unit", "written_by").order_by("pk")


def _newest(unit: Unit, rows: Iterable[StepAdvice]) -> list[Known]:
    """The newest of the rows of each code, from the top, so that the nearest office has the last word."""
    nearness = {step.pk: -place for place, step in enumerate(chain(unit))}
    found: dict[str, Known | None] = {code: Known(advice, None) for code, advice in shipped().items()}
    for row in sorted(rows, key=lambda row: (nearness[row.unit_id], row.pk)):
        found[row.code] = None if row.withdrawn else Known(_from_row(row), row)
    return [known for known in found.values() if known is not None]


def steps_of(unit: Unit, code: str) -> Sequence[StepAdvice]:
    """Every row that the office itself wrote of a step, the newest first."""
    return list(StepAdvice.objects.filter(unit=unit, code=code).select_related("written_by").order_by("-pk"))


def step_of(unit: Unit, code: str) -> Known | None:
    """One step as the unit has or inherits it, or None."""
    return next((known for known in known_to(unit) if known.advice.code == code), None)


def _from_row(row: StepAdvice) -> Advice:
    return Advice(
        code=row.code,
        name=row.name,
        what=row.what,
        regime=row.regime_code,
        criteria=tuple(row.criteria),
        option=tuple(row.option),
        papers=tuple(row.papers),
        cost_low=row.cost_low,
        cost_high=row.cost_high,
        days=row.days,
        support_name=row.support_name,
        support_percent=row.support_percent,
        support_cap=row.support_cap,
        support_note=row.support_note,
        fixed=row.fixed,
        unit=row.unit.name,
    )
