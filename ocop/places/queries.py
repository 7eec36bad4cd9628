"""Reads of administrative units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from ocop.places.models import Unit


def units_on(day: date) -> QuerySet[Unit]:
    """The units that exist on `day`."""
    return Unit.objects.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def within(unit: Unit) -> QuerySet[Unit]:
    """`unit` itself and every unit under it (two levels down reach a commune from a province)."""
    return Unit.objects.filter(Q(pk=unit.pk) | Q(parent=unit) | Q(parent__parent=unit))


def upwards(unit: Unit) -> Iterator[Unit]:
    """`unit` and the units above it, from the bottom, each read only when asked for."""
    step: Unit | None = unit
    while step is not None:
        yield step
        step = step.parent


def chain(unit: Unit) -> list[Unit]:
    """`unit` and all units above it, from the bottom."""
    return list(upwards(unit))


def above_at(unit: Unit, level: str) -> Unit | None:
    """The unit of `level` that `unit` is or lies in, or None."""
    return next((step for step in upwards(unit) if step.level == level), None)
