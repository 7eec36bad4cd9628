"""Dossiers to be coached, steps of an office, a plan; and small ladders for the arithmetic."""

from __future__ import annotations

from typing import Any

from ocop.coaching.actions import plan_improvement, write_step
from ocop.coaching.models import ImprovementPlan, StepAdvice
from ocop.coaching.queries import standing_of
from ocop.coaching.rules import Advice, Ladder, Raise
from ocop.dossiers.actions import save_self_assessment
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import Criterion, Option
from tests.factories.cycle import draft_dossier, fresh, owner_of, places_for
from tests.factories.world import World


def assessed(world: World, *, total: int = 60, **kwargs: Any) -> Dossier:
    """A draft whose self-assessment is full and adds up to `total`."""
    dossier = draft_dossier(world, **kwargs)
    save_self_assessment(
        dossier=dossier,
        choices=places_for(criteria_of(dossier), total),
        explanations={},
        by=owner_of(dossier.registration.product.subject),
        at=world.at,
    )
    return fresh(dossier)


def planned(world: World, dossier: Dossier | None = None, **kwargs: Any) -> ImprovementPlan:
    """A plan of every step to the next star, saved by the subject's own person."""
    of = dossier or assessed(world)
    found = standing_of(of, None, world.at.date()).way
    assert found is not None
    given = {"by": owner_of(of.registration.product.subject), "at": world.at} | kwargs
    return plan_improvement(dossier=of, star=found.star, picks=[step.key for step in found.steps], **given)


def office_step(world: World, **kwargs: Any) -> StepAdvice:
    """A step that the world's lead office wrote."""
    given = {
        "unit": world.unit,
        "code": "",
        "name": "In nhãn mới",
        "criteria": ("song ngữ",),
        "cost_low": 1_000_000,
        "cost_high": 2_000_000,
        "days": 10,
        "valid_from": world.at.date(),
        "by": world.officer,
        "at": world.at,
    }
    return write_step(**{**given, **kwargs})  # type: ignore[arg-type]


def criterion(code: str = "1.1", *points: int, name: str = "Tiêu chí", **kwargs: Any) -> Criterion:
    """A criterion whose options bring these points."""
    options = tuple(Option(f"{name} mức {place}", each) for place, each in enumerate(points, start=1))
    return Criterion(code, name, max(points), options, "A", "1", 0, **kwargs)


def rung(code: str, gain: int, cost: int | None = None, days: int | None = None) -> Raise:
    """A raise that brings `gain` points for `cost`."""
    advice = Advice(code=code, name=code, cost_low=cost, cost_high=cost, days=days)
    return Raise(criterion(code, *range(gain + 1)), 1, gain + 1, advice)


def ladder(code: str, *rungs: tuple[int, int | None, int | None], must: bool = False) -> Ladder:
    """The raises of a criterion: each with its gain, cost and days."""
    return Ladder(tuple(rung(code, *each) for each in rungs), must)
