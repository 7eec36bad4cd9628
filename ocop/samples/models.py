"""Samples, the hand-overs they went through, and tests asked of a laboratory."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from ocop.files.models import StoredFile
from ocop.samples.rules import shown_sample_code
from ocop.samples.states import TONES, SampleState


class Reception(models.Model):
    """Samples of one dossier that were brought at one time (tiếp nhận mẫu); append-only."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sample_receptions")
    count = models.PositiveSmallIntegerField()
    # What one sample is: 500 g bag, bottle of 750 ml; lot as printed on it.
    pack = models.CharField(max_length=160, blank=True)
    lot = models.CharField(max_length=80, blank=True)
    best_before = models.DateField(null=True, blank=True)
    handed_by = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(count__gt=0), name="reception_has_samples")]

    def __str__(self) -> str:
        return f"{self.count} mẫu, nhận ngày {self.at:%d/%m/%Y}"


class Sample(models.Model):
    """One sample of a product under a code that names neither product nor subject (mẫu sản phẩm).

    State, place and holder are those of its last hand-over.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="samples")
    reception = models.ForeignKey(Reception, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=6, unique=True)
    state = models.CharField(max_length=12, choices=SampleState.choices, default=SampleState.STORED, db_index=True)
    place = models.CharField(max_length=160, blank=True)
    held_by = models.CharField(max_length=160)
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="sample_number_once"),
            models.CheckConstraint(condition=Q(state__in=SampleState.values), name="sample_state_known"),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        """The code as labels print it."""
        return shown_sample_code(self.code)

    @property
    def state_label(self) -> str:
        """The state in Vietnamese."""
        return SampleState(self.state).label

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return TONES[SampleState(self.state)]


class SampleMove(models.Model):
    """A hand-over of a sample: from whom to whom, where, why; append-only. The first one is its reception.

    `key` is made where it was scanned: the same scan sent twice is kept once.
    """

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=12, choices=SampleState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=SampleState.choices)
    handed_by = models.CharField(max_length=160)
    taken_by = models.CharField(max_length=160)
    place = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=500, blank=True)
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["sample", "number"]
        constraints = [models.UniqueConstraint(fields=["sample", "number"], name="move_number_once")]

    def __str__(self) -> str:
        return f"{self.sample}: {self.get_to_state_display()}"


class LabTest(models.Model):
    """An extra test of a product that was asked for, and what came of it (kiểm nghiệm bổ sung).

    What was asked is append-only; the answer is written once.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="lab_tests")
    what = models.CharField(max_length=500)
    laboratory = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, null=True, blank=True, related_name="tests")
    result_text = models.TextField(blank=True)
    passed = models.BooleanField(null=True, blank=True)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, result_text="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(result_text="")),
                name="test_answer_is_whole",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def verdict(self) -> str:
        """What the test came to, in words."""
        if self.answered_at is None:
            return "Chờ kết quả"
        return {True: "Đạt", False: "Không đạt", None: "Đã có kết quả"}[self.passed]

    @property
    def tone(self) -> str:
        """The tone of the verdict's chip."""
        if self.answered_at is None:
            return "wait"
        return {True: "good", False: "bad", None: "neutral"}[self.passed]
