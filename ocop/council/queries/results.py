"""Reads of frozen results and of what followed them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop.accounts.models import User
from ocop.council.models import Forwarding, Result
from ocop.council.queries.hearings import HEARING_JOINS, HEAVY
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import bars_of
from ocop.dossiers.states import DossierState
from ocop.places.models import Unit


def result_of(dossier: Dossier) -> Result | None:
    """The newest frozen result of the dossier, or None."""
    return (
        Result.objects.filter(hearing__dossier=dossier)
        .select_related("hearing__session__council", "hearing__session__bylaws")
        .order_by("-pk")
        .first()
    )


def results_for(units: Sequence[Unit], *states: DossierState) -> QuerySet[Result]:
    """The newest results of dossiers that stand in one of the states, of the units' programmes, oldest first."""
    return (
        Result.objects.filter(
            hearing__dossier__state__in=states, hearing__dossier__registration__batch__programme__unit__in=units
        )
        .exclude(Exists(Result.objects.filter(hearing__dossier=OuterRef("hearing__dossier"), pk__gt=OuterRef("pk"))))
        .select_related(*(f"hearing__{path}" for path in HEARING_JOINS), "forwarding", "letter")
        .defer(*(f"hearing__{path}" for path in HEAVY))
        .prefetch_related("forwarding__answers")
        .order_by("pk")
    )


def forwarded_below(units: Sequence[Unit], own: Sequence[Unit] = ()) -> QuerySet[Result]:
    """The forwarded results that wait for an answer: those of the units, of the units under them, and of `own` ones."""
    inside = {unit.pk for unit in units}
    senders = Unit.objects.filter(Q(pk__in=inside) | Q(parent__in=inside) | Q(pk__in=[unit.pk for unit in own]))
    return results_for(list(senders), DossierState.FORWARDED)


def standing_of(result: Result) -> tuple[int | None, str]:
    """The star that counts for the decision and whose it is: the last answer from above, else the council's own."""
    forwarding = getattr(result, "forwarding", None)
    answers = list(forwarding.answers.all()) if forwarding is not None else []
    return (answers[-1].star, answers[-1].level) if answers else (result.star, result.hearing.session.council.level)


def open_to(user: User, results: QuerySet[Result]) -> QuerySet[Result]:
    """Of these results, those whose dossier is not kept shut for the person."""
    return results.exclude(hearing__dossier__in=bars_of(user).values("dossier"))


def was_forwarded(dossier: Dossier) -> bool:
    """Whether a result of the dossier was handed over to the level above."""
    return Forwarding.objects.filter(result__hearing__dossier=dossier).exists()
