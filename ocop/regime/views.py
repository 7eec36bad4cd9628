"""The page of a regime, and of the official days off."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.core.doors import public
from ocop.regime import queries
from ocop.regime.calendars import stretches_of
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


@public
def working_days(request: HttpRequest) -> HttpResponse:
    """The official days off and swapped Saturdays of each year, and how a limit in working days is counted."""
    years = [(version, stretches_of(version.content)) for version in queries.calendars()]
    this_year = request.today.year  # type: ignore[attr-defined]
    known = {version.year for version, _ in years}
    context = {"years": years, "unknown": [year for year in (this_year, this_year + 1) if year not in known]}
    return render(request, "regime/working_days.html", context)
