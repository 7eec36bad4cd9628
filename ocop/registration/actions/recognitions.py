"""Entering a recognition that a product got before the system knew it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.files.actions import claim_uploads, keep, take_in
from ocop.registration.models import EarlierRecognition, Product
from ocop.registration.permissions import check_register_product
from ocop.registration.queries import recognised_stars


def enter_recognition(
    *,
    product: Product,
    star: int,
    decision_number: str,
    issuer: str,
    decided_on: date,
    expires_on: date,
    scan: UploadedFile | None = None,
    held: UUID | None = None,
    by: User,
    at: datetime,
) -> EarlierRecognition:
    """Write down what the decision of an earlier recognition says; a correction is a newer row, the older one stays.

    The scan comes as a file, or is `held` for `by` since the form was refused.
    """
    check_register_product(by, day_of(at), product.subject)
    number, authority = tidy(decision_number), tidy(issuer)
    _check(star, number, authority, decided_on, expires_on, day_of(at))
    taken = take_in(scan) if scan is not None else None  # long work, so before the transaction
    with transaction.atomic():
        before = Product.objects.select_for_update().get(pk=product.pk).earlier_recognitions.last()
        kept = before.scan if before is not None else None
        if taken is not None:
            kept = keep(taken, by=by, at=at)
        elif held is not None:
            (kept,) = claim_uploads(keys=[held], by=by, at=at)
        entered = EarlierRecognition.objects.create(
            product=product,
            star=star,
            decision_number=number,
            issuer=authority,
            decided_on=decided_on,
            expires_on=expires_on,
            scan=kept,
            entered_by=by,
            entered_at=at,
        )
        record(
            act="enter_recognition",
            words=f"Ghi lần công nhận trước của “{product.name}”: {star} sao, Quyết định {number}",
            on=entered,
            facts={
                "product": product.pk,
                "star": star,
                "decision": number,
                "decided_on": decided_on.isoformat(),
                "expires_on": expires_on.isoformat(),
                "sha256": kept.sha256 if kept is not None else None,
            },
            by=by,
            at=at,
        )
    return entered


def _check(star: int, number: str, issuer: str, decided_on: date, expires_on: date, day: date) -> None:
    if star not in (stars := recognised_stars()):
        raise Refused(f"Chọn hạng sao từ {stars[0]} đến {stars[-1]}.", field="star")
    for field, text, most, what in (
        ("decision_number", number, 60, "số quyết định"),
        ("issuer", issuer, 160, "cơ quan công nhận"),
    ):
        if not text:
            raise Refused(f"Ghi {what} như trên giấy.", field=field)
        check_length(text, most, what=what.capitalize(), field=field)
    if decided_on > day:
        raise Refused("Ngày quyết định không được sau hôm nay.", field="decided_on")
    if expires_on <= decided_on:
        raise Refused(
            f"Ngày hết hạn {expires_on:%d/%m/%Y} phải sau ngày quyết định {decided_on:%d/%m/%Y}. Xem lại trên giấy.",
            field="expires_on",
        )
