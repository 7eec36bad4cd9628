"""Reads of councils and their sessions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on, units_reached
from ocop.accounts.states import COUNCIL_ROLES, Role
from ocop.council.models import Bylaws, Council, Seat, Session
from ocop.council.states import HearingState
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.dossiers.states import DossierState
from ocop.places.models import Unit
from ocop.planning.queries import programmes
from ocop.regime.queries import as_rules


def current_bylaws(council: Council) -> Bylaws | None:
    """The newest version of the council's bylaws."""
    return council.bylaws.order_by("-version").first()


def councils_of(user: User, day: date) -> QuerySet[Council]:
    """The councils of the units the person works for as lead office, and those the person sits on."""
    units = [grant.unit_id for grant in grants_on(user, day) if grant.role in (Role.LEAD_OFFICER, Role.LEADER)]
    mine = seats_held(user, day).values("council")
    return Council.objects.filter(Q(unit__in=units) | Q(pk__in=mine)).select_related("unit")


def sessions_of(user: User, day: date) -> QuerySet[Session]:
    """The sessions of those councils, newest first, with how many hearings each has and how many are closed."""
    return (
        Session.objects.filter(council__in=councils_of(user, day).values("pk"))
        .select_related("council__unit", "batch__programme", "bylaws")
        .annotate(
            hearing_count=Count("hearings", distinct=True),
            closed_count=Count("hearings", filter=Q(hearings__state=HearingState.CLOSED), distinct=True),
        )
        .order_by("-held_on", "-pk")
    )


def seats_held(user: User, day: date) -> QuerySet[Seat]:
    """The seats by which the person acts on `day`: a seat without a council's role in its unit is history."""
    reached = units_reached(user, COUNCIL_ROLES, day).values("pk")
    return Seat.objects.filter(user=user, council__unit__in=reached)


def seat_of(user: User, day: date, council: Council) -> Seat | None:
    """The person's seat on the council, if the person may act by it on `day`."""
    return seats_held(user, day).filter(council=council).select_related("user", "council").first()


def seats_of(council: Council) -> QuerySet[Seat]:
    """The council's seats, in order of the decision."""
    return council.seats.select_related("user").order_by("pk")


def sits_on_any(user: User, day: date) -> bool:
    """Whether the person acts on `day` by a seat on any council."""
    return seats_held(user, day).exists()


def accepted_for(session: Session) -> QuerySet[Dossier]:
    """The accepted dossiers of the session's batch, not yet before a council."""
    return dossiers().filter(registration__batch=session.batch, state=DossierState.ACCEPTED).order_by("pk")


def first_council_levels(units: Collection[Unit]) -> list[tuple[str, str]]:
    """The levels whose council hears the units' dossiers first, as their regimes say: code and council."""
    found: dict[str, str] = {}
    for programme in programmes().filter(unit__in=units):
        regime = as_rules(programme.regime_version)
        level = regime.level(regime.first_council)
        found.setdefault(level.code, level.council)
    return list(found.items())
