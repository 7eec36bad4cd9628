"""Loading an appeal for whoever may read it, and what pages say of a result."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from ocop.appeals.models import Appeal
from ocop.appeals.permissions import can_appeal, can_read, in_office
from ocop.appeals.queries import appeals, new_result_of, paper_of
from ocop.core.doors import OfficeRequest
from ocop.council.models import Result
from ocop.council.states import Outcome


def appeal_for(request: OfficeRequest, pk: int) -> Appeal:
    """The appeal; a 404 for whoever may not read it."""
    found = get_object_or_404(appeals().prefetch_related("files__file"), pk=pk)
    if not can_read(request.user, request.today, found):
        raise Http404("Không có kiến nghị này.")
    return found


def result_words(result: Result | None) -> dict[str, Any] | None:
    """A result as the page of an appeal says it: never a single sheet or name."""
    if result is None:
        return None
    session = result.hearing.session
    return {
        "mean": result.mean,
        "star": result.star,
        "outcome": Outcome(result.outcome).label,
        "session": session.name,
        "held_on": session.held_on,
    }


def card_of(request: OfficeRequest, appeal: Appeal) -> dict[str, Any]:
    """An appeal with its files, answer and both results, as far as the reader may know them."""
    told = can_appeal(request.user, request.today, appeal.dossier) or in_office(request.user, request.today, appeal)
    return {
        "appeal": appeal,
        "answer": getattr(appeal, "answer", None),
        "paper": paper_of(appeal),
        "old": result_words(appeal.result) if told else None,
        "new": result_words(new_result_of(appeal)) if told else None,
        "told": told,
    }
