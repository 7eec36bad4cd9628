"""What offices know of steps, and the improvement plans made of them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.coaching.states import OPEN_TASKS, TASK_TONES, TaskState
from ocop.dossiers.models import Dossier
from ocop.places.models import Unit
from ocop.wallet.models import Paper

NO_DAY = date(2100, 1, 1)  # where no open task has a day: after every real one, so that lists stay in order


class StepAdvice(models.Model):
    """A step as one office knows it; append-only, the newest row of a code counts. `withdrawn` takes it off the list.

    A row of the code of a shipped step replaces it for the office and the units under it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    what = models.TextField(blank=True)
    regime_code = models.CharField(max_length=40, blank=True)
    criteria = models.JSONField(default=list)
    option = models.JSONField(default=list)
    papers = models.JSONField(default=list)
    cost_low = models.PositiveBigIntegerField(null=True, blank=True)
    cost_high = models.PositiveBigIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    support_name = models.CharField(max_length=200, blank=True)
    support_percent = models.PositiveSmallIntegerField(default=0)
    support_cap = models.PositiveBigIntegerField(null=True, blank=True)
    support_note = models.TextField(blank=True)
    fixed = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "code"])]
        constraints = [
            models.CheckConstraint(condition=Q(support_percent__lte=100), name="support_at_most_whole"),
            models.CheckConstraint(
                condition=Q(cost_low__isnull=True) | Q(cost_low__lte=models.F("cost_high")), name="step_costs_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImprovementPlan(models.Model):
    """The steps that a dossier's subject set out to do for a star. One lives at a time; `basis` is where it started.

    `next_due` is the first day of an open task, `open_tasks` how many are open; both are kept by the actions.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="improvement_plans")
    star = models.PositiveSmallIntegerField()
    basis = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    next_due = models.DateField(default=NO_DAY, db_index=True)
    open_tasks = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at__isnull=True), name="one_live_plan"),
        ]

    def __str__(self) -> str:
        return f"Kế hoạch củng cố {self.dossier}"

    @property
    def due(self) -> date | None:
        """The first day of an open task, or None."""
        return None if self.next_due == NO_DAY else self.next_due


class PlanTask(models.Model):
    """A task of a plan: a raise of a criterion, or something added by hand (no criterion). Its past is in TaskNote.

    `cost` is what the subject pays itself at most, `cost_low` at least where that is another sum.
    """

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    criterion = models.CharField(max_length=20, blank=True)
    from_place = models.PositiveSmallIntegerField(null=True, blank=True)
    to_place = models.PositiveSmallIntegerField(null=True, blank=True)
    gain = models.SmallIntegerField(default=0)
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    cost_low = models.PositiveBigIntegerField(null=True, blank=True)
    support = models.CharField(max_length=200, blank=True)
    responsible = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=TaskState.choices, default=TaskState.TODO)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known")]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in OPEN_TASKS

    @property
    def least(self) -> int | None:
        """What the subject pays itself at least; None when no cost is known."""
        return self.cost if self.cost_low is None else self.cost_low

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return TASK_TONES[TaskState(self.state)]


class TaskNote(models.Model):
    """What was said of a task and how far it was then; append-only."""

    task = models.ForeignKey(PlanTask, on_delete=models.PROTECT, related_name="notes")
    state = models.CharField(max_length=10, choices=TaskState.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.task}: {self.get_state_display()}"
