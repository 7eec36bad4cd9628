"""Frozen results and what follows them: publication, letters, what went up and what came back."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.council.models.sessions import Hearing, Session
from ocop.council.states import Outcome
from ocop.files.models import StoredFile


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


class Publication(models.Model):
    """The closed results of a session let out in one step, with the warnings that were shown; append-only."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="publications")
    results: models.ManyToManyField[Result, models.Model] = models.ManyToManyField(Result, related_name="publications")
    warnings = models.JSONField(default=list)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Công bố kết quả {self.session}"


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
    # Everything that went up as one archive, with the checksum of each file; None when only paper was handed over.
    package = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    manifest = models.JSONField(default=list, blank=True)
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
