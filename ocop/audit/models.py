"""The ledger of acts: append-only, each entry hashed together with the one before it."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User


class LedgerHead(models.Model):
    """The end of the chain; the one row that is locked while an entry is added."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


class LedgerEntry(models.Model):
    """One act: who did what to which thing, when by the office's clock and when it was written down."""

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    words = models.CharField(max_length=300)
    thing = models.CharField(max_length=60)
    thread = models.CharField(max_length=60, blank=True, db_index=True)
    shown_to_subject = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.thing}"
