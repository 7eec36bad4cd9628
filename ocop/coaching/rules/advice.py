"""What an office knows of a step: what it raises, what it usually costs, how long it takes, who pays part of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ocop.core.search import fold

BEYOND = "-"  # in front of a word that the option aimed at must not have


@dataclass(frozen=True, slots=True)
class Advice:
    """A step. `criteria` and `option` are words that occur in the names of criteria and of the option aimed at; an
    option with a word of `option` that has a minus in front (“-quốc tế”) is beyond the step.

    `papers` are the kinds of paper the step brings. Without `cost_high` the cost is unknown, never nothing. `fixed`
    says that no step raises the criterion at all. `unit` is the office that wrote it, empty for the shipped ones.
    """

    code: str
    name: str
    what: str = ""
    regime: str = ""
    criteria: tuple[str, ...] = ()
    option: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    cost_low: int | None = None
    cost_high: int | None = None
    days: int | None = None
    support_name: str = ""
    support_percent: int = 0
    support_cap: int | None = None
    support_note: str = ""
    fixed: bool = False
    mark: str = ""
    unit: str = ""

    @property
    def is_priced(self) -> bool:
        """Whether its cost is known."""
        return self.cost_high is not None

    @property
    def own_low(self) -> int:
        """What the subject pays itself at the lower cost."""
        return self._own(self.cost_low if self.cost_low is not None else self.cost_high or 0)

    @property
    def own_high(self) -> int:
        """What the subject pays itself at the higher cost."""
        return self._own(self.cost_high or 0)

    @property
    def paid(self) -> int:
        """What the support pays of the higher cost."""
        return (self.cost_high or 0) - self.own_high

    def bars(self, option: str) -> bool:
        """Whether the option is beyond what the step can bring."""
        return matches((word.removeprefix(BEYOND) for word in self.option if word.startswith(BEYOND)), option)

    @property
    def made_for(self) -> tuple[str, ...]:
        """The words of which the option aimed at must have one; none where the step serves every option."""
        return tuple(word for word in self.option if not word.startswith(BEYOND))

    def _own(self, cost: int) -> int:
        share = cost * self.support_percent // 100
        return cost - (share if self.support_cap is None else min(share, self.support_cap))


def matches(words: Iterable[str], text: str) -> bool:
    """Whether one of the words occurs in the text, capitals and accents aside."""
    folded = fold(text)
    return any(fold(word) in folded for word in words if fold(word))


def cannot_be_raised(advices: Iterable[Advice], criterion: str) -> bool:
    """Whether an office says that no step raises a criterion of that name."""
    return any(advice.fixed and matches(advice.criteria, criterion) for advice in advices)


def advice_for(
    advices: Sequence[Advice], *, criterion: str, option: str, papers: Collection[str] = (), figure: bool = False
) -> Advice | None:
    """The step for reaching an option: one that brings a paper it needs, else one made for that option, else for the
    criterion. Where a `figure` is too low only a step made for that option counts: a paper changes no figure.
    Among equals the office's own goes first, then a priced one, then the cheaper one."""
    ranked = []
    for place, advice in enumerate(advices):
        if advice.fixed or advice.bars(option):
            continue
        named = matches(advice.criteria, criterion)
        if set(advice.papers) & set(papers) and not figure:
            rank = 0
        elif named and matches(advice.made_for, option):
            rank = 1
        elif named and not advice.made_for and not figure:
            rank = 2
        else:
            continue
        ranked.append((rank, not advice.unit, not advice.is_priced, advice.own_high, place, advice))
    return min(ranked, key=lambda row: row[:-1])[-1] if ranked else None
