"""The year's programme of a unit and its batches (đợt). The plan's tasks and money come with their own work."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from ocop.places.models import Unit
from ocop.planning.rules import batch_is_open, batch_state, day_before
from ocop.planning.states import BatchState
from ocop.regime.models import RegimeVersion


class Programme(models.Model):
    """The OCOP programme of one unit in one year, under one published version of a regime."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    regime_version = models.ForeignKey(RegimeVersion, on_delete=models.PROTECT, related_name="programmes")
    lead_office = models.CharField(max_length=160)
    plan_number = models.CharField(max_length=60, blank=True)
    plan_signed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_programme_per_unit_and_year")]

    def __str__(self) -> str:
        return self.title


class Batch(models.Model):
    """A batch: products register and hand in between two days; later dates are the office's own deadlines."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    opens_on = models.DateField()
    closes_on = models.DateField()
    forward_before = models.DateField(null=True, blank=True)
    announce_before = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-programme__year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="batch_number_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="batch_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.programme.year}"

    @property
    def forward_by(self) -> date | None:
        """The last day for handing dossiers up: the plan says "before" a day."""
        return day_before(self.forward_before)

    @property
    def announce_by(self) -> date | None:
        """The last day for announcing and handing out certificates."""
        return day_before(self.announce_before)

    def is_open_on(self, day: date) -> bool:
        """Whether products may register and hand in on `day`."""
        return batch_is_open(self.opens_on, self.closes_on, self.closed_at is not None, day)

    def state_on(self, day: date) -> BatchState:
        """How the batch stands on `day`."""
        return batch_state(self.opens_on, self.closes_on, self.closed_at is not None, day)
