"""Product ideas, what offices say of them, and the steps by which a plan is carried out."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.files.models import StoredFile
from ocop.ideas.states import TONES, IdeaKind, IdeaState, Verdict
from ocop.places.models import Unit
from ocop.planning.models import Programme
from ocop.registration.models import Product, Subject


class Idea(models.Model):
    """An idea for a product of a commune; of a subject, or of somebody whom the commune officer writes down.

    The product exists from the day the idea is accepted; the texts of its plan are the interview's answers.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="ideas")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ideas")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_phone = models.CharField(max_length=15, blank=True)
    kind = models.CharField(max_length=10, choices=IdeaKind.choices)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=300)
    description = models.TextField()
    materials = models.TextField(blank=True)
    difference = models.TextField(blank=True)
    buyers = models.TextField(blank=True)
    means = models.TextField(blank=True)
    difficulties = models.TextField(blank=True)
    support_wanted = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=IdeaState.choices, default=IdeaState.DRAFT, db_index=True)
    state_since = models.DateTimeField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="ideas")
    revision = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()
    search = models.CharField(max_length=500, db_index=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(subject__isnull=False) | ~Q(contact_name=""), name="idea_is_somebodys"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent", "reviewing", "needs_work", "not_taken"])
                | Q(product__isnull=False),
                name="planned_idea_has_product",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whose(self) -> str:
        """Whose idea it is, by name."""
        return self.subject.name if self.subject is not None else self.contact_name

    @property
    def state_label(self) -> str:
        """The state in Vietnamese."""
        return IdeaState(self.state).label

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return TONES[IdeaState(self.state)]


class Opinion(models.Model):
    """What an office said of an idea or its plan; append-only."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_verdict_display()}"


class PlanStep(models.Model):
    """A step of the business plan: what, by whom, from when to when, with whose money (whole đồng)."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=160)
    starts_on = models.DateField()
    ends_on = models.DateField()
    own_money = models.PositiveBigIntegerField(default=0)
    support_money = models.PositiveBigIntegerField(default=0)
    expected = models.CharField(max_length=300, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_step_dates_in_order"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="plan_step_percent"),
        ]

    def __str__(self) -> str:
        return self.what

    def is_late(self, day: date) -> bool:
        """Whether its last day is over and it is not finished."""
        return self.percent < 100 and self.ends_on < day


class StepReport(models.Model):
    """How far a step is, as reported: per cent done, money spent so far (whole đồng), in words; append-only."""

    step = models.ForeignKey(PlanStep, on_delete=models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField()
    spent = models.PositiveBigIntegerField(default=0)
    words = models.TextField(blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="step_report_percent")]

    def __str__(self) -> str:
        return f"{self.step}: {self.percent} %"
