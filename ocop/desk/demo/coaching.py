"""What the office knows of costs and support, and a plan by which one dossier gets better."""

from __future__ import annotations

from datetime import timedelta

from ocop.coaching.actions import plan_improvement, write_step
from ocop.coaching.queries import shipped, standing_of
from ocop.desk.demo.stage import Stage
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers

# The shipped steps for which the office of the demo names its own support: code, fund, per cent, cap (đồng).
SUPPORTED = (
    ("test-report", "Quỹ khuyến công địa phương", 50, 5_000_000),
    ("quality-system", "Chính sách hỗ trợ chứng nhận chất lượng", 50, 40_000_000),
    ("declaration", "Kinh phí chương trình OCOP", 100, 4_000_000),
)


def write_support(stage: Stage) -> None:
    """The lead office enters what it pays for; invented, as everything in the demo."""
    for code, fund, percent, cap in SUPPORTED:
        known = shipped()[code]
        write_step(
            unit=stage.unit,
            code=code,
            name=known.name,
            what=known.what,
            criteria=known.criteria,
            option=known.option,
            papers=known.papers,
            cost_low=known.cost_low,
            cost_high=known.cost_high,
            days=known.days,
            support_name=fund,
            support_percent=percent,
            support_cap=cap,
            valid_from=stage.start.date(),
            by=stage.people["officer"],
            at=stage.start,
        )


def plan_for(stage: Stage, key: str, dossier: Dossier) -> None:
    """The subject saves the first steps of the way to the next star as its plan."""
    at = stage.moment(stage.day - timedelta(days=1), 15)
    fresh = dossiers().get(pk=dossier.pk)
    way = standing_of(fresh, None, at.date()).way
    if way is not None and way.steps:
        picks = [step.key for step in way.steps[:4]]
        plan_improvement(dossier=fresh, star=way.star, picks=picks, by=stage.people[key], at=at)
