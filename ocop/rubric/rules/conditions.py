"""Conditions on facts and papers, true, false or open while an answer is missing; and the figures computed for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ocop.rubric.rules.facts import FactKind, FactValue, applies


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A paper of the wallet as far as a measure looks at it."""

    kind: str
    issued_on: date | None = None
    expires_on: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether it was issued by that day and had not lapsed."""
        return (self.issued_on is None or self.issued_on <= day) and (self.expires_on is None or self.expires_on >= day)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on a day: answers by fact code (yearly ones as `code.last`, `code.before`…), papers by kind."""

    facts: Mapping[str, FactValue]
    papers: Mapping[str, Collection[PaperFact]]
    day: date

    def holds(self, kind: str) -> bool:
        """Whether a paper of this kind is valid on the day."""
        return any(paper.valid_on(self.day) for paper in self.papers.get(kind, ()))


@dataclass(frozen=True, slots=True)
class Formula:
    """A figure computed from facts: `share` (percent), `difference`, `sum` or `months_since`."""

    kind: str
    codes: tuple[str, ...]

    def of(self, values: tuple[FactValue, ...], day: date) -> Fraction | None:
        """The exact figure; None where it does not exist (a share of nothing)."""
        if self.kind == "months_since":
            since = values[0]
            return Fraction(months_between(since, day)) if isinstance(since, date) else None
        numbers = [Fraction(value) for value in values if not isinstance(value, (str, date))]
        if self.kind == "share":
            return numbers[0] * 100 / numbers[1] if numbers[1] else None
        return numbers[0] - numbers[1] if self.kind == "difference" else sum(numbers, Fraction(0))


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure or number lies between the bounds; a bound that is not written does not count."""

    name: str
    least: Fraction | None = None
    most: Fraction | None = None
    least_open: bool = False
    most_open: bool = False

    def admits(self, value: Fraction) -> bool:
        """Whether the value lies within."""
        if self.least is not None and (value < self.least or (self.least_open and value == self.least)):
            return False
        return self.most is None or (value < self.most if self.most_open else value <= self.most)


@dataclass(frozen=True, slots=True)
class Among:
    """A yes/no or a choice is one of the values."""

    name: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """The wallet holds a paper of one of the kinds, valid on the day."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts it always holds."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: tuple[Condition, ...]


Condition = Bound | Among | Holds | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known, read through the formulas of a measure and the catalogue of questions."""

    known: Known
    formulas: Mapping[str, Formula]
    kinds: Mapping[str, FactKind]

    def figure(self, name: str) -> FactValue | None:
        """The value under that name; None when it is unknown, does not exist or is not asked."""
        values = self.answers(name)
        formula = self.formulas.get(name)
        if not values or formula is None:
            return values[0] if values else None
        return formula.of(values, self.known.day)

    def answers(self, name: str) -> tuple[FactValue, ...]:
        """The answers that the value is made of, or none when one of them is missing or not asked."""
        codes = self.codes(name)
        if self._not_asked(codes) or any(code not in self.known.facts for code in codes):
            return ()
        return tuple(self.known.facts[code] for code in codes)

    def missing(self, name: str) -> tuple[str, ...]:
        """The answers still needed for the value; those that are not asked after the other answers do not count."""
        codes = self.codes(name)
        return () if self._not_asked(codes) else tuple(code for code in codes if code not in self.known.facts)

    def codes(self, name: str) -> tuple[str, ...]:
        """The answers that a value is made of."""
        formula = self.formulas.get(name)
        return formula.codes if formula else (name,)

    def _not_asked(self, codes: tuple[str, ...]) -> bool:
        return any(applies(self.kinds, self.known.facts, code) is False for code in codes)

    def truth(self, condition: Condition) -> bool | None:
        """True, false, or None while it is open."""
        if isinstance(condition, Holds):
            return any(self.known.holds(kind) for kind in condition.kinds)
        if isinstance(condition, AllOf):
            truths = [self.truth(part) for part in condition.parts]
            return False if False in truths else None if None in truths else True
        if isinstance(condition, AnyOf):
            truths = [self.truth(part) for part in condition.parts]
            return True if True in truths else None if None in truths else False
        if self.missing(condition.name):
            return None
        value = self.figure(condition.name)
        if value is None:
            return False
        if isinstance(condition, Among):
            return value in condition.values
        return not isinstance(value, (str, date)) and condition.admits(Fraction(value))

    def open_names(self, condition: Condition) -> Iterator[str]:
        """Of a condition that is open, the names whose values would settle it."""
        if isinstance(condition, (AllOf, AnyOf)):
            for part in condition.parts:
                if self.truth(part) is None:
                    yield from self.open_names(part)
        elif isinstance(condition, (Bound, Among)):
            yield condition.name


def names_of(condition: Condition) -> Iterator[str]:
    """The values and facts that a condition looks at."""
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from names_of(part)
    elif isinstance(condition, (Bound, Among)):
        yield condition.name


def papers_of(condition: Condition) -> Iterator[str]:
    """The kinds of paper that a condition looks at."""
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from papers_of(part)
    elif isinstance(condition, Holds):
        yield from condition.kinds


def months_between(since: date, day: date) -> int:
    """Whole months from one day to the other; below zero when `since` is later."""
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
