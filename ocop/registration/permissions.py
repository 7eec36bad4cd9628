"""Who may register subjects and products."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.states import Role
from ocop.places.models import Unit
from ocop.registration.models import Subject
from ocop.registration.queries import OVERSEERS, acts_for


def can_register_subject(user: User, day: date, unit: Unit | None = None) -> bool:
    """Commune officers and the lead office register subjects of their units."""
    return holds(user, day, Role.COMMUNE_OFFICER, Role.LEAD_OFFICER, unit=unit)


def check_register_subject(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not register a subject of that unit."""
    if not can_register_subject(user, day, unit):
        raise PermissionDenied("Chỉ cán bộ xã, phường hoặc cơ quan chủ trì mới đăng ký chủ thể trên địa bàn này.")


def can_see_subject(user: User, day: date, subject: Subject) -> bool:
    """Its own people, and those who oversee its unit."""
    return acts_for(user, day, subject) or holds(user, day, *OVERSEERS, unit=subject.unit)


def check_see_subject(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not see the subject."""
    if not can_see_subject(user, day, subject):
        raise PermissionDenied("Bạn không phụ trách chủ thể này.")


def can_register_product(user: User, day: date, subject: Subject) -> bool:
    """The subject's own people, its commune's officer, and the lead office above it."""
    return acts_for(user, day, subject) or can_register_subject(user, day, subject.unit)


def check_register_product(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not register a product of the subject."""
    if not can_register_product(user, day, subject):
        raise PermissionDenied("Bạn không đăng ký được sản phẩm cho chủ thể này.")
