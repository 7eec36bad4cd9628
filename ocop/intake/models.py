"""What the receiving desks write: receipts, notes and photos of an assessment, marks of a check, numbers of papers."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier, Submission
from ocop.files.models import StoredFile
from ocop.intake.states import MarkOf


class Receipt(models.Model):
    """That an office took a dossier in: number, paper set, samples, who handed over; append-only.

    A later entry of the same step keeps the number and says more (the paper set came afterwards); the newest counts.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="receipts")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="receipts")
    step = models.CharField(max_length=40)
    entry = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=80)
    paper_on = models.DateField(null=True, blank=True)
    samples = models.PositiveSmallIntegerField(null=True, blank=True)
    handed_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["entry"]
        constraints = [models.UniqueConstraint(fields=["dossier", "step", "entry"], name="receipt_entry_once")]

    def __str__(self) -> str:
        return self.number


class NoteRow(models.Model):
    """What somebody noted in the field under one heading; append-only, the highest revision counts.

    `key` is made on the writer's device, so that a note sent twice is kept once; `noted_at` is that device's hour.
    """

    content = models.CharField(max_length=40)
    revision = models.PositiveIntegerField()
    key = models.UUIDField(unique=True)
    verdict = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    asked = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.content}: {self.text[:40]}"


class PhotoRow(models.Model):
    """A photo taken in the field under one heading; it may be taken out again, the row stays."""

    content = models.CharField(max_length=40)
    key = models.UUIDField(unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class FieldNote(NoteRow):
    """What an officer noted on one content of an assessment; append-only, the highest revision counts."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="field_notes")

    class Meta:
        ordering = ["content", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "content", "revision"], name="note_revision_once"),
        ]


class FieldPhoto(PhotoRow):
    """A photo taken for a content of an assessment; it may be taken out again, the row stays."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="field_photos")


class CheckMark(models.Model):
    """What the check of one row came to, kept as it is typed until the step ends; `revision` guards against another.

    `asked_at` says when the office that has to bring the row was asked for it.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="check_marks")
    step = models.CharField(max_length=40)
    item = models.CharField(max_length=120)
    mark = models.CharField(max_length=10, choices=MarkOf.choices, blank=True)
    note = models.TextField(blank=True)
    example = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "step", "item"], name="mark_once_per_row")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_mark_display()}"


class LocalPapers(models.Model):
    """Numbers, day and signer of the commune's report and letter, as its clerk gave them; append-only."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="local_papers")
    report_number = models.CharField(max_length=60, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.report_number
