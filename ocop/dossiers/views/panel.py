"""Windows on the pages of earlier rooms: how the dossier of a registration stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ocop.core.doors import signed_in
from ocop.dossiers import queries
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.cards import lines_of
from ocop.dossiers.views.loading import visit_of
from ocop.registration.permissions import can_register_product
from ocop.registration.queries import registrations_seen


@signed_in
@require_GET
def registration_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of a registration's dossier with its one next step, in one line with `?gon=1`."""
    visit = visit_of(request)
    registration = get_object_or_404(registrations_seen(visit.user, visit.day), pk=pk)
    dossier = queries.visible_to(visit.user, visit.day).filter(registration=registration).first()
    context = {
        "registration": registration,
        "line": lines_of([dossier], visit.day)[0] if dossier else None,
        "may": can_register_product(visit.user, visit.day, registration.product.subject),
        # A dossier kept shut for the visitor is there all the same.
        "shut": dossier is None and hasattr(registration, "dossier"),
        "short": request.GET.get("gon") == "1",
    }
    return render(request, "dossiers/registration_panel.html", context)


@signed_in
@require_GET
def interview_note(request: HttpRequest, pk: int) -> HttpResponse:
    """What a change of the answers still does: a note once the registration's dossier is handed in, else nothing."""
    visit = visit_of(request)
    registration = get_object_or_404(registrations_seen(visit.user, visit.day), pk=pk)
    handed_in = queries.visible_to(visit.user, visit.day).filter(registration=registration).exclude(state__in=EDITABLE)
    return render(request, "dossiers/interview_note.html", {"dossier": handed_in.first()})
