"""Councils and their bylaws; sessions, hearings, declarations, sheets, results; what went up and what came back."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.audit.rules import fingerprint
from ocop.council.rules import Bylaws as BylawsRules
from ocop.council.states import HearingState, Outcome, SeatRole, SheetState
from ocop.dossiers.models import Dossier
from ocop.files.models import StoredFile
from ocop.places.models import Unit
from ocop.planning.models import Batch


class Council(models.Model):
    """A council of one level, formed by a decision."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="councils")
    level = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()

    class Meta:
        ordering = ["-decided_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "decision_number"], name="council_decision_once")]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's seat on a council; only voting seats hand in sheets."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=SeatRole.choices)
    organisation = models.CharField(max_length=160, blank=True)
    votes = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "user"], name="one_seat_per_person"),
            models.UniqueConstraint(fields=["council"], condition=Q(role="chair"), name="one_chair"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Bylaws(models.Model):
    """A version of a council's bylaws (Quy chế hoạt động); append-only, a session keeps the one it was opened under."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bylaws")
    version = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=120, blank=True)
    quorum = models.DecimalField(max_digits=5, decimal_places=4)
    chair_must_vote = models.BooleanField()
    spread_limit = models.DecimalField(max_digits=6, decimal_places=2)
    round_mean_to = models.PositiveSmallIntegerField(null=True, blank=True)
    minimums_on = models.CharField(max_length=10)
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["council", "version"], name="bylaws_version_once"),
            models.CheckConstraint(condition=Q(quorum__gt=0, quorum__lte=1), name="quorum_is_a_share"),
            models.CheckConstraint(condition=Q(spread_limit__gte=0), name="spread_limit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"Quy chế bản {self.version} · {self.council}"

    def as_rules(self) -> BylawsRules:
        """The bylaws as the result engine takes them."""
        return BylawsRules(
            quorum=Fraction(self.quorum),
            chair_must_vote=self.chair_must_vote,
            spread_limit=Fraction(self.spread_limit),
            round_mean_to=self.round_mean_to,
            minimums_on=self.minimums_on,
        )


class Session(models.Model):
    """A session of a council on a batch, under one version of its bylaws."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sessions")
    bylaws = models.ForeignKey(Bylaws, on_delete=models.PROTECT, related_name="sessions")
    name = models.CharField(max_length=160)
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    called_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.name


class Hearing(models.Model):
    """One dossier before one session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="hearings")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="hearings")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=HearingState.choices, default=HearingState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["session", "place"]
        constraints = [
            models.UniqueConstraint(fields=["session", "dossier"], name="dossier_once_per_session"),
            models.UniqueConstraint(fields=["session", "place"], name="place_once_per_session"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="closed_hearing_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def is_open(self) -> bool:
        """Whether sheets may still come in."""
        return self.state == HearingState.OPEN


class Declaration(models.Model):
    """What a member answered at the door: has this person an interest in this product? Append-only."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="declarations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="declarations")
    conflict = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "seat"], name="declared_once"),
            models.CheckConstraint(condition=Q(conflict=False) | ~Q(reason=""), name="conflict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {'có' if self.conflict else 'không'} xung đột lợi ích"


class Sheet(models.Model):
    """A version of one member's sheet. `choices`: criterion → place of the option; reopening keeps the old version."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    choices = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    opinion = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "seat", "version"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["hearing", "seat"], condition=~Q(state="replaced"), name="one_current_sheet"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="handed_in_sheet_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="replaced") | ~Q(reopened_reason=""), name="replaced_sheet_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Phiếu của {self.seat} · {self.hearing}"

    @property
    def sha256(self) -> str:
        """The fingerprint of what the member handed in, as the ledger holds it."""
        return fingerprint({"choices": self.choices, "notes": self.notes, "opinion": self.opinion})


class ConfirmedFinding(models.Model):
    """A knock-out that the council confirmed, with its reason; append-only."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="findings")
    criterion = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "criterion"], name="finding_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="finding_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.reason}"


class Result(models.Model):
    """The frozen result of a hearing with all its inputs; append-only. The mean is exact: numerator / denominator."""

    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, related_name="result")
    mean_numerator = models.PositiveIntegerField()
    mean_denominator = models.PositiveSmallIntegerField()
    star = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    evaluation = models.JSONField()
    inputs = models.JSONField()
    sha256 = models.CharField(max_length=64)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mean_denominator__gt=0), name="mean_has_denominator"),
            models.CheckConstraint(
                condition=Q(mean_numerator__lte=F("mean_denominator") * 100), name="mean_at_most_100"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="recognise") | Q(star__isnull=False), name="recognised_result_has_star"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing}: {self.mean}"

    @property
    def mean(self) -> Fraction:
        """The exact mean of the totals."""
        return Fraction(self.mean_numerator, self.mean_denominator)


class ResultLetter(models.Model):
    """The letter that tells a subject that there is no certificate, and what to improve."""

    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="letter")
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    signer = models.CharField(max_length=120)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Thông báo {self.number}"


class Forwarding(models.Model):
    """The hand-over of a dossier with its samples to the level above: what went, when, to whom."""

    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="forwarding")
    to_level = models.CharField(max_length=10)
    letter_number = models.CharField(max_length=60)
    parts = models.JSONField()
    samples = models.PositiveSmallIntegerField()
    handed_on = models.DateField()
    received_by = models.CharField(max_length=160)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.letter_number} · {self.handed_on:%d/%m/%Y}"


class HigherResult(models.Model):
    """What a level above decided on a forwarded dossier; several levels may answer in turn. Append-only."""

    forwarding = models.ForeignKey(Forwarding, on_delete=models.PROTECT, related_name="answers")
    level = models.CharField(max_length=10)
    mean = models.DecimalField(max_digits=5, decimal_places=2)
    star = models.PositiveSmallIntegerField()
    sent_higher = models.BooleanField(default=False)
    document = models.CharField(max_length=120)
    decided_on = models.DateField()
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["forwarding", "level"], name="level_answers_once"),
            models.CheckConstraint(condition=Q(star__gte=1, star__lte=5), name="star_one_to_five"),
            models.CheckConstraint(condition=Q(mean__gte=0, mean__lte=100), name="mean_within_100"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.star} sao"
