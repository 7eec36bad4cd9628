"""How alike a session scored, once products are closed; whose points they are is for the chair alone."""

from __future__ import annotations

from fractions import Fraction
from secrets import SystemRandom
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ocop.core.doors import only
from ocop.council.models import Session
from ocop.council.permissions import check_open_session, presides, readable_hearings
from ocop.council.queries import Fairness, ProductSpread, fairness_of, scored_in, seats_named
from ocop.council.rules.fairness import signed
from ocop.council.states import HearingState
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def fairness(request: Any, pk: int) -> HttpResponse:
    """Spread, agreement and, for the chair, severity over the closed products that the reader may read."""
    session = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__unit", "bylaws"), pk=pk
    )
    check_open_session(request.user, request.today, session)
    found = fairness_of(scored_in(session, readable_hearings(request.user, request.today, session)))
    chairs = presides(request.user, request.today, session.council)
    context = {
        "session": session,
        "fairness": found,
        "products": [product_row(row) for row in found.products],
        "open": session.hearings.filter(state=HearingState.OPEN).count(),
        "chairs": chairs,
        "alpha_totals": _plain(found.alpha_totals),
        "alpha_criteria": _plain(found.alpha_criteria),
        **(named(found) if chairs else {}),
    }
    response = render(request, "council/fairness.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def named(found: Fairness) -> dict[str, Any]:
    """The chair's part: severity and identical sheets with names."""
    names = seats_named({row.member for row in found.severities} | {key for pair in found.same for key in pair[:2]})
    return {
        "severities": [
            {"name": names[row.member], "shift": signed(row.shift), "products": row.products}
            for row in found.severities
        ],
        "same": [{"one": names[one], "other": names[other], "products": where} for one, other, where in found.same],
    }


def product_row(row: ProductSpread) -> dict[str, Any]:
    """A product with its sheets' distances in an order drawn anew each time: no number is the same person twice."""
    apart: list[Fraction] = list(row.apart)
    SystemRandom().shuffle(apart)
    return {"product": row, "apart": [signed(shift) for shift in apart]}


def _plain(alpha: Fraction | None) -> str:
    return signed(alpha).removeprefix("+") if alpha is not None else ""
