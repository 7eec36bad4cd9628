"""The way of one dossier: how it stands, what backs its claims, until when it may still be handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ocop.coaching.queries.advice import advices_for
from ocop.coaching.rules import Backing, Overclaim, Way, overclaims, way_to
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, judged_on, regime_of
from ocop.dossiers.rules import Forecast, forecast
from ocop.dossiers.states import EDITABLE, DossierState
from ocop.interview.queries import known_for
from ocop.rubric.queries import measures_of
from ocop.rubric.rules import CriteriaSet, Known, Measure, needs, support


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which the dossier may be handed in, None when it may not any more; `words` says it."""

    day: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands today, the stars worth showing a way to, and the way to one of them."""

    criteria_set: CriteriaSet
    forecast: Forecast
    unanswered: int
    targets: tuple[int, ...]
    way: Way | None
    overclaims: Sequence[Overclaim]
    deadline: Deadline


def standing_of(dossier: Dossier, star: int | None, day: date) -> Standing:
    """The way to `star`, or to the next one when that is not among the targets; no way above the highest star."""
    regime, criteria_set, choices = regime_of(dossier), criteria_of(dossier), dossier.choices
    told = forecast(regime, criteria_set, choices, dossier.registration.target_star)
    highest = max(band.star for band in regime.bands)
    wished = {told.star + 1, dossier.registration.target_star}
    targets = tuple(sorted(each for each in wished if told.star < each <= highest))
    backings = backings_of(dossier)
    way = None
    if targets:
        way = way_to(
            star if star in targets else targets[0],
            regime=regime,
            criteria_set=criteria_set,
            choices=choices,
            advices=advices_for(dossier.registration.product.subject.unit, regime.code, day),
            backings=backings,
        )
    return Standing(
        criteria_set=criteria_set,
        forecast=told,
        unanswered=sum(code not in choices for code in criteria_set.criteria),
        targets=targets,
        way=way,
        overclaims=overclaims(criteria_set, choices, backings),
        deadline=deadline_of(dossier, day),
    )


def backings_of(dossier: Dossier) -> Mapping[str, Backing]:
    """What answers and papers say of each criterion on the day its papers have to hold."""
    registration = dossier.registration
    batch = registration.batch
    known = known_for(registration.product, batch.programme.year, judged_on(batch).day)
    return {
        code: _backing(measure, known)
        for code, measure in measures_of(registration.set_version).criteria.items()
        if isinstance(measure, Measure)
    }


def _backing(measure: Measure, known: Known) -> Backing:
    said = support(measure, known)
    certain = said.known and not said.contradictions
    return Backing(
        # What the council looks at besides (`at_most`) no figure holds; what suffices (`at_least`) bounds no claim.
        holds=said.place if certain and said.bound != "at_most" else None,
        ceiling=(said.place or 0) if certain and said.bound != "at_least" else None,
        words=said.words,
        unproven=tuple(measure.papers[kind].name for kind in said.unproven if kind in measure.papers),
        needs=lambda place: needs(measure, known, place),
    )


def deadline_of(dossier: Dossier, day: date) -> Deadline:
    """Until when what is improved still reaches this batch."""
    batch = dossier.registration.batch
    if dossier.state not in EDITABLE:
        return Deadline(None, "Hồ sơ đã nộp: việc củng cố từ bây giờ tính cho lần đánh giá sau.")
    days = [batch.closes_on] if batch.is_open_on(day) else []
    if dossier.state == DossierState.RETURNED and dossier.due_on is not None and dossier.due_on >= day:
        days.append(dossier.due_on)
    if not days:
        return Deadline(None, f"{batch} không còn nhận hồ sơ: việc củng cố tính cho đợt sau.")
    return Deadline(max(days), f"{batch} nhận hồ sơ đến hết {max(days):%d/%m/%Y}.")
