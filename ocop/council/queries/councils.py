"""Reads of councils and their sessions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on, units_reached
from ocop.accounts.states import COUNCIL_ROLES, Role
from ocop.audit.models import LedgerEntry
from ocop.council.models import Bylaws, Council, Seat, Session
from ocop.council.states import HearingState
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.dossiers.states import DossierState
from ocop.places.models import Unit
from ocop.planning.queries import programmes
from ocop.regime.queries import as_rules
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.queries import sets_of


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
            closed_count=Count("hearings", filter=~Q(hearings__state=HearingState.OPEN), distinct=True),
        )
        .order_by("-held_on", "-pk")
    )


def added_later(day: date | Combinable, *, seat: str = "pk", council: str = "council_id") -> Exists:
    """Whether an amending decision gave the seat only after `day`; the first day stands in the entry of that act."""
    entries = LedgerEntry.objects.filter(
        act="add_seat",
        thread=Concat(Value("council.council:"), Cast(OuterRef(council), CharField())),
        thing=Concat(Value("council.seat:"), Cast(OuterRef(seat), CharField())),
    )
    last = day.isoformat() if isinstance(day, date) else Cast(day, CharField())
    return Exists(entries.annotate(since=Cast(KeyTextTransform("since", "facts"), CharField())).filter(since__gt=last))


def live_on(day: date | Combinable, prefix: str = "") -> Q:
    """That a seat has not ended before `day`."""
    return Q(**{f"{prefix}ended_on__isnull": True}) | Q(**{f"{prefix}ended_on__gte": day})


def seats_held(user: User, day: date) -> QuerySet[Seat]:
    """The seats by which the person acts on `day`: without a council's role in its unit, after its end or outside the
    council's term a seat is history."""
    reached = units_reached(user, COUNCIL_ROLES, day).values("pk")
    term = Q(council__term_from__isnull=True) | Q(council__term_from__lte=day)
    term &= Q(council__term_to__isnull=True) | Q(council__term_to__gte=day)
    return Seat.objects.filter(live_on(day), term, ~added_later(day), user=user, council__unit__in=reached)


def seat_of(user: User, day: date, council: Council) -> Seat | None:
    """The person's seat on the council, if the person may act by it on `day`."""
    return seats_held(user, day).filter(council=council).select_related("user", "council").first()


def seats_of(council: Council) -> QuerySet[Seat]:
    """The council's seats, in order of the decision."""
    return council.seats.select_related("user").order_by("pk")


def seats_on(council: Council, day: date) -> QuerySet[Seat]:
    """The seats that the council has on `day` (a session's day), in order of the decision."""
    return seats_of(council).filter(live_on(day), ~added_later(day))


def sits_in_session(session: str = "session") -> Exists:
    """Whether an outer seat (`seat`) belongs to the day of the session at `session`: for rows that hold both."""
    day = OuterRef(f"{session}__held_on")
    return Exists(
        Seat.objects.filter(live_on(day), ~added_later(OuterRef(day)), pk=OuterRef("seat")),
    )


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


def sectors_of(units: Collection[Unit]) -> list[tuple[str, str]]:
    """The sectors (nhóm sản phẩm) of the criteria sets of the units' regimes: code and name, in order of the annex."""
    codes = {programme.regime_version.code for programme in programmes().filter(unit__in=units)}
    found: dict[str, str] = {}
    for regime in sorted(codes):
        for code, name in sets_of(regime).order_by("set_no").values_list("content__sector__code", "sector"):
            if code:
                found.setdefault(code, f"{code}. {name[:1]}{name[1:].lower()}")
    return list(found.items())


def sector_codes(sets: Collection[int]) -> dict[int, str]:
    """The sector of each of these versions of criteria sets, by code; one query."""
    rows = CriteriaSetVersion.objects.filter(pk__in=sets).values_list("pk", "content__sector__code")
    return {key: code or "" for key, code in rows}
