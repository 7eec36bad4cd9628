"""Who keeps samples, who asks for tests, who reads their results."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import holds, sits_in
from ocop.accounts.states import Role
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import is_barred
from ocop.registration.queries import is_of
from ocop.samples.queries import KEEPERS, LOOKERS, is_let_in


def _works_on(user: User, day: date, dossier: Dossier, roles: tuple[Role, ...]) -> bool:
    unit = dossier.registration.batch.programme.unit
    if not sits_in(user, day, *roles, unit=unit) or is_barred(user, dossier):
        return False
    return not is_of(user, dossier.registration.product.subject)


def can_keep(user: User, day: date, dossier: Dossier) -> bool:
    """The programme's lead office, its secretary and helpers keep samples; nobody the council's door keeps out."""
    return _works_on(user, day, dossier, KEEPERS)


def check_keep(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever does not keep the programme's samples."""
    if not can_keep(user, day, dossier):
        raise PermissionDenied("Mẫu sản phẩm do cơ quan chủ trì, thư ký và Tổ giúp việc của chương trình quản lý.")


def can_look(user: User, day: date, dossier: Dossier) -> bool:
    """Keepers and the office's leaders see where the samples are."""
    return _works_on(user, day, dossier, LOOKERS)


def can_read_test(user: User, day: date, dossier: Dossier) -> bool:
    """Results of tests: the office, and voting members whom the door has let in for this product."""
    unit = dossier.registration.batch.programme.unit
    return can_look(user, day, dossier) or (
        holds(user, day, Role.MEMBER, Role.CHAIR, unit=unit) and is_let_in(user, dossier)
    )


def check_read_test(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not read a test's result."""
    if not can_read_test(user, day, dossier):
        raise PermissionDenied("Phiếu kiểm nghiệm này không thuộc phần việc của bạn.")
