"""Who prepares decisions, who signs them, who reads certificates."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.certificates.models import Certificate, Decision
from ocop.certificates.queries import register_of, shut_in
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import is_barred
from ocop.places.models import Unit


def can_prepare(user: User, day: date, unit: Unit) -> bool:
    """The lead office of the unit prepares decisions and enters certificates of the level above."""
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit)


def check_prepare(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not prepare a decision of the unit."""
    if not can_prepare(user, day, unit):
        raise PermissionDenied("Chỉ cơ quan chủ trì mới soạn quyết định và vào sổ chứng nhận.")


def can_sign(user: User, day: date, unit: Unit) -> bool:
    """A leader of the unit signs."""
    return sits_in(user, day, Role.LEADER, unit=unit)


def check_sign(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not sign for the unit."""
    if not can_sign(user, day, unit):
        raise PermissionDenied("Chỉ lãnh đạo đơn vị mới ký quyết định.")


def check_not_barred(user: User, dossier: Dossier) -> None:
    """Refuse whoever the dossier is kept shut for."""
    if is_barred(user, dossier):
        raise PermissionDenied("Hồ sơ này đang đóng với bạn, hãy nhờ đồng nghiệp làm việc này.")


def check_read_decision_paper(user: User, decision: Decision) -> None:
    """The paper has the points of every product: refuse whoever may not read them all, as with the minutes."""
    if shut_in(decision, user):
        raise PermissionDenied("Văn bản có điểm của sản phẩm đang đóng với bạn nên không tải được.")


def check_read_paper(user: User, day: date, certificate: Certificate) -> None:
    """The subject and the offices of its unit may take the printed certificate."""
    if not register_of(user, day).filter(pk=certificate.pk).exists():
        raise PermissionDenied("Giấy chứng nhận này không thuộc phần việc của bạn.")
