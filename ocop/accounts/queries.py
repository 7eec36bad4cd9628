"""Reads of people and their roles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Prefetch, Q, QuerySet
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.rules import normal_phone
from ocop.accounts.states import DEMO_DOMAIN, Role
from ocop.core.search import fold
from ocop.places.models import Unit
from ocop.places.queries import units_on, within


@dataclass(frozen=True, slots=True)
class DemoGroup:
    """The demo accounts of one programme: the first holder of each role, then the others."""

    year: int | None
    unit: Unit
    first: list[RoleGrant]
    others: list[RoleGrant]


def find_by_login(login: str) -> User | None:
    """The person who signs in with that e-mail address or phone number."""
    login = login.strip()
    if "@" in login:
        return User.objects.filter(email__iexact=login).first()
    phone = normal_phone(login)
    return User.objects.filter(phone=phone).first() if phone else None


def invitation_of(user: User) -> tuple[str, str]:
    """Who is invited and the token that lets the person choose the own password: once, for `PASSWORD_RESET_TIMEOUT`."""
    return urlsafe_base64_encode(str(user.pk).encode()), default_token_generator.make_token(user)


def invited(who: str, token: str) -> User | None:
    """The person of an invitation that still holds: not used, not too old, the account not shut."""
    try:
        user = User.objects.filter(pk=int(force_str(urlsafe_base64_decode(who))), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and default_token_generator.check_token(user, token) else None


def grants_on(user: User | AnonymousUser, day: date) -> list[RoleGrant]:
    """The roles that `user` holds on `day`, with their units; read once per user object and day."""
    if not isinstance(user, User):
        return []
    known: dict[date, list[RoleGrant]] = user.__dict__.setdefault("_grants", {})
    if day not in known:
        known[day] = list(
            user.grants.filter(valid_from__lte=day)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
            .select_related("unit__parent__parent")
        )
    return known[day]


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Every role that `user` held, holds or will hold, the latest first."""
    return user.grants.select_related("unit__parent__parent").order_by("-valid_from", "-pk")


def people(query: str = "") -> QuerySet[User]:
    """Everybody who can sign in, by name; every word of `query` occurs in name, e-mail or phone, accents aside."""
    found = User.objects.order_by("full_name", "pk")
    words = fold(query).split()
    if words:
        # Folded here: neither database compares Vietnamese without accents, and an office has few accounts.
        texts = found.values_list("pk", "full_name", "email", "phone")
        found = found.filter(
            pk__in=[
                pk
                for pk, name, email, phone in texts
                if all(word in fold(name, email or "", phone or "") for word in words)
            ]
        )
    return found


def people_under(user: User, day: date, query: str = "") -> QuerySet[User]:
    """The people whom the administrator `user` may look after: with a role under the user's units, or with none."""
    mine = Q(grants__isnull=True)
    for unit in units_of(user, (Role.ADMIN,), day):
        mine |= Q(grants__unit__in=within(unit))
    return people(query).filter(pk__in=User.objects.filter(mine).values("pk"))


def grants_held(day: date) -> QuerySet[RoleGrant]:
    """Everybody's roles that are held on `day`."""
    return RoleGrant.objects.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def with_grants(found: QuerySet[User], day: date) -> QuerySet[User]:
    """The people with the roles they hold on `day` ready as `held`."""
    return found.prefetch_related(Prefetch("grants", grants_held(day).select_related("unit"), to_attr="held"))


def holders(roles: Collection[Role], unit: Unit, day: date) -> QuerySet[User]:
    """The active people who hold one of `roles` in `unit` or under it on `day`."""
    return (
        User.objects.filter(is_active=True)
        .filter(
            Q(grants__valid_to__isnull=True) | Q(grants__valid_to__gte=day),
            grants__role__in=list(roles),
            grants__unit__in=within(unit),
            grants__valid_from__lte=day,
        )
        .distinct()
        .order_by("full_name")
    )


def units_of(user: User, roles: Collection[Role], day: date) -> list[Unit]:
    """The units in which `user` holds one of `roles` on `day`."""
    return [grant.unit for grant in grants_on(user, day) if grant.role in roles]


def units_reached(user: User, roles: Collection[Role], day: date) -> QuerySet[Unit]:
    """The units in which, or above which, `user` holds one of `roles` on `day`."""
    mine = Q(pk__in=[])
    for unit in units_of(user, roles, day):
        mine |= Q(pk__in=within(unit))
    return Unit.objects.filter(mine)


def units_under(user: User, roles: Collection[Role], day: date) -> QuerySet[Unit]:
    """Of these, the units in existence on `day`, with the unit above each."""
    found = units_on(day).filter(pk__in=units_reached(user, roles, day).values("pk"))
    return found.select_related("parent").order_by("parent__name", "name")


def demo_accounts() -> QuerySet[User]:
    """The accounts of the demo, in the order they were made: nobody else can be entered without a password."""
    return User.objects.filter(is_active=True, practice_day__isnull=False, email__endswith=f"@{DEMO_DOMAIN}").order_by(
        "pk"
    )


def demo_groups() -> list[DemoGroup]:
    """The demo accounts by the year they live in, each with its first role; the lead office's unit names the group."""
    grants: dict[int, RoleGrant] = {}
    rows = RoleGrant.objects.filter(user__in=demo_accounts()).select_related("user", "unit__parent__parent")
    for grant in rows.order_by("user_id", "pk"):
        grants.setdefault(grant.user_id, grant)
    years: dict[int | None, list[RoleGrant]] = {}
    for grant in grants.values():
        day = grant.user.practice_day
        years.setdefault(day.year if day else None, []).append(grant)
    return [_demo_group(year, found) for year, found in sorted(years.items(), key=lambda pair: pair[0] or 0)]


def _demo_group(year: int | None, grants: list[RoleGrant]) -> DemoGroup:
    by_role: dict[str, RoleGrant] = {}
    for grant in grants:
        by_role.setdefault(grant.role, grant)
    first = list(by_role.values())
    lead = by_role.get(Role.LEAD_OFFICER, grants[0])
    return DemoGroup(year, lead.unit, first, [grant for grant in grants if grant not in first])
