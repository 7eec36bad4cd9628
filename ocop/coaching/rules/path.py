"""The cheapest set of raises that brings the points still missing: exact, one raise a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ocop.coaching.rules.advice import Advice
from ocop.rubric.rules import Criterion

NO_DAYS_KNOWN = 100_000  # a step whose time nobody knows comes after every other

Weight = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Raise:
    """One criterion raised from an option (None: none chosen yet) to a higher one.

    `free` when answers and papers already hold it; `lacking` says what still has to be there, in words.
    """

    criterion: Criterion
    from_place: int | None
    to_place: int
    advice: Advice | None = None
    free: bool = False
    lacking: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How a form names the raise."""
        return f"{self.criterion.code}:{self.to_place}"

    @property
    def gain(self) -> int:
        """The points it brings."""
        before = self.criterion.options[self.from_place - 1].points if self.from_place else 0
        return self.criterion.options[self.to_place - 1].points - before

    @property
    def label(self) -> str:
        """The option aimed at, in the law's words."""
        return self.criterion.options[self.to_place - 1].label

    @property
    def is_priced(self) -> bool:
        """Whether its cost is known."""
        return self.free or (self.advice is not None and self.advice.is_priced)

    @property
    def own(self) -> int:
        """What the subject pays itself at most, as far as known."""
        return 0 if self.free or self.advice is None else self.advice.own_high

    @property
    def days(self) -> int | None:
        """How many days it takes; None when nobody knows."""
        return 0 if self.free else self.advice.days if self.advice is not None else None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The raises of one criterion; one of them has to be taken when `must`."""

    raises: tuple[Raise, ...]
    must: bool = False


def weight_of(raises: Sequence[Raise]) -> Weight:
    """How dear raises are together: unknown costs, then own money, then the longest time. Less is better."""
    weight = (0, 0, 0)
    for step in raises:
        weight = _add(weight, step)
    return weight


def _add(weight: Weight, step: Raise) -> Weight:
    unknown, own, days = weight
    return unknown + (not step.is_priced), own + step.own, max(days, NO_DAYS_KNOWN if step.days is None else step.days)


def cheapest(ladders: Sequence[Ladder], need: int) -> tuple[Raise, ...] | None:
    """The lightest raises, at most one a ladder, that bring `need` points with every must; None when nothing does.

    Two sums first and a maximum last: the lightest whole is always made of lightest parts.
    """
    best: dict[int, tuple[Weight, tuple[Raise, ...]]] = {0: ((0, 0, 0), ())}
    for ladder in ladders:
        after: dict[int, tuple[Weight, tuple[Raise, ...]]] = {}
        for points, (weight, taken) in best.items():
            ways = [] if ladder.must else [(points, weight, taken)]
            ways += [(points + step.gain, _add(weight, step), (*taken, step)) for step in ladder.raises]
            for gained, heavy, way in ways:
                reached = min(gained, max(need, 0))
                if reached not in after or heavy < after[reached][0]:
                    after[reached] = heavy, way
        best = after
    found = best.get(max(need, 0))
    if found is None:
        return None
    musts = {ladder.raises[0].criterion.code for ladder in ladders if ladder.must and ladder.raises}
    return _without_needless(found[1], need, musts)


def _without_needless(raises: tuple[Raise, ...], need: int, musts: set[str]) -> tuple[Raise, ...]:
    """The raises without those that the points do not need: leaving one out never makes the rest dearer."""
    kept = list(raises)
    for step in sorted(raises, key=lambda step: (*weight_of([step]), -step.gain), reverse=True):
        if step.criterion.code not in musts and sum(each.gain for each in kept) - step.gain >= need:
            kept.remove(step)
    return tuple(kept)
