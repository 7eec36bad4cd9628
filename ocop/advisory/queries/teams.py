"""Teams, their seats, and who acts by them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on, holders, units_reached
from ocop.accounts.states import Role
from ocop.advisory.models import Team, TeamSeat
from ocop.advisory.states import SCORING_ROLES, TeamRole
from ocop.dossiers.models import Dossier
from ocop.places.models import Unit
from ocop.planning.queries import programmes
from ocop.regime.queries import as_rules
from ocop.rubric.queries import sets_of

OFFICES = (Role.LEAD_OFFICER, Role.LEADER)


def acting_seats(user: User, day: date) -> QuerySet[TeamSeat]:
    """The seats by which the person acts on `day`: not ended, within the team's term, the helper's role still held."""
    reached = units_reached(user, [Role.HELPER], day).values("pk")
    return TeamSeat.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=day),
        Q(team__term_from__isnull=True) | Q(team__term_from__lte=day),
        Q(team__term_to__isnull=True) | Q(team__term_to__gte=day),
        user=user,
        team__unit__in=reached,
    ).select_related("team__unit")


def seat_of(user: User, day: date, team: Team) -> TeamSeat | None:
    """The person's seat on the team, if the person may act by it on `day`."""
    return acting_seats(user, day).filter(team=team).first()


def serving_seats(team: Team, day: date) -> QuerySet[TeamSeat]:
    """The seats that are not over on `day`, in the order of the decision."""
    return team.seats.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day)).select_related("user").order_by("pk")


def lead_of(team: Team, day: date) -> TeamSeat | None:
    """The team's lead on `day`."""
    return serving_seats(team, day).filter(role=TeamRole.LEAD).first()


def teams_of(user: User, day: date) -> QuerySet[Team]:
    """The teams of the units that the person leads or works for as lead office, and those the person sits on."""
    units = [grant.unit_id for grant in grants_on(user, day) if grant.role in OFFICES]
    mine = acting_seats(user, day).values("team")
    return Team.objects.filter(Q(unit__in=units) | Q(pk__in=mine)).select_related("unit")


def team_for(dossier: Dossier, day: date) -> Team | None:
    """The team that advises on the dossier: of its programme's unit and first council's level, the newest in term."""
    programme = dossier.registration.batch.programme
    return (
        Team.objects.filter(
            Q(term_from__isnull=True) | Q(term_from__lte=day),
            Q(term_to__isnull=True) | Q(term_to__gte=day),
            unit=programme.unit_id,
            level=as_rules(programme.regime_version).first_council,
        )
        .select_related("unit")
        .order_by("-decided_on", "-pk")
        .first()
    )


def eligible(units: Collection[Unit], day: date) -> QuerySet[User]:
    """Who may be given a seat: the helpers of the units who do not score for a council there."""
    found = User.objects.none()
    for unit in units:
        scoring = holders(SCORING_ROLES, unit, day).values("pk")
        found = found | User.objects.filter(
            pk__in=holders([Role.HELPER], unit, day).exclude(pk__in=scoring).values("pk")
        )
    return found.order_by("full_name", "pk")


def advisers_among(people: Collection[int], unit: Unit, day: date) -> set[int]:
    """Those of the people who sit on a team of the unit: they do not score for its council."""
    rows = TeamSeat.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day), team__unit=unit, user__in=people)
    return set(rows.values_list("user", flat=True))


def team_levels(units: Collection[Unit]) -> list[tuple[str, str]]:
    """The levels whose council the units' teams advise, as their regimes say: code and name of the level."""
    found: dict[str, str] = {}
    for programme in programmes().filter(unit__in=units):
        regime = as_rules(programme.regime_version)
        level = regime.level(regime.first_council)
        found.setdefault(level.code, level.name)
    return list(found.items())


def team_sectors(units: Collection[Unit]) -> list[str]:
    """The fields of products in the criteria sets of the units' programmes."""
    codes = programmes().filter(unit__in=units).order_by().values_list("regime_version__code", flat=True).distinct()
    return list(dict.fromkeys(sector for code in codes for sector in sets_of(code).values_list("sector", flat=True)))


def loads_of(team: Team, day: date) -> list[TeamSeat]:
    """The team's serving seats, each with `in_hand` (dossiers not reviewed yet) and `reviewed`, in one query."""
    given = Q(assignments__ended_at__isnull=True, assignments__isnull=False)
    done = Q(
        assignments__dossier__reviews__seat=F("pk"),
        assignments__dossier__reviews__state="done",
    )
    return list(
        serving_seats(team, day).annotate(
            given=Count("assignments", filter=given, distinct=True),
            reviewed=Count("assignments", filter=given & done, distinct=True),
        )
    )
