"""Who may type for a subject, since when and until when; and the codes by which a subject says so."""

from __future__ import annotations

from datetime import date

from django.db import models

from ocop.accounts.models import User
from ocop.consent.states import How, Purpose
from ocop.files.models import StoredFile
from ocop.registration.models import Subject


class Consent(models.Model):
    """A subject lets a helper type for it until a day, by a code it read out or a statement that was recorded.

    Append-only but for its end. Ended once, by the subject or the helper; never reopened: a new consent is asked for.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="consents")
    helper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    how = models.CharField(max_length=10, choices=How.choices)
    statement = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(how=How.STATEMENT) | models.Q(statement__isnull=False),
                name="statement_is_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} nhập giúp {self.subject}"

    def is_live(self, day: date) -> bool:
        """Whether the helper may type on `day`."""
        return self.ended_at is None and day <= self.until


class SpokenCode(models.Model):
    """A short code that the subject's account shows and its person reads out, for one purpose; kept as a digest."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="spoken_codes")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Mã của {self.subject}"
