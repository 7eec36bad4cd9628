"""What the team has to do: dossiers, who has which, how far each review is, who must keep away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ocop.accounts.models import User
from ocop.advisory.models import AdviceRow, AdvisoryReport, Assignment, Review, Team
from ocop.advisory.queries.teams import acting_seats
from ocop.advisory.states import ReviewState, Standing, TeamRole
from ocop.consent.models import Consent
from ocop.dossiers.models import Dossier, ReadingBar
from ocop.dossiers.queries import bars_of, dossiers, regime_of, step_of
from ocop.dossiers.states import DossierState
from ocop.planning.queries import programmes
from ocop.regime.queries import as_rules
from ocop.regime.rules import Regime
from ocop.registration.models import SubjectPerson

OFFICE_STEP = "check"  # the step of the office that receives for the council; the commune's comes before it
WITH_COUNCIL = (DossierState.ACCEPTED, DossierState.IN_COUNCIL)


def office_steps(regime: Regime) -> set[str]:
    """The intake steps during which the team may already look at a dossier."""
    return {step.code for step in regime.intake if step.kind == OFFICE_STEP}


def is_at_work(dossier: Dossier) -> bool:
    """Whether the dossier is with the receiving office or the council: then the team works on it."""
    if dossier.state == DossierState.SUBMITTED:
        step = step_of(dossier)
        return step is not None and step.code in office_steps(regime_of(dossier))
    return dossier.state in WITH_COUNCIL


def team_work(team: Team, user: User) -> QuerySet[Dossier]:
    """The dossiers that the team advises on, newest first, without those kept shut for `user` and its own.

    Each carries `given` (reviewers), `begun` and `done` (their reviews) and `reported`.
    """
    heard, steps = [], set()
    for programme in programmes().filter(unit=team.unit):
        regime = as_rules(programme.regime_version)
        if regime.first_council == team.level:
            heard.append(programme.pk)
            steps |= office_steps(regime)
    at_work = Q(state__in=WITH_COUNCIL) | Q(state=DossierState.SUBMITTED, step__in=steps)
    reports = AdvisoryReport.objects.filter(dossier=OuterRef("pk"))
    given = Q(assignments__ended_at__isnull=True, assignments__isnull=False)
    seat = Q(assignments__seat__reviews__dossier=F("pk"))
    done = Q(assignments__seat__reviews__state=ReviewState.DONE)
    return (
        dossiers()
        .filter(registration__batch__programme__in=heard)
        .filter(at_work | Q(Exists(reports)))
        .exclude(pk__in=bars_of(user).values("dossier"))
        .exclude(registration__product__subject__people=user)
        .annotate(
            given=Count("assignments", filter=given, distinct=True),
            begun=Count("assignments", filter=given & seat, distinct=True),
            done=Count("assignments", filter=given & seat & done, distinct=True),
            reported=Exists(reports),
        )
        .order_by("-pk")
    )


def standing_of(dossier: Dossier) -> Standing:
    """Where a dossier read by `team_work` stands with the team."""
    row = dossier
    if row.reported:  # type: ignore[attr-defined]
        return Standing.REPORTED
    if not row.given:  # type: ignore[attr-defined]
        return Standing.UNASSIGNED
    if row.done == row.given:  # type: ignore[attr-defined]
        return Standing.REVIEWED
    return Standing.REVIEWING if row.begun else Standing.ASSIGNED  # type: ignore[attr-defined]


def in_standing(found: Any, standing: str) -> QuerySet[Dossier]:
    """The dossiers of `team_work` in one standing; all of them for a word that is none."""
    open_work = found.filter(reported=False)
    narrowed = {
        Standing.UNASSIGNED: open_work.filter(given=0),
        Standing.ASSIGNED: open_work.filter(given__gt=0, begun=0),
        Standing.REVIEWING: open_work.filter(begun__gt=0, done__lt=F("given")),
        Standing.REVIEWED: open_work.filter(given__gt=0, done=F("given")),
        Standing.REPORTED: found.filter(reported=True),
    }
    return narrowed[Standing(standing)] if standing in Standing.values else found


def live_assignments() -> QuerySet[Assignment]:
    """The assignments that count, each with its seat's person."""
    return Assignment.objects.filter(ended_at__isnull=True).select_related("seat__user", "seat__team")


def given_on(found: Iterable[Dossier]) -> dict[int, list[Assignment]]:
    """Who has which of the dossiers, with `state_of_review` in words, in two queries."""
    keys = [dossier.pk for dossier in found]
    states = {
        (dossier, seat): ReviewState(state).label
        for dossier, seat, state in Review.objects.filter(dossier__in=keys).values_list("dossier", "seat", "state")
    }
    rows: dict[int, list[Assignment]] = defaultdict(list)
    for row in live_assignments().filter(dossier__in=keys).order_by("pk"):
        row.state_of_review = states.get((row.dossier_id, row.seat_id), "Chưa xem")  # type: ignore[attr-defined]
        rows[row.dossier_id].append(row)
    return rows


