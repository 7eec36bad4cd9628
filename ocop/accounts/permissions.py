"""May this person: roles scoped to a unit and to dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.queries import grants_on
from ocop.accounts.states import SUBJECT_GIVERS, GrantState, Role
from ocop.core.clock import day_of
from ocop.places.models import Level, Unit
from ocop.places.queries import chain


def holds(user: User | AnonymousUser, day: date, *roles: Role, unit: Unit | None = None) -> bool:
    """Whether `user` holds one of `roles` on `day`: anywhere, or in `unit` or a unit above it."""
    above = {step.pk for step in chain(unit)} if unit is not None else None
    return any(grant.role in roles and (above is None or grant.unit_id in above) for grant in grants_on(user, day))


def sits_in(user: User | AnonymousUser, day: date, *roles: Role, unit: Unit) -> bool:
    """Whether `user` holds one of `roles` on `day` in `unit` itself, not only above it."""
    return any(grant.role in roles and grant.unit_id == unit.pk for grant in grants_on(user, day))


def stands_above(user: User | AnonymousUser, day: date, *roles: Role, unit: Unit) -> bool:
    """Whether `user` holds one of `roles` over a commune from above it, and is not the commune's officer as well."""
    over = unit.parent if unit.level == Level.COMMUNE else unit
    if over is None or holds(user, day, Role.COMMUNE_OFFICER, unit=unit):
        return False
    return holds(user, day, *roles, unit=over)


def with_role(*roles: Role) -> Callable[[HttpRequest], bool]:
    """A door test: the visitor holds one of `roles` today."""
    return lambda request: holds(request.user, day_of(request.now), *roles)  # type: ignore[attr-defined]


def can_manage_people(user: User | AnonymousUser, day: date) -> bool:
    """Only an administrator looks after accounts."""
    return holds(user, day, Role.ADMIN)


def can_give_role(user: User, day: date, role: Role, unit: Unit) -> bool:
    """An administrator gives roles in the own unit and under it; a subject's role also its offices and its people."""
    return holds(user, day, Role.ADMIN, unit=unit) or (
        role == Role.SUBJECT and holds(user, day, *SUBJECT_GIVERS, unit=unit)
    )


def check_give_role(user: User, day: date, role: Role, unit: Unit) -> None:
    """Refuse whoever may not give that role in that unit."""
    if not can_give_role(user, day, role, unit):
        raise PermissionDenied(f"Bạn không giao được vai trò “{role.label}” ở {unit.lower_name}.")


def can_manage_person(user: User, day: date, person: User) -> bool:
    """An administrator over every role that the person holds or will hold, so that nobody takes over a higher account.

    Roles that are over count where none is left. A subject's account is looked after from above its commune (ADR 13).
    """
    held = _roles_left(person, day) or list(person.grants.all())
    if not held:
        return can_manage_people(user, day)
    return all(
        stands_above(user, day, Role.ADMIN, unit=grant.unit)
        if grant.role == Role.SUBJECT
        else holds(user, day, Role.ADMIN, unit=grant.unit)
        for grant in held
    )


def check_manage_person(user: User, day: date, person: User) -> None:
    """Refuse whoever may not change that person's account."""
    if not can_manage_person(user, day, person):
        raise PermissionDenied("Người này còn vai trò ngoài phần bạn phụ trách. Hãy nhờ người quản trị cấp trên.")


def can_invite_again(user: User, day: date, person: User) -> bool:
    """Another's open account that holds only roles of a subject, each of which `user` could give.

    Which of them `user` may really invite again is the rule of room `registration`.
    """
    held = _roles_left(person, day)
    return (
        person.pk != user.pk
        and person.is_active
        and bool(held)
        and all(grant.role == Role.SUBJECT and can_give_role(user, day, Role.SUBJECT, grant.unit) for grant in held)
    )


def check_invite_again(user: User, day: date, person: User) -> None:
    """Refuse whoever may not send that person a new invitation."""
    if not can_invite_again(user, day, person):
        raise PermissionDenied("Bạn không cấp lại lời mời cho người này được. Hãy nhờ người quản trị cấp trên.")


def _roles_left(person: User, day: date) -> list[RoleGrant]:
    """The roles that the person holds or will hold (prefetch `grants__unit__parent__parent` for several people)."""
    return [grant for grant in person.grants.all() if grant.state_on(day) != GrantState.OVER]
