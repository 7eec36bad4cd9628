"""The desk review: every criterion with the law's words, the claim, what the facts support, and the evidence beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ocop.advisory import actions
from ocop.advisory.actions.locking import WorkOver
from ocop.advisory.actions.reviewing import LONGEST_WORDS
from ocop.advisory.models import Review
from ocop.advisory.permissions import reviewing
from ocop.advisory.queries import is_at_work, report_of, review_by, rows_of
from ocop.advisory.states import ReviewState
from ocop.advisory.views.criteria import evidence_of, parts_of
from ocop.advisory.views.shared import TEAM_PEOPLE, load_dossier, team_people
from ocop.core.clock import OFFICE_ZONE
from ocop.core.doors import only
from ocop.core.errors import Refused, Stale
from ocop.core.pages import whole
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import CriteriaSet

WORDS = "note-words"  # the autosave script sends what is named note-…; no criterion has this code


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def review(request: Any, pk: int) -> HttpResponse:
    """One's own review; read-only once done or once the team reported."""
    dossier = load_dossier(request, pk)
    reviewing(request.user, request.today, dossier)
    if request.method == "GET":
        return _page(request, dossier)
    try:
        places, advice = _places(request.POST), _advice(request.POST)
        actions.finish_review(
            dossier=dossier,
            places=places,
            advice=advice,
            words=request.POST.get(WORDS),
            revision=whole(request.POST.get("revision", "")),
            by=request.user,
            at=request.now,
        )
    except Refused as refused:
        return _page(request, dossier, refused)
    messages.success(request, "Đã ghi là xem xong. Tổ trưởng sẽ tổng hợp vào báo cáo của Tổ.")
    return redirect("advisory:dossier", dossier.pk)


@only(team_people, words=TEAM_PEOPLE)
@require_POST
def save(request: Any, pk: int) -> JsonResponse:
    """Autosave: keeps the changed fields."""
    try:
        dossier = load_dossier(request, pk)
        kept = actions.save_review(
            dossier=dossier,
            places=_places(request.POST),
            advice=_advice(request.POST),
            words=request.POST.get(WORDS),
            revision=whole(request.POST.get("revision", "")),
            by=request.user,
            at=request.now,
        )
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    except Refused as refused:
        status = 409 if isinstance(refused, Stale) else 410 if isinstance(refused, WorkOver) else 422
        return JsonResponse({"message": refused.message}, status=status)
    rows = rows_of([kept])[kept.pk]
    return JsonResponse(
        {
            "saved_at": f"{kept.saved_at.astimezone(OFFICE_ZONE):%H:%M}",
            "answered": sum(row.place is not None for row in rows.values()),
            "revision": kept.revision,
        }
    )


@only(team_people, words=TEAM_PEOPLE)
@require_POST
def again(request: Any, pk: int) -> HttpResponse:
    """Take one's own finished review up again."""
    dossier = load_dossier(request, pk)
    try:
        actions.reopen_review(dossier=dossier, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("advisory:dossier", dossier.pk)
    return redirect("advisory:review", dossier.pk)


def _page(request: Any, dossier: Dossier, refused: Refused | None = None) -> HttpResponse:
    criteria_set = criteria_of(dossier)
    kept = review_by(reviewing(request.user, request.today, dossier))
    places, advice, words = _on_screen(request, kept, criteria_set)
    reported = report_of(dossier) is not None
    done = kept is not None and kept.state == ReviewState.DONE
    locked = done or reported or not is_at_work(dossier)
    lacking = (
        [code for code in criteria_set.criteria if places.get(code) is None and not advice.get(code, "").strip()]
        if refused is not None and not locked
        else []
    )
    files = evidence_of(dossier)
    revision: int | str = kept.revision if kept is not None else 0
    if refused is not None and not isinstance(refused, Stale):
        revision = request.POST.get("revision", revision)
    context = {
        "dossier": dossier,
        "review": kept,
        "revision": revision,
        "done": done,
        "reported": reported,
        "locked": locked,
        "refused": refused.message if refused is not None else "",
        "lacking": lacking,
        "parts": parts_of(dossier, criteria_set, files, places, advice, locked=locked, lacking=lacking),
        "files": files,
        "words": words,
        "words_name": WORDS,
        "words_max": LONGEST_WORDS,
        "answered": len([place for place in places.values() if place is not None]),
        "count": len(criteria_set.criteria),
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    return render(request, "advisory/review.html", context, status=status)


def _on_screen(
    request: Any, kept: Review | None, criteria_set: CriteriaSet
) -> tuple[dict[str, int | None], dict[str, str], str]:
    """What the page shows: what was kept, and over it what was just sent."""
    rows = rows_of([kept])[kept.pk] if kept is not None else {}
    places = {code: row.place for code, row in rows.items()}
    advice = {code: row.words for code, row in rows.items()}
    words = kept.words if kept is not None else ""
    if request.method == "POST" and (kept is None or kept.state == ReviewState.DRAFT):
        for code, criterion in criteria_set.criteria.items():
            place = whole(request.POST.get(f"choice-{code}", ""))
            if place is not None and place <= len(criterion.options):
                places[code] = place
        advice |= _advice(request.POST)
        words = request.POST.get(WORDS, words)
    return places, advice, words


def _places(sent: Mapping[str, str]) -> dict[str, int | None]:
    """`choice-<code>`: the option's place from 1, 0 for none reached; an empty one takes the advice back."""
    found: dict[str, int | None] = {}
    for name, value in sent.items():
        code = name.removeprefix("choice-")
        if not name.startswith("choice-"):
            continue
        found[code] = whole(value)
        if value and found[code] is None:
            raise Refused(f"Tiêu chí {code}: mức chọn không đọc được. Hãy chọn lại.", field=code)
    return found


def _advice(sent: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("note-"): value for name, value in sent.items() if name.startswith("note-") and name != WORDS
    }
