"""Who may hand a result over and see it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.council.queries import was_forwarded
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import is_barred, visible_to
from ocop.places.queries import chain


def can_hand_over(user: User, day: date, dossier: Dossier) -> bool:
    """The lead office of the programme's unit writes letters and hands dossiers over; nobody the door kept out."""
    unit = dossier.registration.batch.programme.unit
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit) and not is_barred(user, dossier)


def check_hand_over(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not send letters or hand over."""
    if not can_hand_over(user, day, dossier):
        raise PermissionDenied("Chỉ cơ quan chủ trì của chương trình mới thông báo kết quả và chuyển hồ sơ.")


def can_answer_from_above(user: User, day: date, dossier: Dossier) -> bool:
    """The liaison of the programme's unit or above it, once the dossier went up, and the programme's lead office."""
    unit = dossier.registration.batch.programme.unit
    liaison = any(sits_in(user, day, Role.LIAISON, unit=step) for step in chain(unit))
    return (liaison and was_forwarded(dossier) and not is_barred(user, dossier)) or can_hand_over(user, day, dossier)


def check_answer_from_above(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not record what the level above decided."""
    if not can_answer_from_above(user, day, dossier):
        raise PermissionDenied(
            "Chỉ cơ quan chủ trì, hoặc đầu mối cấp trên khi hồ sơ đã chuyển lên, mới ghi kết quả của cấp trên."
        )


def can_open_panel(user: User, day: date, dossier: Dossier) -> bool:
    """Whoever sees the dossier, except a voting member whom the door has not let in."""
    return visible_to(user, day).filter(pk=dossier.pk).exists() and not is_barred(user, dossier)


def can_see_result(user: User, day: date, dossier: Dossier) -> bool:
    """The programme's office from the closing on; everybody else who sees the dossier once its result is out."""
    if dossier.result_is_out:
        return can_open_panel(user, day, dossier) or can_answer_from_above(user, day, dossier)
    return can_hand_over(user, day, dossier)


def check_see_result(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not read the letters that follow a result."""
    if not can_see_result(user, day, dossier):
        raise PermissionDenied("Văn bản này chỉ dành cho chủ thể, cơ quan chủ trì và cấp quản lý của hồ sơ.")
