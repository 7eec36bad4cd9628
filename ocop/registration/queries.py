"""Reads of subjects, products and registrations."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.queries import grants_held, grants_on, holders, units_reached
from ocop.accounts.states import OFFICE_ROLES, Role
from ocop.audit.actions import thing_of
from ocop.audit.models import LedgerEntry
from ocop.core.search import matching
from ocop.places.models import Level, Unit
from ocop.places.queries import chain, upwards, within
from ocop.regime.queries import as_rules, current_versions
from ocop.registration.models import EarlierRecognition, Product, Registration, Subject
from ocop.registration.states import SubjectKind
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.queries import sets_of

OVERSEERS = (Role.COMMUNE_OFFICER, Role.LEAD_OFFICER, Role.HELPER, Role.LEADER)
# What the subject reads of who came to act for it, and who touched its people's passwords.
PEOPLE_ACTS = ("let_act_for", "invite_again", "replace_password")


def subjects_of(user: User, day: date) -> QuerySet[Subject]:
    """The subjects that `user` acts for, or that lie in the units the user works for."""
    seen = Q(pk__in=own_subjects(user, day).values("pk"))
    for grant in grants_on(user, day):
        if grant.role in OVERSEERS:
            seen |= Q(unit__in=within(grant.unit))
    return Subject.objects.filter(seen).distinct()


def oversees(user: User, day: date) -> bool:
    """Whether `user` works for a unit whose subjects it looks after."""
    return any(grant.role in OVERSEERS for grant in grants_on(user, day))


def subject_list(user: User, day: date, query: str = "") -> QuerySet[Subject]:
    """The subjects that `user` sees, with their unit and number of products, by name."""
    return with_counts(subjects_of(user, day).filter(matching(query)))


def with_counts(found: QuerySet[Subject]) -> QuerySet[Subject]:
    """The subjects with their unit and number of products, by name."""
    return (
        Subject.objects.filter(pk__in=found.values("pk"))
        .select_related("unit__parent")
        .annotate(product_count=Count("products"))
        .order_by("name", "pk")
    )


def own_subjects(user: User, day: date) -> QuerySet[Subject]:
    """The subjects that `user` acts for on `day`: one of its people, and holding a subject's role where it lies."""
    reached = units_reached(user, (Role.SUBJECT,), day).values("pk")
    return Subject.objects.filter(people=user, unit__in=reached).select_related("unit__parent__parent")


def registrations() -> QuerySet[Registration]:
    """Registrations with everything a page says of them."""
    return Registration.objects.select_related(
        "product__subject__unit__parent__parent",
        "batch__programme__unit",
        "batch__programme__regime_version",
        "set_version",
        "registered_by",
    ).defer("set_version__content", "batch__programme__regime_version__content")


def registrations_of(subject: Subject) -> QuerySet[Registration]:
    """The registrations of a subject's products, newest first."""
    return registrations().filter(product__subject=subject).order_by("-registered_at", "-pk")


def acts_for(user: User, day: date, subject: Subject) -> bool:
    """Whether `user` acts for the subject on `day`."""
    return own_subjects(user, day).filter(pk=subject.pk).exists()


def is_of(user: User, subject: Subject) -> bool:
    """Whether `user` is one of the subject's people, whatever role is held today: nobody's judge in the own cause."""
    return subject.people.filter(pk=user.pk).exists()


def offices_over(user: User, day: date, subject: Subject) -> list[RoleGrant]:
    """The office and council roles of `user` on `day` in units that the subject's unit lies in or contains."""
    return [
        grant
        for grant in grants_on(user, day)
        if grant.role in OFFICE_ROLES and (grant.unit in upwards(subject.unit) or subject.unit in upwards(grant.unit))
    ]


def registrations_seen(user: User, day: date) -> QuerySet[Registration]:
    """The registrations of every subject that `user` sees."""
    return registrations().filter(product__subject__in=subjects_of(user, day))


