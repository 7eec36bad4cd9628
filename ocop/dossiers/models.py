"""The dossier as legal original: evidence, self-assessment, frozen submissions, and what each intake step found."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.consent.states import How
from ocop.dossiers.states import RESULT_HIDDEN, RESULT_HIDDEN_LABEL, TONES, DossierState, IntakeOutcome
from ocop.files.models import StoredFile
from ocop.registration.models import Registration
from ocop.wallet.models import Paper


class Dossier(models.Model):
    """The dossier of one registration. `choices` holds the self-assessment: criterion code → place of the option.

    `typed` remembers who typed what for the subject (field of the sheet, or piece of evidence → by, name, consent, at)
    where it was not the subject's own people; `started_from` is the recognised submission that an upgrade or
    re-evaluation is written against, `change_comments` what the subject adds to the differences (key of the
    difference → words).
    `item_answers` is what it answers to the items it was asked to complete (finding and place of the item → words).
    `recognised_until` is the last day of the recognition that the dossier ended with.
    `result_out_at` is when the council's result was let out to the subject: published, or made known by what followed.
    `tracking_code` finds the dossier's state on the public page; it is given at the first submission.
    """

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="dossier")
    state = models.CharField(max_length=20, choices=DossierState.choices, default=DossierState.DRAFT, db_index=True)
    step = models.CharField(max_length=40, blank=True)
    step_since = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    choices = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    changes_note = models.TextField(blank=True)
    change_comments = models.JSONField(default=dict)
    item_answers = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    started_from = models.ForeignKey("Submission", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tracking_code = models.CharField(max_length=16, null=True, blank=True, unique=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    star = models.PositiveSmallIntegerField(null=True, blank=True)
    recognised_until = models.DateField(null=True, blank=True)
    result_out_at = models.DateTimeField(null=True, blank=True)
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
    def told_label(self) -> str:
        """The state as anybody of the dossier may read it: what was decided stays untold until it is out."""
        return RESULT_HIDDEN_LABEL if self.state in RESULT_HIDDEN and not self.result_is_out else self.state_label

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return TONES[DossierState(self.state)]

    @property
    def result_is_out(self) -> bool:
        """Whether the subject may know the council's result."""
        return self.result_out_at is not None


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
    """A paper of the wallet, cited for criteria of the dossier. Removed from a draft, it stays in the table."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="evidence")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="citations")
    title = models.CharField(max_length=200)
    cites = models.JSONField(default=list)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def file(self) -> StoredFile:
        """The paper's file: it never changes, a renewed paper is another one."""
        return self.paper.file


class Submission(models.Model):
    """What the subject handed in, frozen with its hash; append-only."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    receipt_number = models.CharField(max_length=60, blank=True)
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


class ReadBack(models.Model):
    """The subject read back what was typed for it and confirmed it, as of one revision of the dossier; append-only.

    `items` is what was read (field → what it said), `sha256` the fingerprint of the whole content at that moment.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="read_backs")
    revision = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    items = models.JSONField(default=dict)
    how = models.CharField(max_length=10, choices=How.choices)
    statement = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier}: đọc lại và xác nhận"


class Message(models.Model):
    """A question or an answer on the dossier, between the subject and the offices; append-only."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="messages")
    criterion = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_subject = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.text[:40]}"
