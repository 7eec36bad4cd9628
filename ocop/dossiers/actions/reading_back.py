"""The subject reads back what others typed for it, and confirms it: by its account, a code, or a statement."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.consent.actions import use_code
from ocop.consent.queries import consent_of
from ocop.consent.states import How
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions.locking import check_editable, check_typing, lock
from ocop.dossiers.models import Dossier, ReadBack
from ocop.dossiers.permissions import is_own
from ocop.dossiers.queries import content_sha256, typed_for
from ocop.files.actions import keep_upload


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

    The subject's own person confirms as who it is; a helper brings the code that the subject read out, or the
    recorded statement. Refused when the content changed since the page was opened.
    """
    own = is_own(by, day_of(at), dossier)
    _check(dossier, seen, by=by, at=at)
    if not own and not code and statement is None:
        raise Refused("Nhập mã chủ thể đọc cho bạn, hoặc tải lên bản ghi lời xác nhận của chủ thể.", field="code")
    subject = dossier.registration.product.subject
    if not own and code:
        # Outside the transaction: a wrong guess stays counted though the act is refused.
        use_code(subject=subject, code=code, at=at)
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
