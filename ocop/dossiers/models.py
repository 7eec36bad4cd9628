"""The dossier as legal original: evidence, self-assessment, frozen submissions, and what each intake step found."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.dossiers.states import TONES, DossierState, IntakeOutcome
from ocop.files.models import StoredFile
from ocop.registration.models import Registration


class Dossier(models.Model):
    """The dossier of one registration. `choices` holds the self-assessment: criterion code → place of the option."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="dossier")
    state = models.CharField(max_length=20, choices=DossierState.choices, default=DossierState.DRAFT, db_index=True)
    step = models.CharField(max_length=40, blank=True)
    step_since = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    choices = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    changes_note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    star = models.PositiveSmallIntegerField(null=True, blank=True)
    search = models.CharField(max_length=600, db_index=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=DossierState.values), name="dossier_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="recognised") | models.Q(star__isnull=False), name="recognised_has_star"
            ),
        ]

    def __str__(self) -> str:
        return str(self.registration)

    @property
    def state_label(self) -> str:
        """The state in Vietnamese."""
        return DossierState(self.state).label

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return TONES[DossierState(self.state)]


class ReadingBar(models.Model):
    """Keeps a dossier shut for one person, whatever offices are held, until a later room lifts it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="bars")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="barred_once_per_dossier")]

    def __str__(self) -> str:
        return f"{self.user} · {self.dossier}"


class Evidence(models.Model):
    """A file in the dossier and the criteria it is cited for. Removed from a draft, it stays in the table."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    cites = models.JSONField(default=list)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class Submission(models.Model):
    """What the subject handed in, frozen with its hash; append-only."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="submission_number_once")]

    def __str__(self) -> str:
        return f"{self.dossier} · lần {self.number}"


class IntakeFinding(models.Model):
    """How one intake step ended for one submission: passed, or returned with named items; append-only.

    `contents` holds the findings of an assessment (content code → what was found), `items` the missing things
    (each with `what`, `reason`), `answer_by` the day until which the subject completes them.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="findings")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="findings")
    step = models.CharField(max_length=40)
    step_name = models.CharField(max_length=160)
    outcome = models.CharField(max_length=10, choices=IntakeOutcome.choices)
    contents = models.JSONField(default=dict)
    items = models.JSONField(default=list)
    note = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    found_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "step"], name="step_once_per_submission")]

    def __str__(self) -> str:
        return f"{self.step_name}: {self.get_outcome_display()}"
