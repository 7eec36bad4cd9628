"""What lets a page follow its session: the mark of what it showed, and the cheap question whether that has changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_GET

from ocop.core.doors import signed_in
from ocop.council.models import Session
from ocop.council.permissions import check_open_session

MARK_LETTERS = 32


@signed_in
@require_GET
def pulse(request: Any, pk: int) -> HttpResponse:
    """Has anything on the session's screens changed? 304 while not: one query beside those of signing in.

    The mark holds only for this person on this day and is given out only with the session's page, so whoever shows it
    was let in when it was made; anything newer is told after the whole check. What is new stands on the page itself.
    """
    mark = _mark_of(pk, request.user.pk, request.today)
    if request.headers.get("If-None-Match", "").removeprefix("W/") == mark:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        found = Session.objects.select_related("council__unit").get(pk=pk)
        check_open_session(request.user, request.today, found)
        answer = JsonResponse({"seen": mark})
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def live_of(request: Any, session: Session, page: str) -> dict[str, str]:
    """What the page at this address needs to follow its session (`council/live.html`); asked for before it is read."""
    return {
        "page": page,
        "url": reverse("council:pulse", args=[session.pk]),
        "seen": _mark_of(session.pk, request.user.pk, request.today),
    }


def _mark_of(pk: int, user: int, day: date) -> str:
    """The session's beat and the newest sample moved on its table, sealed for one person and day."""
    row = (
        Session.objects.filter(pk=pk)
        .annotate(moved=Max("on_table__dossier__samples__moves__pk"))
        .values_list("beat", "moved")
        .first()
    )
    if row is None:
        raise Http404
    told = f"{pk}:{row[0]}:{row[1]}:{user}:{day.isoformat()}"
    return f'"{salted_hmac("council.pulse", told).hexdigest()[:MARK_LETTERS]}"'
