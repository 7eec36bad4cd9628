"""Improvement plans: whose, how late, what is due."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.coaching.models import NO_DAY, ImprovementPlan, PlanTask
from ocop.coaching.states import OPEN_TASKS, TaskState
from ocop.core.search import matching
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import visible_to
from ocop.places.models import Unit
from ocop.places.queries import within
from ocop.regime.models import RegimeVersion
from ocop.regime.queries import as_rules
from ocop.registration.queries import own_subjects

SOON = timedelta(days=14)
LATE, ACTIVE, FINISHED, ENDED = "tre", "dang-lam", "xong", "ket-thuc"


def plans() -> QuerySet[ImprovementPlan]:
    """Plans with everything a list or page says of them, in one query."""
    return ImprovementPlan.objects.select_related(
        "dossier__registration__product__subject__unit__parent__parent",
        "dossier__registration__batch__programme__unit",
        "dossier__registration__batch__programme__regime_version",
        "dossier__registration__set_version",
        "made_by",
        "ended_by",
    ).defer(
        "dossier__registration__set_version__content",
        "dossier__registration__batch__programme__regime_version__content",
    )


def live_plan(dossier: Dossier) -> ImprovementPlan | None:
    """The dossier's plan that was not ended, or None."""
    return plans().filter(dossier=dossier, ended_at__isnull=True).first()


def plans_seen(
    user: User, day: date, *, query: str = "", state: str = "", unit: int | None = None
) -> QuerySet[ImprovementPlan]:
    """The plans whose dossiers the person may open and read points of, narrowed, with their counts of tasks."""
    found = plans().filter(dossier__in=_with_points(user, day).values("pk"))
    found = found.filter(matching(query, "dossier__search"))
    if unit is not None:
        found = found.filter(dossier__registration__product__subject__unit=unit)
    by_state = {
        LATE: Q(ended_at__isnull=True, next_due__lt=day),
        ACTIVE: Q(ended_at__isnull=True, open_tasks__gt=0),
        FINISHED: Q(ended_at__isnull=True, open_tasks=0),
        ENDED: Q(ended_at__isnull=False),
    }
    found = found.filter(by_state[state]) if state in by_state else found
    return found.annotate(
        task_count=Count("tasks", filter=~Q(tasks__state=TaskState.DROPPED)),
        done_count=Count("tasks", filter=Q(tasks__state=TaskState.DONE)),
    )


def _with_points(user: User, day: date) -> QuerySet[Dossier]:
    """The dossiers the person may open, without those whose contents the person only assesses (unless one's own)."""
    shut = Q(pk__in=[])
    for version in RegimeVersion.objects.all():
        for step in as_rules(version).intake:
            if step.kind != "assessment":
                continue
            for unit in units_of(user, [Role(step.by)], day):
                if unit.level == step.at:
                    shut |= Q(
                        registration__batch__programme__regime_version=version,
                        registration__product__subject__unit__in=within(unit),
                    )
    own = Q(registration__product__subject__in=own_subjects(user, day).values("pk"))
    return visible_to(user, day).filter(~shut | own).order_by()


def units_of_plans(user: User, day: date) -> list[Unit]:
    """The communes of the plans the person sees, to narrow the list by."""
    seen = plans_seen(user, day).order_by().values("dossier__registration__product__subject__unit")
    return list(Unit.objects.filter(pk__in=seen))


def tasks_due(user: User, day: date) -> QuerySet[PlanTask]:
    """The open tasks of one's own plans that are late or due within two weeks, the first due first; for the desk."""
    own = own_subjects(user, day).values("pk")
    return (
        PlanTask.objects.filter(
            plan__ended_at__isnull=True,
            plan__dossier__registration__product__subject__in=own,
            state__in=OPEN_TASKS,
            due_on__lte=day + SOON,
        )
        .select_related("plan__dossier__registration__product__subject")
        .order_by("due_on", "pk")
    )


def first_due(plan: ImprovementPlan) -> tuple[date, int]:
    """The first day of an open task of the plan (NO_DAY without one), and how many tasks are open."""
    days = list(plan.tasks.filter(state__in=OPEN_TASKS).values_list("due_on", flat=True))
    return min((day for day in days if day is not None), default=NO_DAY), len(days)
