"""Blind tasting: coded cups and what members chose for them."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.council.models.councils import Seat
from ocop.council.models.sessions import Hearing, Session


class TastingRound(models.Model):
    """A blind tasting within a session: the cups carry three-digit codes in a random order (mã hóa mẫu)."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="tastings")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Nếm mẫu {self.session}"


class TastingCup(models.Model):
    """A coded cup: which product it is stays shut until that product's sheets are all in and opened."""

    round = models.ForeignKey(TastingRound, on_delete=models.PROTECT, related_name="cups")
    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, related_name="cup")
    code = models.CharField(max_length=3)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["round", "place"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="cup_code_once"),
            models.UniqueConstraint(fields=["round", "place"], name="cup_place_once"),
        ]

    def __str__(self) -> str:
        return self.code


class TastingSheet(models.Model):
    """One member's choices for the sensory criteria of one cup; final once handed in."""

    cup = models.ForeignKey(TastingCup, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="tasting_sheets")
    choices = models.JSONField(default=dict)
    note = models.CharField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cup", "seat"], name="one_tasting_sheet")]

    def __str__(self) -> str:
        return f"Mẫu {self.cup} · {self.seat}"
