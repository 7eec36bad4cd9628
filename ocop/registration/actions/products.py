"""Registering products into a batch."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.models import next_number
from ocop.core.search import fold
from ocop.places.models import Level, Unit
from ocop.places.queries import above_at
from ocop.planning.models import Batch
from ocop.regime.queries import as_rules
from ocop.regime.rules import Regime
from ocop.registration.models import Product, Registration, Subject
from ocop.registration.permissions import check_register_product
from ocop.registration.rules import product_code, target_stars
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.queries import sets_of


@transaction.atomic
def register_product(
    *,
    subject: Subject,
    batch: Batch,
    name: str,
    set_no: int,
    kind: str,
    target_star: int,
    description: str = "",
    by: User,
    at: datetime,
) -> Registration:
    """Register a product of the subject into an open batch, on the published criteria set of its kind.

    Gives it the product code of the regime, counted per commune and year.
    """
    day = day_of(at)
    locked = (
        Batch.objects.select_for_update(of=("self",))
        .select_related("programme__unit", "programme__regime_version")
        .get(pk=batch.pk)
    )
    check_register_product(by, day, subject)
    _check_batch_takes(locked, subject, day)
    programme = locked.programme
    regime = as_rules(programme.regime_version)
    if kind not in {known.code for known in regime.dossier_kinds}:
        raise Refused(f"Chọn loại hồ sơ trong danh sách của {regime.short_name}.", field="kind")
    stars = target_stars(regime)
    if target_star not in stars:
        raise Refused(f"Hạng sao đăng ký phải từ {stars[0]} đến {stars[-1]} sao.", field="target_star")
    set_version = _set_to_score_on(regime, set_no)
    product, _ = Product.objects.get_or_create(
        subject=subject,
        name=name,
        defaults={"description": description, "search": fold(name, subject.name, subject.unit.name)},
    )
    if Registration.objects.filter(product=product, batch=locked).exists():
        raise Refused(f"“{name}” đã đăng ký trong {locked}.", field="name")
    registration = Registration.objects.create(
        product=product,
        batch=locked,
        kind=kind,
        target_star=target_star,
        set_version=set_version,
        code=_next_code(regime.certificate.product_code, subject.unit, programme.year),
        registered_at=at,
        registered_by=by,
    )
    record(
        act="register_product",
        words=f"Đăng ký “{name}” vào {locked}",
        on=registration,
        facts={
            "code": registration.code,
            "kind": kind,
            "set": f"{regime.code}/{set_no} v{set_version.version}",
            "target_star": target_star,
        },
        by=by,
        at=at,
    )
    return registration


def _check_batch_takes(batch: Batch, subject: Subject, day: date) -> None:
    """The subject lies where the batch's programme runs, and the batch is open."""
    programme = batch.programme
    if above_at(subject.unit, programme.unit.level) != programme.unit:
        raise Refused(f"{subject.name} không thuộc địa bàn của {programme.title}.", field="batch")
    if not batch.is_open_on(day):
        raise Refused(
            f"{batch} chỉ nhận đăng ký từ {batch.opens_on:%d/%m/%Y} đến hết {batch.closes_on:%d/%m/%Y}. "
            "Hãy chọn đợt đang mở.",
            field="batch",
        )


def _set_to_score_on(regime: Regime, set_no: int) -> CriteriaSetVersion:
    """The published set of that number; one that does not add up is for reading only."""
    version = sets_of(regime.code).filter(set_no=set_no).first()
    if version is None:
        raise Refused("Chọn bộ tiêu chí trong danh sách.", field="set_no")
    if not version.complete:
        raise Refused(
            f"Bộ tiêu chí “{version.name}” của {regime.short_name} chép chưa đủ điểm nên chỉ để đọc. "
            "Hãy báo cơ quan chủ trì bổ sung bộ tiêu chí trước khi đăng ký.",
            field="set_no",
        )
    return version


def _next_code(pattern: str, unit: Unit, year: int) -> str:
    province, district = above_at(unit, Level.PROVINCE), above_at(unit, Level.DISTRICT)
    if province is None:
        raise Refused(f"{unit} chưa gắn với tỉnh nào trong danh mục đơn vị hành chính.", field="unit")
    return product_code(
        pattern,
        province=province.code,
        district=district.code if district else None,
        commune=unit.code,
        seq=next_number(f"product:{province.code}:{unit.code}:{year}"),
        year=year,
    )
