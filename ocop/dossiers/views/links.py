"""Links from a dossier to the interview of its product."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from ocop.dossiers.models import Dossier
from ocop.interview.queries import catalogue


def interview_url(dossier: Dossier, card: str = "") -> str:
    """The product's interview for the dossier's year, or one card of it."""
    product, year = dossier.registration.product_id, dossier.registration.batch.programme.year
    address = reverse("interview:card", args=[product, card]) if card else reverse("interview:cards", args=[product])
    return f"{address}?nam={year}"


def cards_asking(dossier: Dossier, keys: Iterable[str]) -> list[dict[str, str]]:
    """The cards on which these answers are asked, each once: name and address."""
    book = catalogue()
    names = {card.code: card.name for card in book.cards}
    codes = dict.fromkeys(question.card for key in keys if (question := book.of(key)) is not None)
    return [{"name": names.get(code, code), "url": interview_url(dossier, code)} for code in codes]
