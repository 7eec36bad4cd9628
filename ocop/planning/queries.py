"""Reads of programmes and batches."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on
from ocop.places.models import Unit
from ocop.places.queries import chain, within
from ocop.planning.models import Batch, Programme


def batches() -> QuerySet[Batch]:
    """Every batch with its programme, newest year first."""
    return Batch.objects.select_related("programme__unit__parent", "programme__regime_version")


def programmes() -> QuerySet[Programme]:
    """Every programme, newest first."""
    return Programme.objects.select_related("unit", "regime_version")


def programmes_of(user: User, day: date) -> QuerySet[Programme]:
    """The programmes of the units that `user` works for, of those above, and of those under them; the newest first."""
    seen = Q(pk__in=[])
    for grant in grants_on(user, day):
        seen |= Q(unit__in=[step.pk for step in chain(grant.unit)]) | Q(unit__in=within(grant.unit))
    return programmes().filter(seen)


def with_batches(found: QuerySet[Programme]) -> QuerySet[Programme]:
    """The programmes with their batches ready as `in_order`."""
    return found.prefetch_related(Prefetch("batches", Batch.objects.order_by("number"), to_attr="in_order"))


def batches_of(user: User, day: date) -> QuerySet[Batch]:
    """The batches of every unit that `user` works for or lies under."""
    units = {step.pk for grant in grants_on(user, day) for step in chain(grant.unit)}
    return batches().filter(programme__unit__in=units)


def open_batches(unit: Unit, day: date) -> list[Batch]:
    """The batches in which a product of `unit` may register on `day`."""
    above = [step.pk for step in chain(unit)]
    found = batches().filter(programme__unit__in=above, opens_on__lte=day, closes_on__gte=day, closed_at__isnull=True)
    return list(found)


def next_batch(unit: Unit, day: date) -> Batch | None:
    """The batch that opens next for products of `unit`, or None while none is planned."""
    above = [step.pk for step in chain(unit)]
    coming = batches().filter(programme__unit__in=above, opens_on__gt=day, closed_at__isnull=True)
    return coming.order_by("opens_on", "pk").first()


def latest_programme(unit: Unit) -> Programme | None:
    """The newest programme that products of `unit` fall under, or None."""
    return programmes().filter(unit__in=[step.pk for step in chain(unit)]).first()
