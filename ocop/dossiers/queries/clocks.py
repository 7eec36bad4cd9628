"""What is left of dossiers' deadlines, counted as the law counts the step: in working days or in calendar days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ocop.dossiers.models import Dossier
from ocop.dossiers.queries.one import step_of
from ocop.dossiers.queries.seen import hides_result
from ocop.regime.queries import days_off

WORKING, CALENDAR = "ngày làm việc", "ngày"


class DaysLeft(NamedTuple):
    """How many days are left, below zero when late, and what kind of days they are."""

    days: int
    unit: str


def days_left(found: Sequence[Dossier], day: date) -> dict[int, DaysLeft]:
    """What is left for each dossier that has a deadline: one question for all of them.

    The day what follows a hidden result is due would tell the result, so it counts as none.
    """
    due = {dossier.pk: dossier.due_on for dossier in found if dossier.due_on is not None and not hides_result(dossier)}
    working = [dossier.pk for dossier in found if dossier.pk in due and _counts_working_days(dossier)]
    left = {pk: DaysLeft((until - day).days, CALENDAR) for pk, until in due.items()}
    if working:
        until = [due[pk] for pk in working]
        calendar = days_off(min(day, *until), max(day, *until))
        left |= {pk: DaysLeft(calendar.left(day, due[pk]), WORKING) for pk in working}
    return left


def _counts_working_days(dossier: Dossier) -> bool:
    step = step_of(dossier)
    return step is not None and step.clock is not None and step.clock.counting == "working"
