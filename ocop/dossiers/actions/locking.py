"""Locking a dossier before it is read again and written; whether this person may write it now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ocop.accounts.models import User
from ocop.consent.queries import consent_of, consents_of
from ocop.core.clock import day_of, spoken
from ocop.core.errors import Refused
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_write, check_write, is_own
from ocop.dossiers.queries import dossiers
from ocop.dossiers.states import EDITABLE

TYPES_NO_POINTS = (
    "Cán bộ của xã đánh giá hồ sơ nên không nhập giúp phần tự đánh giá; nhờ tổ giúp việc hoặc chủ thể. "
    "Phỏng vấn và giấy tờ thì bạn vẫn nhập giúp được."
)


def lock(dossier: Dossier) -> Dossier:
    """The dossier, locked and as it is now."""
    return dossiers().select_for_update(of=("self",)).get(pk=dossier.pk)


def check_editable(dossier: Dossier) -> None:
    """Refuse to change a dossier that is out of the subject's hands."""
    if dossier.state not in EDITABLE:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.told_label}” nên không sửa được nữa.")


def check_typing(dossier: Dossier, *, by: User, at: datetime) -> None:
    """Refuse whoever may not write the dossier; a helper whose consent is over is told so and keeps what is typed."""
    day = day_of(at)
    if can_write(by, day, dossier):
        return
    over = consents_of(dossier.registration.product.subject).filter(helper=by).first()
    if over is None:
        check_write(by, day, dossier)
        return
    ended = f"đã được rút lúc {spoken(over.ended_at)}" if over.ended_at else f"đã hết ngày {over.until:%d/%m/%Y}"
    raise Refused(
        f"Sự đồng ý cho bạn nhập giúp {ended}, nên lần lưu này không được ghi. Những gì bạn vừa nhập vẫn còn trên màn "
        "hình: nhờ chủ thể đồng ý lại ở mục “Cho người khác nhập giúp”, rồi lưu lại."
    )


def check_typing_points(dossier: Dossier, *, by: User, at: datetime) -> None:
    """Refuse the self-assessment to a helper whose office assesses the dossier's contents, in words."""
    if not can_read_points(by, day_of(at), dossier):
        raise Refused(TYPES_NO_POINTS)


def mark_of(dossier: Dossier, *, by: User, at: datetime) -> dict[str, Any] | None:
    """What is remembered of a helper who types for the subject; None for the subject's own people."""
    day = day_of(at)
    if is_own(by, day, dossier):
        return None
    consent = consent_of(by, dossier.registration.product.subject, day)
    return {
        "by": by.pk,
        "name": by.full_name,
        "consent": consent.pk if consent is not None else None,
        "at": at.isoformat(),
    }
