"""From a self-assessment to a star: what is already there, minimums first, then the cheapest points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ocop.coaching.rules.advice import Advice, advice_for, cannot_be_raised
from ocop.coaching.rules.path import Ladder, Raise, cheapest
from ocop.regime.rules import Regime
from ocop.rubric.rules import CriteriaSet, Criterion, Need, minimums, missed, total_of


@dataclass(frozen=True, slots=True)
class Backing:
    """What answers and papers say of a criterion.

    `holds` is the option they hold (None: nothing says so), `ceiling` the one above which they contradict a claim
    (0 for none at all, None: nothing says so), `unproven` the names of papers that would still prove it, and `needs`
    what each option still lacks.
    """

    holds: int | None = None
    ceiling: int | None = None
    words: str = ""
    unproven: tuple[str, ...] = ()
    needs: Callable[[int], tuple[Need, ...]] = field(default=lambda place: (), compare=False)


@dataclass(frozen=True, slots=True)
class Overclaim:
    """A chosen option above what answers and papers hold."""

    criterion: Criterion
    place: int
    words: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a star. `total` is today's; `free` are raises that answers and papers already hold.

    `forced` lift minimums, `others` bring the points still missing, cheapest first; both are empty when the star is
    out of reach, and then `most` is the greatest total there is and `blocked` the minimums that nothing lifts.
    """

    star: int
    least: int
    total: int
    below: tuple[str, ...]
    reached: bool
    free: tuple[Raise, ...] = ()
    forced: tuple[Raise, ...] = ()
    others: tuple[Raise, ...] = ()
    most: int = 0
    blocked: tuple[Criterion, ...] = ()

    @property
    def missing(self) -> int:
        """The points still missing today."""
        return max(self.least - self.total, 0)

    @property
    def steps(self) -> tuple[Raise, ...]:
        """Every raise, in the order to be read."""
        return (*self.free, *self.forced, *self.others)

    @property
    def after(self) -> int:
        """The total when every raise is done."""
        return self.total + sum(step.gain for step in self.steps)


@dataclass(frozen=True, slots=True)
class Money:
    """What raises cost together, each step of an office once: own money between two sums, and what support pays."""

    own_low: int
    own_high: int
    paid: int
    unknown: int


def way_to(
    star: int,
    *,
    regime: Regime,
    criteria_set: CriteriaSet,
    choices: Mapping[str, int | None],
    advices: Sequence[Advice],
    backings: Mapping[str, Backing],
) -> Way:
    """The cheapest way from the choices to the star: what is there already, minimums, then points."""
    least = next(band.least for band in regime.bands if band.star == star)
    total, below = total_of(criteria_set, choices), tuple(missed(criteria_set, choices, star))
    free = tuple(_free(criteria_set, choices, backings, advices))
    start = {**choices, **{step.criterion.code: step.to_place for step in free}}
    wanted = minimums(criteria_set, star)
    ladders, blocked, most = [], [], 0
    for code, criterion in criteria_set.criteria.items():
        place = start.get(code)
        points = criterion.options[place - 1].points if place else 0
        raises = tuple(_raises(criterion, place, advices, backings.get(code, Backing()), wanted.get(code, 0)))
        must = points < wanted.get(code, 0)
        if must and not raises:
            blocked.append(criterion)
        most += max([points, *(points + step.gain for step in raises)])
        ladders.append(Ladder(raises, must))
    found = None if blocked else cheapest(ladders, least - total_of(criteria_set, start))
    if found is None:
        return Way(star, least, total, below, False, free, most=most, blocked=tuple(blocked))
    forced = {ladder.raises[0].criterion.code for ladder in ladders if ladder.must}
    return Way(
        star=star,
        least=least,
        total=total,
        below=below,
        reached=True,
        free=free,
        forced=tuple(sorted((step for step in found if step.criterion.code in forced), key=_cheap_first)),
        others=tuple(sorted((step for step in found if step.criterion.code not in forced), key=_cheap_first)),
        most=most,
    )


