"""Dossiers that build on a recognition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.core.clock import OFFICE_ZONE
from ocop.dossiers.actions import cite_paper, open_dossier
from ocop.dossiers.models import Dossier
from ocop.planning.actions import open_batch, open_programme
from ocop.registration.actions import enter_recognition, register_product
from ocop.registration.models import EarlierRecognition, Product
from ocop.wallet.actions import add_paper
from ocop.wallet.models import Paper
from tests.factories.cycle import fresh, owner_of, photo
from tests.factories.world import World

NEXT_MORNING = datetime(2025, 3, 10, 8, 30, tzinfo=OFFICE_ZONE)


def next_year(world: World) -> World:
    """The same office a year on, with an open batch."""
    at = NEXT_MORNING
    programme = open_programme(
        unit=world.unit,
        year=at.year,
        title=f"Chương trình OCOP {world.unit.lower_name} năm {at.year}",
        regime_version=world.batch.programme.regime_version,
        lead_office="Phòng Kinh tế",
        by=world.officer,
        at=at,
    )
    batch = open_batch(
        programme=programme,
        number=1,
        name="Đợt 1",
        opens_on=at.date() - timedelta(days=10),
        closes_on=at.date() + timedelta(days=50),
        forward_before=None,
        by=world.officer,
        at=at,
    )
    return replace(world, batch=batch, at=at)


def paper(world: World, dossier: Dossier, *, kind: str, cites: tuple[str, ...] = (), **facts: object) -> Paper:
    """A paper of the dossier's subject, cited there."""
    subject = dossier.registration.product.subject
    by = owner_of(subject)
    made = add_paper(subject=subject, upload=photo(), kind=kind, by=by, at=world.at, **facts)  # type: ignore[arg-type]
    cite_paper(dossier=dossier, paper=made, cites=cites, by=by, at=world.at)
    return made


def again(world: World, product: Product, *, kind: str = "upgrade", target_star: int = 4, set_no: int = 6) -> Dossier:
    """A dossier of a product that was recognised before, just opened."""
    by = owner_of(product.subject)
    made = register_product(
        subject=product.subject,
        batch=world.batch,
        name=product.name,
        set_no=set_no,
        kind=kind,
        target_star=target_star,
        by=by,
        at=world.at,
    )
    return fresh(open_dossier(registration=made, by=by, at=world.at))


def earlier(
    world: World,
    product: Product,
    *,
    expires_on: date,
    decided_on: date = date(2023, 12, 12),
    scan: SimpleUploadedFile | None = None,
) -> EarlierRecognition:
    """A recognition copied from its decision."""
    return enter_recognition(
        product=product,
        star=3,
        decision_number="1205/QĐ-UBND",
        issuer="Ủy ban nhân dân thành phố Bắc Giang",
        decided_on=decided_on,
        expires_on=expires_on,
        scan=scan,
        by=owner_of(product.subject),
        at=world.at,
    )
