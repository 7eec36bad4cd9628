"""By what word of the subject others typed for it: on the dossier's page, and a window for the desks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ocop.consent.permissions import can_look_into, check_open_statement
from ocop.consent.queries import consents_of
from ocop.consent.states import How
from ocop.core.doors import signed_in
from ocop.dossiers.models import Dossier
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.files.delivery import hand_out

MOST_WORDS = 5


@signed_in
@require_GET
def word_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A window on the desks' pages: the consents given by a recorded statement, and every reading back."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    return render(request, "dossiers/parts/word.html", {"dossier": dossier, **word_of(visit, dossier)})


@signed_in
@require_GET
def statement(request: HttpRequest, pk: int, read: int) -> HttpResponse:
    """The recording by which the subject confirmed, for its people and those who stand by it."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    found = get_object_or_404(dossier.read_backs.select_related("statement", "by"), pk=read, statement__isnull=False)
    check_open_statement(visit.user, visit.day, dossier.registration.product.subject, found.by)
    assert found.statement is not None
    return hand_out(found.statement, request)  # type: ignore[return-value]


def word_of(visit: Visit, dossier: Dossier) -> dict[str, Any]:
    """The newest recorded consents and readings back; `looks` says whether the visitor opens their recordings."""
    subject = dossier.registration.product.subject
    return {
        "spoken": consents_of(subject).filter(how=How.STATEMENT)[:MOST_WORDS],
        "read_backs": dossier.read_backs.select_related("by").order_by("-pk")[:MOST_WORDS],
        "looks": can_look_into(visit.user, visit.day, subject),
    }
