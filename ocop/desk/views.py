"""The home of everybody who works here: what waits today, and search."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.certificates.queries import register_of
from ocop.core.doors import OfficeRequest, signed_in
from ocop.desk.queries import tasks_for
from ocop.dossiers.queries import dossier_list
from ocop.registration.queries import subject_list

MOST_HITS = 8


@require_GET
@signed_in
def today(request: OfficeRequest) -> HttpResponse:
    """What waits for the visitor, by when, one button each."""
    return render(request, "desk/today.html", {"tasks": tasks_for(request.user, request.today)})


@require_GET
@signed_in
def search(request: OfficeRequest) -> HttpResponse:
    """Dossiers, subjects and certificates that the visitor sees and whose words fit, accents aside."""
    query = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    found = {}
    if query:
        user, day = request.user, request.today
        found = {
            "dossiers": list(dossier_list(user, day, query=query)[:MOST_HITS]),
            "subjects": list(subject_list(user, day, query)[:MOST_HITS]),
            "certificates": list(register_of(user, day, query)[:MOST_HITS]),
        }
    return render(request, "desk/search.html", {"q": query, **found})
