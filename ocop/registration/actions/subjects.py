"""Registering subjects, and correcting what is known of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.rules import normal_phone, phone_is_plausible
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.search import fold
from ocop.places.models import Level, Unit
from ocop.registration.models import Subject
from ocop.registration.permissions import check_register_subject
from ocop.registration.states import SubjectKind


@transaction.atomic
def register_subject(
    *,
    name: str,
    kind: str,
    unit: Unit,
    address: str,
    business_number: str,
    representative: str,
    phone: str,
    position: str = "",
    email: str = "",
    by: User,
    at: datetime,
) -> Subject:
    """Enter a subject of a commune; its business number is entered once."""
    check_register_subject(by, day_of(at), unit)
    if unit.level != Level.COMMUNE:
        raise Refused("Chọn xã hoặc phường nơi chủ thể đặt cơ sở.", field="unit")
    if kind not in SubjectKind.values:
        raise Refused("Chọn loại hình chủ thể trong danh sách.", field="kind")
    known = Subject.objects.filter(business_number=business_number).first()
    if known is not None:
        raise Refused(
            f"Số đăng ký kinh doanh {business_number} đã có trong danh sách: {known.name} ({known.unit}).",
            field="business_number",
        )
    phone = _checked_phone(phone)
    subject = Subject.objects.create(
        name=name,
        kind=kind,
        unit=unit,
        address=address,
        business_number=business_number,
        representative=representative,
        position=position,
        phone=phone,
        email=email,
        registered_at=at,
        search=fold(name, representative, business_number, phone, unit.name),
    )
    record(
        act="register_subject",
        words=f"Đăng ký chủ thể {name}",
        on=subject,
        facts={"unit": unit.code, "kind": kind, "business_number": business_number},
        by=by,
        at=at,
    )
    return subject


@transaction.atomic
def correct_subject(
    *,
    subject: Subject,
    address: str,
    representative: str,
    phone: str,
    position: str = "",
    email: str = "",
    by: User,
    at: datetime,
) -> Subject:
    """Correct how a subject is reached and who represents it; the ledger keeps what stood before."""
    check_register_subject(by, day_of(at), subject.unit)
    row = Subject.objects.select_for_update(of=("self",)).select_related("unit").get(pk=subject.pk)
    new = {
        "address": address,
        "representative": representative,
        "position": position,
        "phone": _checked_phone(phone),
        "email": email,
    }
    before = {field: getattr(row, field) for field, value in new.items() if getattr(row, field) != value}
    if not before:
        raise Refused("Chưa có gì khác so với thông tin đang có.")
    for field, value in new.items():
        setattr(row, field, value)
    row.search = fold(row.name, row.representative, row.business_number, row.phone, row.unit.name)
    row.save(update_fields=[*new, "search"])
    record(
        act="correct_subject",
        words=f"Sửa thông tin chủ thể {row.name}",
        on=row,
        facts={"before": before, "after": {field: new[field] for field in before}},
        by=by,
        at=at,
    )
    return row


def _checked_phone(typed: str) -> str:
    phone = normal_phone(typed)
    if not phone_is_plausible(phone):
        raise Refused("Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0.", field="phone")
    return phone
