"""How a criterion is measured, as values: conditions per option, seams of the law, or why no figure decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ocop.rubric.rules.conditions import Condition, Formula, names_of, papers_of
from ocop.rubric.rules.facts import FactKind, PaperKind, about_words


@dataclass(frozen=True, slots=True)
class Seam:
    """Where the law says nothing or two things: what is then supported, and what is said about it."""

    when: Condition
    place: int | None
    says: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How one criterion is measured. `bound` is empty, `at_most` (conditions necessary) or `at_least` (sufficient);
    `rest` says what the council looks at besides. `facts` and `papers` are the catalogue entries it uses."""

    code: str
    about: str
    mark: str
    options: tuple[Condition, ...]
    labels: tuple[str, ...]
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    seams: tuple[Seam, ...] = ()
    otherwise: str = ""
    proof: tuple[str, ...] = ()
    bound: str = ""
    rest: str = ""
    facts: Mapping[str, FactKind] = field(default_factory=dict)
    papers: Mapping[str, PaperKind] = field(default_factory=dict)

    measurable: ClassVar[bool] = True

    @property
    def names(self) -> tuple[str, ...]:
        """The figures and facts it looks at, in the order of the options."""
        conditions = [*self.options, *(seam.when for seam in self.seams)]
        return tuple(dict.fromkeys(name for condition in conditions for name in names_of(condition)))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the facts it is computed from."""
        found = [self.formulas[name].codes if name in self.formulas else (name,) for name in self.names]
        return tuple(dict.fromkeys(code for codes in found for code in codes))

    @property
    def paper_codes(self) -> tuple[str, ...]:
        """The kinds of paper its options ask for."""
        return tuple(dict.fromkeys(kind for option in self.options for kind in papers_of(option)))

    @property
    def sources(self) -> tuple[str, ...]:
        """What it is computed from, in words."""
        asked = (about_words(self.facts, code) for code in self.codes)
        return tuple(dict.fromkeys([*asked, *(self.papers[code].short_name for code in self.paper_codes)]))


@dataclass(frozen=True, slots=True)
class Unmeasurable:
    """A criterion that no figure or paper decides, and why."""

    reason: str
    mark: str = "R"

    measurable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Measures:
    """How each criterion of a set is measured, by code, in the order of the set."""

    criteria: Mapping[str, Measure | Unmeasurable]
