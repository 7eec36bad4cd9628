"""Scoring past dossiers, made anonymous, to see how alike the members score."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.council.models.councils import Council, Seat
from ocop.dossiers.models import Dossier


class CalibrationRound(models.Model):
    """Members score the same past dossiers, made anonymous, before a round (chấm thử để thống nhất cách chấm)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="calibrations")
    name = models.CharField(max_length=160)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class CalibrationCase(models.Model):
    """A past dossier in a calibration, under a letter instead of its name."""

    round = models.ForeignKey(CalibrationRound, on_delete=models.PROTECT, related_name="cases")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=2)

    class Meta:
        ordering = ["round", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["round", "dossier"], name="case_once"),
            models.UniqueConstraint(fields=["round", "letter"], name="case_letter_once"),
        ]

    def __str__(self) -> str:
        return f"Hồ sơ {self.letter}"


class CalibrationSheet(models.Model):
    """One member's choices for one case; final once handed in."""

    case = models.ForeignKey(CalibrationCase, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="calibration_sheets")
    choices = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "seat"], name="one_calibration_sheet")]

    def __str__(self) -> str:
        return f"{self.case} · {self.seat}"
