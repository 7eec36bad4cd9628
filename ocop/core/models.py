"""Number series: each yearly or per-unit count that papers and codes take their number from."""

from __future__ import annotations

from django.db import models, transaction


class NumberSeries(models.Model):
    """The last number given in a series, e.g. "product:24-213-07201:2024"."""

    name = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


def next_number(series: str) -> int:
    """The next number of `series`, never given twice; call inside the action's transaction."""
    with transaction.atomic():
        NumberSeries.objects.get_or_create(name=series)
        row = NumberSeries.objects.select_for_update().get(name=series)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last
