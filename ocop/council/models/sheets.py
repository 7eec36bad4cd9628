"""Sheets with all their versions, discussions of what they differ in, findings that knock a product out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.audit.rules import fingerprint
from ocop.council.models.councils import Seat
from ocop.council.models.sessions import Hearing
from ocop.council.states import SheetState


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
    # Made on the member's device when the sheet was handed in there without a line: handed in twice, kept once.
    handed_key = models.UUIDField(null=True, blank=True)
    # The discussion in which this version was handed in, reasons and all.
    revised_in = models.ForeignKey(
        "Discussion", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    reopened_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "seat", "version"], name="sheet_version_once"),
            models.UniqueConstraint(
                fields=["hearing", "seat"], condition=~Q(state="replaced"), name="one_current_sheet"
            ),
            models.UniqueConstraint(
                fields=["handed_key"], condition=Q(handed_key__isnull=False), name="handed_in_once"
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


class Discussion(models.Model):
    """A discussion of the criteria on which the sheets lie too far apart, opened by who chairs the product.

    While it is open the members let in see those criteria's choices and notes, and may hand in a revised version with
    a reason. `spread` is the one it began with, exact.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="discussions")
    criteria = models.JSONField()
    spread = models.CharField(max_length=20)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing"], condition=Q(ended_at__isnull=True), name="one_open_discussion")
        ]

    def __str__(self) -> str:
        return f"Thảo luận {self.hearing}"


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
