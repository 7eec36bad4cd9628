"""The papers of a subject: kept once, cited into many criteria, products and years."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.files.models import StoredFile
from ocop.registration.models import Subject


class Paper(models.Model):
    """A paper of the subject: one file, what it is, who issued it and until when it holds.

    The file never changes; a renewed paper is a new row that `replaces` the old one, which stays where it is cited.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="paper_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title
