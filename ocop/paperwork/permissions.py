"""Who looks after an office's papers: its register, its templates, its digital signature."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.queries import grants_on
from ocop.accounts.states import Role
from ocop.paperwork.signing import can_sign_here
from ocop.places.models import Unit

CLERKS = (Role.LEAD_OFFICER, Role.LEADER, Role.ADMIN)
# The office's own signature is put on by its clerk (NĐ 30/2020, Art. 13.2), on the council's papers by its secretary.
SIGNERS = (Role.LEAD_OFFICER, Role.LEADER, Role.SECRETARY, Role.CHAIR)


def offices_of(user: User | AnonymousUser, day: date, *roles: Role) -> list[Unit]:
    """The units in which a person holds one of the roles, each once."""
    return list({grant.unit_id: grant.unit for grant in grants_on(user, day) if grant.role in roles}.values())


def is_clerk(user: User | AnonymousUser, day: date) -> bool:
    """Whether the person looks after the papers of some office."""
    return bool(offices_of(user, day, *CLERKS))


def can_see_register(user: User, day: date, unit: Unit) -> bool:
    """The register of papers sent out, without what is in them."""
    return sits_in(user, day, *CLERKS, unit=unit)


def can_change_templates(user: User, day: date, unit: Unit) -> bool:
    """The office's own people change its templates."""
    return sits_in(user, day, *CLERKS, unit=unit)


def check_change_templates(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not change the office's templates."""
    if not can_change_templates(user, day, unit):
        raise PermissionDenied(f"Chỉ cơ quan chủ trì, lãnh đạo và quản trị của {unit.lower_name} đổi mẫu văn bản.")


def can_sign(user: User, day: date, unit: Unit) -> bool:
    """Whether the person may put the installation's signature on a paper of the unit."""
    return sits_in(user, day, *SIGNERS, unit=unit)


def can_sign_now(user: User, day: date, unit: Unit) -> bool:
    """Whether to show the person a button to sign: the right, and a certificate that this installation names."""
    return can_sign(user, day, unit) and can_sign_here()


def check_sign(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not sign a paper of the unit."""
    if not can_sign(user, day, unit):
        raise PermissionDenied(
            f"Chỉ cơ quan chủ trì, lãnh đạo, chủ tịch và thư ký Hội đồng của {unit.lower_name} ký số văn bản."
        )
