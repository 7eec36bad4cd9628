"""Decisions and the certificates they issue; certificates of a level above are entered with that level's decision."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from ocop.files.models import StoredFile
from ocop.places.models import Unit
from ocop.planning.models import Batch
from ocop.registration.models import Product


class Decision(models.Model):
    """A decision of recognition: prepared by the lead office, signed by a leader. Without a number it is a draft."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decisions")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="decisions")
    authority = models.CharField(max_length=160)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=120, blank=True)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], condition=~Q(number=""), name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, number="")
                | (Q(signed_at__isnull=False) & ~Q(number="") & Q(decided_on__isnull=False)),
                name="signed_decision_has_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Quyết định {self.number}" if self.number else f"Dự thảo quyết định {self.pk}"


class DecisionLine(models.Model):
    """A product in a decision, with the star and the mean it was proposed with."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="decision_line")
    star = models.PositiveSmallIntegerField()
    mean = models.CharField(max_length=12)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.star} sao"

    @property
    def points(self) -> Fraction:
        """The exact mean."""
        return Fraction(self.mean)


class Certificate(models.Model):
    """A certificate as issued: the words on it are a copy and never follow later changes of names. Append-only."""

    code = models.CharField(max_length=11, unique=True)
    number = models.CharField(max_length=60)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="certificate")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="certificates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="certificates")
    level = models.CharField(max_length=10)
    star = models.PositiveSmallIntegerField()
    authority = models.CharField(max_length=160)
    decision_number = models.CharField(max_length=120)
    decided_on = models.DateField()
    product_name = models.CharField(max_length=200)
    product_code = models.CharField(max_length=60)
    set_name = models.CharField(max_length=240)
    subject_name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    unit_name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField()
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    search = models.CharField(max_length=600, db_index=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "number"], name="certificate_number_once"),
            models.CheckConstraint(condition=Q(star__gte=3, star__lte=5), name="certificate_star_three_to_five"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="certificate_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.product_name}"
