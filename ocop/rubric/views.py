"""The rule book to read: regimes with their sets, and one set as printed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.core.doors import public
from ocop.regime import queries as regimes
from ocop.regime.models import RegimeVersion
from ocop.rubric import queries
from ocop.rubric.facts import blocks_of, doubts_of
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.rules import minimums
from ocop.rubric.states import MARKED_STARS


@public
def book(request: HttpRequest) -> HttpResponse:
    """Every regime with its criteria sets, the newest law first; `q` narrows the sets."""
    query = request.GET.get("q", "").strip()
    sets: dict[str, list[CriteriaSetVersion]] = {}
    for version in queries.sets_found(query):
        sets.setdefault(version.regime_code, []).append(version)
    rows = []
    for regime in regimes.newest_first():
        rules = regimes.as_rules(regime)
        rows.append(
            {
                "rules": rules,
                "content": regime.content,
                "in_force": rules.in_force_on(request.today),  # type: ignore[attr-defined]
                "not_yet": request.today < rules.in_force_from,  # type: ignore[attr-defined]
                "sets": sets.get(regime.code, []),
            }
        )
    return render(request, "rubric/book.html", {"regimes": rows, "query": query})


@public
def criteria_set(request: HttpRequest, regime_code: str, set_no: int) -> HttpResponse:
    """One set as printed, with its doubts and how each criterion is measured."""
    try:
        version = queries.current_set(regime_code, set_no)
        regime = regimes.current(regime_code)
    except (CriteriaSetVersion.DoesNotExist, RegimeVersion.DoesNotExist):
        raise Http404 from None
    rules, law = queries.as_rules(version), regimes.as_rules(regime)
    context = {
        "version": version,
        "rules": rules,
        "regime": law,
        "parts": blocks_of(rules, queries.measures_of(version)),
        "doubts": doubts_of(rules),
        "minimums": [(star, len(minimums(rules, star))) for star in MARKED_STARS],
        "in_force": law.in_force_on(request.today),  # type: ignore[attr-defined]
        "not_yet": request.today < law.in_force_from,  # type: ignore[attr-defined]
    }
    return render(request, "rubric/set.html", context)
