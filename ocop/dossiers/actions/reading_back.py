"""The subject reads back what others typed for it, and confirms it: by its account, a code, or a statement."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.consent.actions import check_by_statement, use_code
from ocop.consent.queries import consent_of
from ocop.consent.states import How, Purpose
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions.locking import check_editable, check_typing, lock
from ocop.dossiers.models import Dossier, ReadBack
from ocop.dossiers.permissions import is_own, takes_in
from ocop.dossiers.queries import content_sha256, typed_for
from ocop.files.actions import keep_upload

BY_ANOTHER = (
    "Bạn là người nhận xét hoặc kiểm tra hồ sơ này nên không ghi nhận thay chủ thể bằng bản ghi. Người của tổ giúp "
    "việc được chủ thể đồng ý cho nhập giúp thì ghi nhận được; hoặc mở tài khoản để chủ thể tự xác nhận."
)


def read_back(
    *,
    dossier: Dossier,
    seen: str,
    code: str = "",
    statement: UploadedFile | None = None,
    by: User,
    at: datetime,
) -> ReadBack:
    """The content that was read (`seen` is its fingerprint) is confirmed by the subject.

    The subject's own person confirms as who it is; a helper brings the code that the subject read out. A recorded
    statement holds only where the subject has no account, and never from whoever takes the dossier in later.
    Refused when the content changed since the page was opened.
    """
    own = is_own(by, day_of(at), dossier)
    _check(dossier, seen, by=by, at=at)
    subject = dossier.registration.product.subject
    if not own and not code:
        _check_by_statement(dossier, statement, by=by, at=at)
    if not own and code:
        # Outside the transaction: a wrong guess stays counted though the act is refused.
        use_code(subject=subject, purpose=Purpose.READ_BACK, code=code, at=at)
    with transaction.atomic():
        locked = lock(dossier)
        _check(locked, seen, by=by, at=at)
        how = How.ACCOUNT if own else How.CODE if code else How.STATEMENT
        read = ReadBack.objects.create(
            dossier=locked,
            revision=locked.revision,
            sha256=seen,
            items={item.field: item.read_as for item in typed_for(locked)},
            how=how,
            statement=keep_upload(statement, by=by, at=at) if how == How.STATEMENT and statement else None,
            consent=None if own else consent_of(by, subject, day_of(at)),
            by=by,
            at=at,
        )
        record(
            act="read_back",
            words=f"Chủ thể đọc lại và xác nhận nội dung hồ sơ ({how.label.lower()})",
            on=read,
            thread=locked,
            facts={"sha256": seen, "items": len(read.items), "how": how.value},
            shown_to_subject=True,
            by=by,
            at=at,
        )
    return read


def _check(dossier: Dossier, seen: str, *, by: User, at: datetime) -> None:
    check_typing(dossier, by=by, at=at)
    check_editable(dossier)
    if content_sha256(dossier) != seen:
        raise Stale("Hồ sơ vừa được sửa sau khi trang này mở ra. Hãy đọc lại bản mới dưới đây rồi xác nhận.")


def _check_by_statement(dossier: Dossier, statement: UploadedFile | None, *, by: User, at: datetime) -> None:
    """Refuse a recorded statement where the subject speaks for itself, or where `by` later judges what it confirms."""
    check_by_statement(dossier.registration.product.subject, day_of(at), purpose=Purpose.READ_BACK)
    if takes_in(by, day_of(at), dossier):
        raise Refused(BY_ANOTHER, field="statement")
    if statement is None:
        raise Refused("Nhập mã chủ thể đọc cho bạn, hoặc tải lên bản ghi lời xác nhận của chủ thể.", field="code")
