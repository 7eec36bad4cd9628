"""All cards of a product's interview, and what is ready once they are answered."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.core.doors import OfficeRequest, signed_in
from ocop.interview.queries import cards_of, feeds_of
from ocop.interview.rules import CardView
from ocop.interview.states import CardState
from ocop.interview.views.loading import Visit, visit_of

TONES = {CardState.EMPTY: "wait", CardState.STARTED: "work", CardState.DONE: "good"}


def left_words(left: int) -> str:
    """How many answers are still asked for."""
    return f"còn {left} mục" if left else "đã xong"


def _row(visit: Visit, view: CardView) -> dict[str, Any]:
    return {
        "name": view.card.name,
        "url": visit.url("card", view.card.code),
        "tone": TONES[view.state],
        "left": left_words(len(view.open)),
        "feeds": feeds_of(visit.sitting, view.card),
        "asked": len(view.keys),
        "open": len(view.open),
    }


def _board(visit: Visit, views: list[CardView]) -> dict[str, Any]:
    rows = [_row(visit, view) for view in views]
    done, left = sum(view.answered for view in views), sum(row["open"] for row in rows)
    return {
        "visit": visit,
        "rows": rows,
        "asked": done + left,
        "done": done,
        "left": left,
        "first": next((row for row in rows if row["open"]), None),
    }


@signed_in
@require_GET
def cards(request: OfficeRequest, pk: int) -> HttpResponse:
    """Every card with what is still open, and what its answers go into."""
    visit = visit_of(request, pk)
    return render(request, "interview/cards.html", _board(visit, cards_of(visit.sitting)))


@signed_in
@require_GET
def ready(request: OfficeRequest, pk: int) -> HttpResponse:
    """After the last card: what is still open, and where the answers are used."""
    visit = visit_of(request, pk)
    return render(request, "interview/ready.html", _board(visit, cards_of(visit.sitting)))


@signed_in
@require_GET
def panel(request: OfficeRequest, pk: int) -> HttpResponse:
    """The state of a product's interview, for pages of other rooms."""
    visit = visit_of(request, pk)
    return render(request, "interview/panel.html", _board(visit, cards_of(visit.sitting)))
