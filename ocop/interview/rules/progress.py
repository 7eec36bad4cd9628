"""How far the interview has come: which answers a card still asks for. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from ocop.interview.rules.questions import Card, Catalogue, Question, Scene
from ocop.interview.states import CardState
from ocop.rubric.rules import FactValue
from ocop.rubric.rules.facts import applies

# Savings of one person within this time are one line of the history: the page saves while it is typed.
ONE_SITTING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as one product sees it: the questions it is asked with their keys, and which keys still lack an answer."""

    card: Card
    asked: tuple[tuple[Question, tuple[str, ...]], ...]
    open: tuple[str, ...]
    answered: int

    @property
    def state(self) -> CardState:
        """Nothing answered, something, or everything that is asked for."""
        if not self.open:
            return CardState.DONE
        return CardState.STARTED if self.answered else CardState.EMPTY

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that the card asks for."""
        return tuple(key for _, keys in self.asked for key in keys)


def view_of(
    card: Card, catalogue: Catalogue, scene: Scene, facts: Mapping[str, FactValue], answered: Collection[str]
) -> CardView:
    """The card for a product: only what its forms and criteria need, and only what its other answers leave open."""
    asked, open_keys, done = [], [], 0
    for question in card.questions:
        keys = scene.keys(question)
        due = applies(catalogue.kinds, facts, question.code) if question.kind is not None else True
        if not keys or due is False:
            continue
        asked.append((question, keys))
        done += sum(key in answered for key in keys)
        if due and not question.optional:
            open_keys += [key for key in keys if key not in answered]
    return CardView(card, tuple(asked), tuple(open_keys), done)


class Answered(Protocol):
    """A kept answer, as the history needs it."""

    question: str
    at: datetime

    @property
    def who(self) -> int: ...

    @property
    def thing(self) -> tuple[str, int | None, int | None]: ...


Row = TypeVar("Row", bound=Answered)


def merged_history(rows: Iterable[Row]) -> list[tuple[Row, Row | None]]:
    """Kept answers, oldest first, as (after, before): what one person typed in one sitting is one step."""
    steps: dict[tuple[str, int | None, int | None], list[tuple[Row, Row | None]]] = {}
    for row in rows:
        of_question = steps.setdefault(row.thing, [])
        last = of_question[-1] if of_question else None
        if last is not None and last[0].who == row.who and row.at - last[0].at <= ONE_SITTING:
            of_question[-1] = (row, last[1])
        else:
            of_question.append((row, last[0] if last is not None else None))
    return [step for of_question in steps.values() for step in of_question]