def assignments_of(user: User, day: date) -> QuerySet[Assignment]:
    """The person's own assignments by seats held on `day`, oldest first; not those it may not open."""
    return (
        live_assignments()
        .filter(seat__in=acting_seats(user, day).values("pk"))
        .exclude(dossier__in=bars_of(user).values("dossier"))
        .exclude(dossier__registration__product__subject__people=user)
        .order_by("pk")
    )


def assignment_of(user: User, day: date, dossier: Dossier) -> Assignment | None:
    """The person's assignment to review the dossier, if it may act by it on `day`."""
    return assignments_of(user, day).filter(dossier=dossier).first()


def to_review(user: User, day: date) -> QuerySet[Assignment]:
    """The person's assignments whose review is not done and whose report is not in: for its list of work."""
    done = Review.objects.filter(seat=OuterRef("seat"), dossier=OuterRef("dossier"), state=ReviewState.DONE)
    reports = AdvisoryReport.objects.filter(dossier=OuterRef("dossier"))
    return (
        assignments_of(user, day)
        .filter(~Exists(done), ~Exists(reports), dossier__state__in=(DossierState.SUBMITTED, *WITH_COUNCIL))
        .select_related("dossier__registration__product__subject__unit", "dossier__registration__batch")
    )


def to_report(user: User, day: date) -> QuerySet[Dossier]:
    """The dossiers of the teams that the person leads, reviewed by all they were given to: for its list of work."""
    found = Dossier.objects.none()
    for seat in acting_seats(user, day).filter(role=TeamRole.LEAD):
        reviewed = in_standing(team_work(seat.team, user), Standing.REVIEWED)
        found = found | dossiers().filter(pk__in=reviewed.values("pk"))
    return found.order_by("pk")


def review_by(assignment: Assignment) -> Review | None:
    """The review written under an assignment, or None."""
    return Review.objects.filter(dossier=assignment.dossier_id, seat=assignment.seat_id).first()


def reviews_of(dossier: Dossier) -> list[Review]:
    """The reviews of those to whom the dossier is given, in the order of their assignments."""
    seats = list(live_assignments().filter(dossier=dossier).order_by("pk").values_list("seat", flat=True))
    rows = Review.objects.filter(dossier=dossier, seat__in=seats).select_related("seat__user")
    return sorted(rows, key=lambda row: seats.index(row.seat_id))


def rows_of(reviews: Collection[Review]) -> dict[int, dict[str, AdviceRow]]:
    """Each review's newest advice by criterion, in one query."""
    newer = AdviceRow.objects.filter(
        review=OuterRef("review"), criterion=OuterRef("criterion"), revision__gt=OuterRef("revision")
    )
    found: dict[int, dict[str, AdviceRow]] = {review.pk: {} for review in reviews}
    for row in AdviceRow.objects.filter(~Exists(newer), review__in=found):
        found[row.review_id][row.criterion] = row
    return found


def kept_away(found: Collection[Dossier], people: Collection[int]) -> dict[int, set[int]]:
    """Dossier → the people it must not go to: of its subject, or kept out by the council's door."""
    away: dict[int, set[int]] = {dossier.pk: set() for dossier in found}
    subjects: dict[int, list[int]] = defaultdict(list)
    for dossier in found:
        subjects[dossier.registration.product.subject_id].append(dossier.pk)
    own = SubjectPerson.objects.filter(subject__in=subjects, user__in=people).values_list("subject", "user")
    for subject, user in own:
        for key in subjects[subject]:
            away[key].add(user)
    bars = ReadingBar.objects.filter(dossier__in=away, user__in=people, lifted_at__isnull=True)
    for key, user in bars.values_list("dossier", "user"):
        away[key].add(user)
    return away


def helped(found: Collection[Dossier], people: Collection[int]) -> dict[int, set[int]]:
    """Dossier → the people who were let type for its subject: not assigned by the machine, said openly elsewhere."""
    rows: dict[int, set[int]] = {dossier.pk: set() for dossier in found}
    subjects: dict[int, list[int]] = defaultdict(list)
    for dossier in found:
        subjects[dossier.registration.product.subject_id].append(dossier.pk)
    for subject, user in Consent.objects.filter(subject__in=subjects, helper__in=people).values_list(
        "subject", "helper"
    ):
        for key in subjects[subject]:
            rows[key].add(user)
    return rows
