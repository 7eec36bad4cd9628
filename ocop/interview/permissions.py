"""Who may answer for a subject, and who may read its personal answers."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.consent.permissions import can_type_for
from ocop.registration.models import Subject


def can_read_personal(user: User, day: date, subject: Subject) -> bool:
    """Whoever may type for the subject, and the officer of its own commune, who writes the commune's report."""
    return can_type_for(user, day, subject) or sits_in(user, day, Role.COMMUNE_OFFICER, unit=subject.unit)


def check_read_personal(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not read the personal answers."""
    if not can_read_personal(user, day, subject):
        raise PermissionDenied(
            "Thông tin cá nhân chỉ dành cho người của chủ thể, người được đồng ý nhập giúp và cán bộ xã lập báo cáo."
        )
