"""Reads of decisions and certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on
from ocop.accounts.states import Role
from ocop.certificates.models import Certificate, Decision, DecisionLine
from ocop.certificates.rules import CHAIR, status_on
from ocop.certificates.states import CertificateStatus
from ocop.core.codes import clean_code
from ocop.core.search import matching
from ocop.council.models import Result
from ocop.council.queries import open_to, results_for, standing_of
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import bars_of
from ocop.dossiers.states import DossierState
from ocop.places.models import Unit
from ocop.places.queries import above_at
from ocop.planning.models import Batch
from ocop.regime.queries import as_rules
from ocop.regime.rules import Regime
from ocop.registration.queries import own_subjects

REGISTRARS = (Role.LEAD_OFFICER, Role.LEADER)
PATH = "dossier__registration__batch__programme__"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A product that waits for a decision, with the star and the mean it would be recognised with."""

    result: Result
    star: int | None
    mean: Fraction


@dataclass(frozen=True, slots=True)
class FromAbove:
    """A product that a level above recognised: its last answer, with the authority that gave it."""

    result: Result
    star: int
    authority: str
    document: str
    decided_on: date


def certificates() -> QuerySet[Certificate]:
    """Certificates with everything a page says of them, in one query."""
    return Certificate.objects.select_related(
        f"{PATH}regime_version", f"{PATH}unit", "product__subject", "unit", "paper"
    ).defer(f"{PATH}regime_version__content")


def register_of(user: User, day: date, query: str = "", star: int | None = None) -> QuerySet[Certificate]:
    """The certificates a person sees inside the office: one's own, or those of the units one works for."""
    seen = Q(product__subject__in=own_subjects(user, day))
    for grant in grants_on(user, day):
        if grant.role != Role.SUBJECT:
            seen |= (
                Q(unit=grant.unit)
                | Q(product__subject__unit=grant.unit)
                | Q(product__subject__unit__parent=grant.unit)
                | Q(product__subject__unit__parent__parent=grant.unit)
            )
    found = certificates().filter(seen).filter(matching(query)).distinct().order_by("-pk")
    return found.filter(star=star) if star is not None else found


def status_of(certificate: Certificate, day: date) -> CertificateStatus:
    """Where the certificate stands on `day`."""
    regime = as_rules(certificate.dossier.registration.batch.programme.regime_version)
    return status_on(regime, certificate.valid_from, certificate.valid_to, day)


def by_code(typed: str) -> Certificate | None:
    """The certificate of a public code, however it was typed, or None."""
    code = clean_code(typed)
    return certificates().filter(code=code).first() if code else None


def check_address(code: str) -> str:
    """The public address of a certificate's check, as its QR names it."""
    return f"{settings.OCOP_PUBLIC_URL}/xac-minh/{code}/"


def awaiting_decision(unit: Unit, user: User) -> list[Result]:
    """The results that wait for a decision of the unit and are in no draft yet, but for those shut for `user`."""
    found = open_to(user, results_for([unit], DossierState.TO_RECOGNISE))
    return list(found.filter(hearing__dossier__decision_line__isnull=True))


def standing_mean(result: Result) -> Fraction:
    """The exact mean that counts for the decision: the last answer from above, else the council's own."""
    forwarding = getattr(result, "forwarding", None)
    answers = list(forwarding.answers.all()) if forwarding is not None else []
    return Fraction(answers[-1].mean) if answers else result.mean


def waiting_by_batch(units: Sequence[Unit], user: User) -> list[tuple[Batch, list[Waiting]]]:
    """What waits for a decision of the units, batch by batch."""
    batches: dict[int, tuple[Batch, list[Waiting]]] = {}
    for unit in units:
        for result in awaiting_decision(unit, user):
            batch = result.hearing.dossier.registration.batch
            star, _ = standing_of(result)
            batches.setdefault(batch.pk, (batch, []))[1].append(Waiting(result, star, standing_mean(result)))
    return list(batches.values())


def awaiting_register(units: Sequence[Unit], user: User) -> QuerySet[Result]:
    """The results that a level above recognised and whose certificate is not entered yet; none shut for `user`."""
    found = open_to(user, results_for(units, DossierState.RECOGNISED_ABOVE))
    return found.select_related(f"hearing__{PATH}unit__parent__parent", "forwarding", "letter")


def from_above(result: Result) -> FromAbove:
    """What the level above answered last on a result that waits to be entered."""
    answer = list(result.forwarding.answers.all())[-1]
    programme = result.hearing.dossier.registration.batch.programme
    regime, unit = as_rules(programme.regime_version), above_at(programme.unit, answer.level)
    authority = authority_of(regime, unit) if unit else regime.level(answer.level).authority
    return FromAbove(result, answer.star, authority, answer.document, answer.decided_on)


def authority_of(regime: Regime, unit: Unit) -> str:
    """Who recognises for the unit, by name: its committee, or the chair where the regime names the chair."""
    if unit.parent_id is None:
        return regime.levels[-1].authority
    named = [level.authority for level in regime.levels if level.code == unit.level]
    return f"{CHAIR}{unit.committee}" if named and named[0].startswith(CHAIR) else unit.committee


def decisions_of(user: User, day: date) -> QuerySet[Decision]:
    """The decisions of the units the person prepares or signs for, newest first, with their number of products."""
    units = [grant.unit_id for grant in grants_on(user, day) if grant.role in REGISTRARS]
    return (
        Decision.objects.filter(unit__in=units)
        .select_related("unit", "batch__programme__regime_version", "paper", "prepared_by", "signed_by")
        .defer("batch__programme__regime_version__content")
        .annotate(line_count=Count("lines"))
    )


def decision_about(dossier: Dossier, user: User, day: date) -> Decision | None:
    """The decision, drafted or signed, that holds the dossier, if the person prepares or signs for its unit."""
    holding = Decision.objects.filter(lines__dossier=dossier)
    return decisions_of(user, day).filter(pk__in=holding.values("pk")).first()


def lines_of(decision: Decision) -> list[DecisionLine]:
    """The products of a decision in its order, with their dossier, subject and certificate."""
    return list(
        decision.lines.select_related("dossier__registration__product__subject__unit", "dossier__certificate").order_by(
            "pk"
        )
    )


def shut_in(decision: Decision, user: User) -> set[int]:
    """The keys of the decision's dossiers that are kept shut for `user`: their figures are not shown."""
    return set(bars_of(user).filter(dossier__decision_line__decision=decision).values_list("dossier_id", flat=True))


def to_sign(user: User, day: date) -> QuerySet[Decision]:
    """The drafts that wait for the person's signature as leader."""
    units = [grant.unit_id for grant in grants_on(user, day) if grant.role == Role.LEADER]
    return (
        Decision.objects.filter(unit__in=units, signed_at__isnull=True)
        .select_related("unit", "batch__programme")
        .prefetch_related("lines__dossier__registration__product")
        .annotate(line_count=Count("lines"))
    )
