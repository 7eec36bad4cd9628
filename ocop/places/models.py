"""Administrative units: a unit is (code, valid_from, valid_to), never the code alone, since codes were re-used."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Level(models.TextChoices):
    """The level of an administrative unit."""

    COMMUNE = "commune", "cấp xã"
    DISTRICT = "district", "cấp huyện"
    PROVINCE = "province", "cấp tỉnh"
    CENTRE = "centre", "cấp Trung ương"


class Unit(models.Model):
    """A commune, district, province or the centre, for as long as it existed under that name."""

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    search = models.CharField(max_length=200, db_index=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "valid_from"], name="unit_code_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lower_name(self) -> str:
        """The name inside a sentence: "thành phố Bắc Giang", "phường Thọ Xương"."""
        return self.name[:1].lower() + self.name[1:]

    @property
    def bare_name(self) -> str:
        """The name without its kind, as a paper's place line writes it: "Bắc Giang"."""
        for kind in ("Thành phố ", "Tỉnh ", "Phường ", "Xã ", "Thị trấn "):
            if self.name.startswith(kind):
                return self.name.removeprefix(kind)
        return self.name

    @property
    def committee(self) -> str:
        """The people's committee of the unit."""
        return f"Ủy ban nhân dân {self.lower_name}"
