"""Questions and cards as values: what is asked, in which unit, for which forms. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ocop.rubric.rules import FactKind

# Units that only the interview knows; the others are those of facts.
TEXT, LONG, MANY, TABLE = "text", "long", "many", "table"
OWN_UNITS = (TEXT, LONG, MANY, TABLE)
SUBJECT, PRODUCT = "subject", "product"
# A yearly answer is kept under the year it speaks of; in forms and facts it goes by how far back that year lies.
YEARS_BACK = {"last": 1, "before": 2, "earlier": 3}


@dataclass(frozen=True, slots=True)
class Question:
    """A question in plain words.

    `kind` reads and words a plain answer (None for the room's own units), `alone` is the option that excludes others,
    `measured` means a fact of the rubric's catalogue. `proved_by` names papers and `from_kind` kinds of subject that
    answer it before anybody is asked.
    """

    code: str
    about: str
    ask: str
    unit: str
    scope: str
    card: str
    help: str = ""
    kind: FactKind | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    alone: str = ""
    proved_by: tuple[str, ...] = ()
    from_kind: Mapping[str, str] = field(default_factory=dict)
    years: int = 0
    measured: bool = False
    optional: bool = False
    sensitive: bool = False
    goods_only: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """What its answers go by: its code, or one key for each year asked, the nearest first."""
        return tuple(f"{self.code}.{back}" for back in list(YEARS_BACK)[: self.years]) or (self.code,)


@dataclass(frozen=True, slots=True)
class Card:
    """A few questions on one subject matter, shown together."""

    code: str
    name: str
    note: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every card in the order in which it is asked, and every question by its code."""

    cards: tuple[Card, ...]
    questions: Mapping[str, Question]
    kinds: Mapping[str, FactKind]

    def of(self, key: str) -> Question | None:
        """The question that a key (`revenue.last`) belongs to."""
        question = self.questions.get(key.partition(".")[0])
        return question if question is not None and key in question.keys else None


@dataclass(frozen=True, slots=True)
class Scene:
    """What a product needs answered: for which forms, by key; for its criteria; whose and what it is."""

    forms: Mapping[str, Collection[str]]
    facts: Collection[str]
    subject_kind: str = ""
    goods: bool = True

    def keys(self, question: Question) -> tuple[str, ...]:
        """The answers that a form or a criterion of this product needs and its registration does not give."""
        if (question.goods_only and not self.goods) or self.subject_kind in question.from_kind:
            return ()
        return tuple(key for key in question.keys if key in self.forms or key in self.facts)


def year_of(key: str, programme_year: int) -> int | None:
    """The year that an answer under `key` speaks of; None when it is not asked year by year."""
    back = key.partition(".")[2]
    return programme_year - YEARS_BACK[back] if back else None


def key_of(code: str, year: int | None, programme_year: int | None) -> str | None:
    """The key of a kept answer seen from a programme's year; None when that year does not ask for it."""
    if year is None:
        return code
    for back, distance in YEARS_BACK.items():
        if programme_year is not None and programme_year - distance == year:
            return f"{code}.{back}"
    return None


def name_of(question: Question, key: str, programme_year: int) -> str:
    """The short name of an answer, with its year when there are several."""
    year = year_of(key, programme_year)
    return f"{question.about} năm {year}" if year is not None else question.about