def products_of(subject: Subject) -> QuerySet[Product]:
    """The subject's products by name, with their registrations, newest first, ready as `entered`."""
    entered = registrations().order_by("-registered_at", "-pk")
    return subject.products.prefetch_related(Prefetch("registrations", entered, to_attr="entered"))


def people_of(subject: Subject) -> QuerySet[User]:
    """The people who act for the subject, by name."""
    return subject.people.order_by("full_name", "pk")


def active_people(subject: Subject, day: date) -> QuerySet[User]:
    """The people who can act for the subject on `day`: an open account and the role of subject where it lies."""
    acting = grants_held(day).filter(role=Role.SUBJECT, unit__in=[step.pk for step in chain(subject.unit)])
    return people_of(subject).filter(is_active=True, pk__in=acting.values("user"))


def untouched(people: list[User]) -> list[User]:
    """Those who never signed in and never did anything: their first invitation is still unanswered."""
    acted = set(LedgerEntry.objects.filter(actor__in=people).values_list("actor", flat=True))
    return [person for person in people if person.last_login is None and person.pk not in acted]


def people_history(subject: Subject) -> QuerySet[LedgerEntry]:
    """Who came to act for the subject and whose password was replaced, by whom, newest first."""
    threads = [thing_of(subject), *(thing_of(person) for person in people_of(subject))]
    return LedgerEntry.objects.filter(thread__in=threads, act__in=PEOPLE_ACTS).order_by("-seq")


def lead_officers_above(unit: Unit, day: date) -> QuerySet[User]:
    """Whom one asks above a commune: the officers of the lead offices over it on `day`."""
    leading = grants_held(day).filter(role=Role.LEAD_OFFICER, unit__in=[step.pk for step in chain(unit)[1:]])
    return User.objects.filter(is_active=True, pk__in=leading.values("user")).order_by("full_name", "pk")


def helpers_of(unit: Unit, day: date) -> QuerySet[User]:
    """Whom a subject of `unit` asks: the OCOP officers of its commune on `day`."""
    return holders((Role.COMMUNE_OFFICER,), unit, day)


def sets_by_sector(
    regime_code: str, query: str = "", chosen: int | None = None
) -> list[tuple[str, list[CriteriaSetVersion]]]:
    """The regime's criteria sets that fit `query`, and the chosen one in any case, grouped by sector of products."""
    fitting = sets_of(regime_code)
    if query:
        fitting = fitting.filter(matching(query) | Q(set_no=chosen))
    groups: dict[str, list[CriteriaSetVersion]] = {}
    for version in fitting:
        groups.setdefault(version.sector, []).append(version)
    return list(groups.items())


def recognised_stars() -> list[int]:
    """The stars that any generation of the law recognises."""
    regimes = (as_rules(version) for version in current_versions())
    return sorted({star for regime in regimes for level in regime.levels for star in level.recognises})


def products_seen(user: User, day: date) -> QuerySet[Product]:
    """The products of every subject that `user` sees."""
    return Product.objects.filter(subject__in=subjects_of(user, day)).select_related("subject__unit__parent__parent")


def earlier_recognition_of(product: Product) -> EarlierRecognition | None:
    """What is known of the product's recognition from before the system: the row entered last."""
    return product.earlier_recognitions.select_related("scan", "entered_by").last()


def subject_values(subject: Subject) -> dict[str, str]:
    """The subject as forms show it, by the names of the forms' values."""
    units = [unit.lower_name for unit in upwards(subject.unit) if unit.level != Level.CENTRE]
    return {
        "subject.name": subject.name,
        "subject.kind": SubjectKind(subject.kind).label,
        "subject.address": ", ".join(place for place in (subject.address, *units) if place),
        "subject.commune": subject.unit.bare_name,
        "subject.phone": subject.phone,
        "subject.email": subject.email,
        "subject.representative": subject.representative,
        "subject.position": subject.position,
        "subject.business_number": subject.business_number,
    }
