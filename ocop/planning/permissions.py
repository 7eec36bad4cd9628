"""Who may plan."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.places.models import Unit


def can_plan(user: User, day: date, unit: Unit) -> bool:
    """The lead office of the unit plans its programme and batches."""
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit)


def check_plan(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not plan for the unit."""
    if not can_plan(user, day, unit):
        raise PermissionDenied("Chỉ cơ quan chủ trì OCOP của đơn vị mới lập chương trình và mở, đóng đợt.")
