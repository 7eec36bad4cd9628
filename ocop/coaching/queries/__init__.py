"""Reads of coaching: what offices know of steps, the way of a dossier to a star, improvement plans."""

from .advice import Known, advices_for, known_to, shipped, step_of, steps_of
from .plans import LATE, live_plan, plans, plans_seen, tasks_due, units_of_plans
from .ways import Deadline, Standing, backings_of, deadline_of, standing_of

__all__ = [
    "LATE",
    "Deadline",
    "Known",
    "Standing",
    "advices_for",
    "backings_of",
    "deadline_of",
    "known_to",
    "live_plan",
    "plans",
    "plans_seen",
    "shipped",
    "standing_of",
    "step_of",
    "steps_of",
    "tasks_due",
    "units_of_plans",
]
