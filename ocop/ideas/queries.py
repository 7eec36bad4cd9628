"""Reads of ideas: who sees which, and what waits for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on
from ocop.accounts.states import Role
from ocop.consent.queries import helped_by
from ocop.core.search import matching
from ocop.ideas.models import Idea, Opinion, PlanStep
from ocop.ideas.states import IdeaState
from ocop.interview.queries import Missing, missing_of
from ocop.places.queries import within
from ocop.regime.forms import layouts_of
from ocop.registration.models import Subject
from ocop.registration.queries import OVERSEERS, own_subjects
from ocop.rubric.queries import sets_of


def ideas() -> QuerySet[Idea]:
    """Ideas with everything a list or page says of them."""
    return Idea.objects.select_related(
        "unit__parent__parent", "subject__unit", "product", "programme__unit", "programme__regime_version", "entered_by"
    ).defer("programme__regime_version__content")


def ideas_of(user: User, day: date) -> QuerySet[Idea]:
    """The ideas that `user` reads: of one's own subjects, sent in from one's units, one's own drafts there."""
    seen = Q(subject__in=own_subjects(user, day).values("pk"))
    for grant in grants_on(user, day):
        if grant.role in OVERSEERS:
            seen |= Q(unit__in=within(grant.unit)) & (~Q(state=IdeaState.DRAFT) | Q(entered_by=user, subject=None))
    seen |= Q(subject__in=helped_by(user, day).values("subject"))
    return ideas().filter(seen)


def idea_list(user: User, day: date, *, query: str = "", state: str = "", year: int | None = None) -> QuerySet[Idea]:
    """The ideas that `user` reads and that fit the filters, with whether a step of the plan is late."""
    late = PlanStep.objects.filter(idea=OuterRef("pk"), removed_at__isnull=True, percent__lt=100, ends_on__lt=day)
    found = ideas_of(user, day).filter(matching(query)).annotate(late=Exists(late))
    if state in IdeaState.values:
        found = found.filter(state=state)
    if year is not None:
        found = found.filter(programme__year=year)
    return found


def years_of(user: User, day: date) -> list[int]:
    """The years of the ideas that `user` reads, newest first."""
    years = ideas_of(user, day).order_by("-programme__year").values_list("programme__year", flat=True)
    return list(years.distinct())


def counts(user: User, day: date) -> dict[str, int]:
    """How many of the ideas that `user` reads stand in each state."""
    rows = ideas_of(user, day).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def steps_of(idea: Idea) -> QuerySet[PlanStep]:
    """The steps of the plan, in the order of their days."""
    return idea.steps.filter(removed_at__isnull=True)


def opinions_of(idea: Idea) -> QuerySet[Opinion]:
    """What offices said, oldest first."""
    return idea.opinions.select_related("by")


def sectors_of(regime_code: str) -> list[str]:
    """The groups of products of a regime, as its annex names them."""
    return list(dict.fromkeys(sets_of(regime_code).values_list("sector", flat=True)))


def subjects_to_link(idea: Idea) -> QuerySet[Subject]:
    """The subjects of the idea's commune, to which the idea of somebody without a subject can be linked."""
    return Subject.objects.filter(unit=idea.unit).order_by("name", "pk")


def waiting_for(user: User, day: date) -> QuerySet[Idea]:
    """The ideas in which the next move is `user`'s, the oldest first."""
    waiting = Q(subject__in=own_subjects(user, day).values("pk")) & Q(
        state__in=(IdeaState.DRAFT, IdeaState.NEEDS_WORK, IdeaState.ACCEPTED, IdeaState.CARRYING_OUT)
    )
    for grant in grants_on(user, day):
        if grant.role == Role.COMMUNE_OFFICER:
            waiting |= Q(unit=grant.unit, state=IdeaState.SENT)
            waiting |= Q(unit=grant.unit, subject__isnull=True, state__in=(IdeaState.DRAFT, IdeaState.NEEDS_WORK))
        if grant.role == Role.LEAD_OFFICER:
            waiting |= Q(programme__unit=grant.unit, state__in=(IdeaState.REVIEWING, IdeaState.PLAN_SENT))
    return ideas().filter(waiting).order_by("state_since", "pk")


def plan_gaps(idea: Idea) -> list[Missing]:
    """The questions of the plan that are still unanswered; none before there is a product."""
    if idea.product is None:
        return []
    layouts = layouts_of(idea.programme.regime_version.code)
    forms = [code for code, layout in layouts.items() if "idea" in layout.part_of]
    return missing_of(idea.product, idea.programme.year, forms)