def _cheap_first(step: Raise) -> tuple[bool, int, int, int]:
    return not step.is_priced, step.own, step.days or 0, step.criterion.place


def _free(
    criteria_set: CriteriaSet,
    choices: Mapping[str, int | None],
    backings: Mapping[str, Backing],
    advices: Sequence[Advice],
) -> list[Raise]:
    """The raises that answers and papers already hold, though a lower option (or none) is chosen."""
    found = []
    for code, criterion in criteria_set.criteria.items():
        holds, place = backings.get(code, Backing()).holds, choices.get(code)
        if holds and _may_step(criterion, place, holds):
            found.append(Raise(criterion, place, holds, free=True, lacking=backings[code].unproven))
    return found


def _raises(
    criterion: Criterion, place: int | None, advices: Sequence[Advice], backing: Backing, least: int
) -> list[Raise]:
    """Every step up from an option to one that keeps the minimum, each with what an office knows of it."""
    if cannot_be_raised(advices, criterion.name):
        return []
    found = []
    for to_place, option in enumerate(criterion.options, start=1):
        if option.points < least or not _may_step(criterion, place, to_place):
            continue
        needs = backing.needs(to_place)
        papers = {paper for need in needs for paper in need.papers}
        figure = any(need.figure for need in needs)
        advice = advice_for(advices, criterion=criterion.name, option=option.label, papers=papers, figure=figure)
        found.append(Raise(criterion, place, to_place, advice, lacking=tuple(map(_lacking, needs))))
    return found


def _lacking(need: Need) -> str:
    return f"{need.words} (hiện {need.now})" if need.now else need.words


def _may_step(criterion: Criterion, place: int | None, to_place: int) -> bool:
    """Whether the other option brings more points; options written for another case of the product do not count."""
    here, there = criterion.options[place - 1] if place else None, criterion.options[to_place - 1]
    if here is not None and here.case != there.case:
        return False
    return there.points > (here.points if here is not None else 0)


def overclaims(
    criteria_set: CriteriaSet, choices: Mapping[str, int | None], backings: Mapping[str, Backing]
) -> list[Overclaim]:
    """The choices that answers and papers do not hold: points that may fall away before the council."""
    found = []
    for code, criterion in criteria_set.criteria.items():
        place, ceiling = choices.get(code), backings.get(code, Backing()).ceiling
        if place and ceiling is not None:
            held = criterion.options[ceiling - 1].points if ceiling else 0
            if criterion.options[place - 1].points > held:
                found.append(Overclaim(criterion, place, backings[code].words))
    return found


def money_of(raises: Sequence[Raise]) -> Money:
    """What the raises cost together; a step that serves several criteria is paid once."""
    once = {step.advice.code: step.advice for step in raises if not step.free and step.advice and step.is_priced}
    return Money(
        own_low=sum(advice.own_low for advice in once.values()),
        own_high=sum(advice.own_high for advice in once.values()),
        paid=sum(advice.paid for advice in once.values()),
        unknown=sum(not step.is_priced for step in raises),
    )


def last_step(raises: Sequence[Raise], start: date) -> date | None:
    """The day on which the longest of the raises is done when all start together; None while a time is unknown."""
    days = [step.days for step in raises]
    known = [each for each in days if each is not None]
    return start + timedelta(days=max(known, default=0)) if len(known) == len(days) else None


def missing_words(way: Way) -> str:
    """How far the star is, in one sentence."""
    lacks = [f"{way.missing} điểm"] if way.missing else []
    lacks += [f"{len(way.below)} mức tối thiểu"] if way.below else []
    if not lacks:
        return f"Tự đánh giá đã đủ điểm và đủ mức tối thiểu của {way.star} sao."
    return f"Còn {' và '.join(lacks)} nữa là {way.star} sao."
