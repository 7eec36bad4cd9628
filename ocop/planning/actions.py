"""Opening a year's programme and its batches."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.places.models import Unit
from ocop.planning.models import Batch, Programme
from ocop.planning.permissions import check_plan
from ocop.regime.models import RegimeVersion


@transaction.atomic
def open_programme(
    *,
    unit: Unit,
    year: int,
    title: str,
    regime_version: RegimeVersion,
    lead_office: str,
    plan_number: str = "",
    plan_signed_on: date | None = None,
    by: User,
    at: datetime,
) -> Programme:
    """Open the year's programme of a unit under a published regime; one per unit and year."""
    check_plan(by, day_of(at), unit)
    if Programme.objects.filter(unit=unit, year=year).exists():
        raise Refused(f"{unit} đã có chương trình năm {year}.", field="year")
    programme = Programme.objects.create(
        unit=unit,
        year=year,
        title=title,
        regime_version=regime_version,
        lead_office=lead_office,
        plan_number=plan_number,
        plan_signed_on=plan_signed_on,
    )
    record(
        act="open_programme",
        words=f"Lập {title}",
        on=programme,
        facts={"unit": unit.code, "year": year, "regime": f"{regime_version.code} v{regime_version.version}"},
        by=by,
        at=at,
    )
    return programme


@transaction.atomic
def open_batch(
    *,
    programme: Programme,
    number: int,
    name: str,
    opens_on: date,
    closes_on: date,
    forward_before: date | None = None,
    announce_before: date | None = None,
    by: User,
    at: datetime,
) -> Batch:
    """Open a numbered batch of a programme with its dates in order."""
    check_plan(by, day_of(at), programme.unit)
    if closes_on < opens_on:
        raise Refused("Ngày hết nhận hồ sơ phải sau ngày mở đợt.", field="closes_on")
    for field, day in (("forward_before", forward_before), ("announce_before", announce_before)):
        if day is not None and day < opens_on:
            raise Refused("Hạn này phải sau ngày mở đợt.", field=field)
    if Batch.objects.filter(programme=programme, number=number).exists():
        raise Refused(f"Chương trình đã có đợt số {number}.", field="number")
    batch = Batch.objects.create(
        programme=programme,
        number=number,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        forward_before=forward_before,
        announce_before=announce_before,
    )
    record(
        act="open_batch",
        words=f"Mở {batch}",
        on=batch,
        facts={"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()},
        by=by,
        at=at,
    )
    return batch


@transaction.atomic
def close_batch(*, batch: Batch, by: User, at: datetime) -> Batch:
    """Stop taking in dossiers before the last day; what is already in goes on."""
    locked = Batch.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=batch.pk)
    check_plan(by, day_of(at), locked.programme.unit)
    if locked.closed_at is not None:
        raise Refused("Đợt này đã đóng.")
    locked.closed_at = at
    locked.save(update_fields=["closed_at"])
    record(act="close_batch", words=f"Đóng nhận hồ sơ {locked}", on=locked, by=by, at=at)
    return locked
