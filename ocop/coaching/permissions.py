"""Who makes and follows improvement plans, and who writes what steps cost. State is the actions' matter."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import holds, sits_in
from ocop.accounts.states import Role
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_view, can_write
from ocop.places.models import Unit


def can_plan(user: User, day: date, dossier: Dossier) -> bool:
    """Whoever writes the dossier, and the lead office that guides its subject, plan its improvement and follow it."""
    if not can_view(user, day, dossier) or not can_read_points(user, day, dossier):
        return False
    subject = dossier.registration.product.subject
    return can_write(user, day, dossier) or holds(user, day, Role.LEAD_OFFICER, unit=subject.unit)


def check_plan(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever neither writes nor guides the dossier."""
    if not can_plan(user, day, dossier):
        raise PermissionDenied("Chỉ người của chủ thể và cơ quan chủ trì OCOP lập và theo dõi kế hoạch củng cố.")


def can_write_steps(user: User, day: date, unit: Unit) -> bool:
    """The lead office writes what steps cost in its area."""
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit)


def check_write_steps(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever is not the unit's lead office."""
    if not can_write_steps(user, day, unit):
        raise PermissionDenied("Chỉ cơ quan chủ trì OCOP của đơn vị sửa được bảng chi phí các bước củng cố.")
