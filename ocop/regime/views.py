"""The page of a regime."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.core.doors import public
from ocop.regime import queries
from ocop.regime.facts import sections_of
from ocop.regime.models import RegimeVersion


@public
def regime(request: HttpRequest, code: str) -> HttpResponse:
    """What a regime lays down, fact by fact."""
    try:
        version = queries.current(code)
    except RegimeVersion.DoesNotExist:
        raise Http404 from None
    rules = queries.as_rules(version)
    context = {
        "version": version,
        "rules": rules,
        "content": version.content,
        "sections": sections_of(version.content),
        "in_force": rules.in_force_on(request.today),  # type: ignore[attr-defined]
        "not_yet": request.today < rules.in_force_from,  # type: ignore[attr-defined]
    }
    return render(request, "regime/regime.html", context)
