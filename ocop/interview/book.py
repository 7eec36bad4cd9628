"""The questions shipped with the room, and the facts of the rubric beside them, as one catalogue. Pure: no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ocop.interview.rules import OWN_UNITS, PRODUCT, SUBJECT, Card, Catalogue, Question
from ocop.regime.rulebook import load_yaml
from ocop.rubric.rules import FactKind

BOOK = Path(__file__).parent / "book"
# In the order in which they are asked, and whose answers a file's own questions are.
FILES = (("subject", SUBJECT), ("product", PRODUCT), ("plan", PRODUCT))


def read_catalogue(facts: Mapping[str, FactKind]) -> Catalogue:
    """Every card with its questions; a fact that stands on none goes to the card for the rest.

    KeyError for a fact that the rubric does not know, ValueError for a question asked twice.
    """
    written = [(card, scope) for name, scope in FILES for card in load_yaml(BOOK / f"{name}.yaml")["cards"]]
    placed = {_fact_in(entry) for card, _ in written for entry in card["ask"]}
    cards, questions = [], {}
    for card, scope in written:
        entries = [*card["ask"], *(code for code in facts if card.get("rest") and code not in placed)]
        of_card = tuple(_questions(entries, card["code"], scope, facts))
        for question in of_card:
            if question.code in questions:
                raise ValueError(f"asked twice: {question.code}")
            questions[question.code] = question
        cards.append(Card(card["code"], card["name"], card.get("note", ""), of_card))
    kinds = {code: question.kind for code, question in questions.items() if question.kind is not None}
    return Catalogue(tuple(cards), questions, kinds)


def _questions(
    entries: list[str | dict[str, Any]], card: str, scope: str, facts: Mapping[str, FactKind]
) -> Iterator[Question]:
    for entry in entries:
        fact = _fact_in(entry)
        if fact is None:
            assert isinstance(entry, dict)
            yield _own(entry, card, scope)
        else:
            yield _measured(facts[fact], card, {} if isinstance(entry, str) else entry["from_kind"])


def _fact_in(entry: str | dict[str, Any]) -> str | None:
    """The fact that an entry of a card asks for; None for a question of the room's own."""
    return entry if isinstance(entry, str) else entry.get("fact")


def _measured(fact: FactKind, card: str, from_kind: Mapping[str, str]) -> Question:
    return Question(
        code=fact.code,
        about=fact.about,
        ask=fact.ask,
        help=fact.help,
        unit=fact.unit,
        scope=fact.scope,
        card=card,
        kind=fact,
        options=fact.options,
        years=fact.years,
        from_kind=from_kind,
        measured=True,
    )


def _own(entry: dict[str, Any], card: str, scope: str) -> Question:
    kind = None
    if entry["unit"] not in OWN_UNITS:
        kind = FactKind(
            code=entry["code"],
            about=entry["about"],
            ask=entry["ask"],
            unit=entry["unit"],
            scope=scope,
            options=entry.get("options", {}),
        )
    return Question(
        code=entry["code"],
        about=entry["about"],
        ask=entry["ask"],
        help=entry.get("help", ""),
        unit=entry["unit"],
        scope=scope,
        card=card,
        kind=kind,
        options=entry.get("options", {}),
        columns=entry.get("columns", {}),
        alone=entry.get("alone", ""),
        proved_by=tuple(entry.get("proved_by", ())),
        optional=entry.get("optional", False),
        sensitive=entry.get("sensitive", False),
        goods_only=entry.get("goods_only", False),
    )
