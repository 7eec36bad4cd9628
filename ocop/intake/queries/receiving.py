"""Receipts of the desks, and the clock of the present step in working days."""

from __future__ import annotations

from datetime import date, timedelta

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on
from ocop.core.clock import day_of
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.queries import awaiting_step, step_of, unit_of_step
from ocop.intake.models import Receipt
from ocop.intake.rules import StepClock, step_clock
from ocop.intake.states import PROPOSED_DAYS
from ocop.regime.queries import days_off


def latest_submission(dossier: Dossier) -> Submission:
    """The submission that the desks work on."""
    return dossier.submissions.order_by("number").select_related("submitted_by").latest("number")


def receipts_of(dossier: Dossier) -> list[Receipt]:
    """The newest entry of each office's receipt, in the order in which the offices took the dossier in."""
    newest: dict[str, Receipt] = {}
    for receipt in dossier.receipts.select_related("by", "submission").order_by("pk"):
        newest[receipt.step] = receipt
    return list(newest.values())


def receipt_of(dossier: Dossier, step: str) -> Receipt | None:
    """The newest entry of the receipt of one step's office, or None."""
    return dossier.receipts.filter(step=step).select_related("by", "submission").order_by("-entry").first()


def clock_of(dossier: Dossier, day: date) -> StepClock | None:
    """How the present step's limit was counted; None where it has none or counts calendar days."""
    step = step_of(dossier)
    if step is None or step.clock is None or dossier.due_on is None or dossier.step_since is None:
        return None
    start = day_of(dossier.step_since)
    calendar = days_off(min(start, day), max(dossier.due_on, day))
    return step_clock(step, start, dossier.due_on, day, calendar)


def proposed_answer_day(day: date) -> date:
    """The day until which a request proposes to be answered."""
    return days_off(day, day + timedelta(days=60)).ends(day, PROPOSED_DAYS)


def waiting_for(user: User, day: date) -> list[Dossier]:
    """The dossiers whose present step is this person's office's work, what is due first on top."""
    found: dict[int, Dossier] = {}
    for grant in grants_on(user, day):
        for dossier in awaiting_step([grant.unit_id], grant.role):
            step = step_of(dossier)
            if step is not None and step.by == grant.role and unit_of_step(dossier, step) == grant.unit:
                found[dossier.pk] = dossier
    return sorted(found.values(), key=lambda dossier: (dossier.due_on is None, dossier.due_on or date.max, dossier.pk))
