"""The subject's side, or its helper's: self-assessment, and handing in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.clock import OFFICE_ZONE, spoken
from ocop.core.doors import signed_in
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions import save_self_assessment, submit_dossier
from ocop.dossiers.forms import answers_of, revision_of, typed_on
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import (
    can_read_points,
    can_type_points,
    can_write,
    check_may_try,
    check_read_points,
    check_write,
    is_own,
)
from ocop.dossiers.queries import (
    criteria_of,
    is_read_back,
    items_asked,
    kind_of,
    lacking_of,
    late_for_batch,
    live_evidence,
    regime_of,
    step_taking,
    to_look_over,
    weighed,
    why_closed,
    why_not_now,
)
from ocop.dossiers.rules import NO_OPTION, SELF_ASSESSMENT, Lacking, forecast
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.cards import file_of, forecast_words, standing
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.dossiers.views.refusals import plain_refusal
from ocop.dossiers.views.sheet import below_minimums, sheet_parts

ACKNOWLEDGED = "da-xem"  # the tick under what to look at once more
UNREAD = "Hồ sơ còn vài chỗ nên xem lại. Đọc các mục dưới đây, rồi đánh dấu “Tôi đã đọc các mục trên và vẫn nộp”."


@signed_in
@require_http_methods(["GET", "POST"])
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The product's own criteria to answer; to read for everybody else who sees the dossier."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    if request.method == "GET":
        check_read_points(visit.user, visit.day, dossier)
        writes = can_type_points(visit.user, visit.day, dossier)
        return _sheet(request, visit, dossier, locked=not (writes and dossier.state in EDITABLE))
    check_may_try(visit.user, visit.day, dossier)
    try:
        save_self_assessment(
            dossier=dossier,
            **answers_of(request.POST),
            revision=revision_of(request.POST),
            by=visit.user,
            at=visit.moment,
        )
    except Refused as refused:
        if not can_read_points(visit.user, visit.day, dossier):
            return plain_refusal(request, dossier, refused, _typed_rows(request, dossier))
        return _sheet(request, visit, dossier, refused=refused)
    messages.success(request, "Đã lưu phần tự đánh giá.")
    return redirect("dossiers:dossier", dossier.pk)


@signed_in
@require_POST
def self_assessment_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what was just typed; says the total and forecast as the server sees them."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    try:
        saved = save_self_assessment(
            dossier=dossier,
            **answers_of(request.POST),
            revision=revision_of(request.POST),
            by=visit.user,
            at=visit.moment,
        )
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=409 if isinstance(refused, Stale) else 422)
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    told = forecast(regime_of(saved), criteria_of(saved), saved.choices, saved.registration.target_star)
    return JsonResponse(standing(saved, told, f"{visit.moment.astimezone(OFFICE_ZONE):%H:%M}"))


@signed_in
@require_GET
def forecast_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The forecast and the minimums not met, as kept now; the sheet asks for it after each saving."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    check_read_points(visit.user, visit.day, dossier)
    return render(request, "dossiers/parts/forecast.html", _forecast(dossier, dossier.choices))


@signed_in
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, what to look at once more, what will happen, and the button that hands the dossier in."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    (check_write if request.method == "GET" else check_may_try)(visit.user, visit.day, dossier)
    lacking = lacking_of(dossier)
    closed = why_closed(dossier, visit.day) or why_not_now(dossier, visit.day)
    to_read_back = not is_own(visit.user, visit.day, dossier) and not is_read_back(dossier)
    ready = dossier.state in EDITABLE and not (lacking or closed or to_read_back)
    reads_points = can_read_points(visit.user, visit.day, dossier)
    whole = dossier.state in EDITABLE and not lacking
    doubts = to_look_over(dossier, visit.day, points=reads_points) if whole else []
    read = ACKNOWLEDGED in request.POST
    error, status = "", 200
    if request.method == "POST" and ready and doubts and not read:
        error, status = UNREAD, 422
    elif request.method == "POST":
        try:
            submission = submit_dossier(
                dossier=dossier, revision=revision_of(request.POST), by=visit.user, at=visit.moment
            )
        except Refused as refused:
            if not can_write(visit.user, visit.day, dossier):
                return plain_refusal(request, dossier, refused)
            error, status = refused.message, 409 if isinstance(refused, Stale) else 422
        else:
            messages.success(request, f"Đã nộp hồ sơ lần {submission.number} lúc {spoken(submission.submitted_at)}.")
            return redirect("dossiers:receipt", dossier.pk, submission.number)
    told = forecast(regime_of(dossier), criteria_of(dossier), dossier.choices, dossier.registration.target_star)
    context = {
        "dossier": dossier,
        "error": error,
        "editable": dossier.state in EDITABLE,
        "closed": closed,
        "lacking": _led(dossier, lacking, reads_points=reads_points),
        "doubts": _led(dossier, doubts),
        "reads_points": reads_points,
        "acknowledged": ACKNOWLEDGED,
        "read": read,
        "late": late_for_batch(dossier, visit.day),
        "forecast": told,
        "forecast_words": forecast_words(told, dossier.registration.target_star),
        "evidence_count": live_evidence(dossier).count(),
        "first_step": step_taking(dossier),
        "to_read_back": to_read_back,
        "asked": items_asked(dossier),
    }
    return render(request, "dossiers/submit.html", context, status=status)


def _led(dossier: Dossier, found: Sequence[Lacking], *, reads_points: bool = True) -> list[tuple[str, str]]:
    """Each thing with the address of the part where it is mended; the sheet has none for who may not read it."""
    shut = () if reads_points else (SELF_ASSESSMENT,)
    return [
        (each.words, "" if each.part in shut else reverse(f"dossiers:{each.part}", args=[dossier.pk])) for each in found
    ]


def _forecast(dossier: Dossier, choices: Mapping[str, int | None]) -> dict[str, Any]:
    """The forecast, with the minimums of the wished star that are not met first."""
    criteria_set, star = criteria_of(dossier), dossier.registration.target_star
    told = forecast(regime_of(dossier), criteria_set, choices, star)
    return {
        "dossier": dossier,
        "criteria_set": criteria_set,
        "forecast": told,
        "message": forecast_words(told, star),
        "below": below_minimums(criteria_set, told, choices, star),
        "count": len(criteria_set.criteria),
    }


def _typed_rows(request: HttpRequest, dossier: Dossier) -> Iterator[tuple[str, str]]:
    """What was typed on the sheet, by the criterion's name; the kept sheet itself stays unsaid."""
    criteria_set = criteria_of(dossier)
    choices, explanations = typed_on(request.POST, criteria_set)
    for code, criterion in criteria_set.criteria.items():
        if code in choices:
            place = choices[code]
            words = criterion.options[place - 1].label if place else NO_OPTION
            yield f"{code} {criterion.name}: mức chọn", words
        if explanations.get(code):
            yield f"{code} {criterion.name}: giải trình", explanations[code]


def _sheet(
    request: HttpRequest, visit: Visit, dossier: Dossier, *, locked: bool = False, refused: Refused | None = None
) -> HttpResponse:
    """The score sheet; after a refusal with everything that was typed still on it."""
    criteria_set = criteria_of(dossier)
    choices, explanations = dossier.choices, dossier.explanations
    if refused is not None:
        typed_choices, typed_explanations = typed_on(request.POST, criteria_set)
        choices, explanations = {**choices, **typed_choices}, {**explanations, **typed_explanations}
    files = [file_of(dossier, evidence) for evidence in live_evidence(dossier)]
    wrong = (refused.field or "", refused.message) if refused is not None else ("", "")
    revision = dossier.revision
    if refused is not None and not isinstance(refused, Stale):
        # Not told of a newer version yet: the page stays the one that was filled in.
        posted = revision_of(request.POST)
        revision = revision if posted is None else posted
    context = {
        **_forecast(dossier, choices),
        "revision": revision,
        "parts": sheet_parts(
            dossier,
            criteria_set,
            files,
            choices=choices,
            explanations=explanations,
            weighed=weighed(dossier),
            locked=locked,
            wrong=wrong,
        ),
        "files": files,
        "no_points": "",
        "helps": not locked and not is_own(visit.user, visit.day, dossier),
        "changes_required": kind_of(dossier).changes_required,
        "locked": locked,
        "error": refused.message if refused is not None else "",
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    return render(request, "dossiers/self_assessment.html", context, status=status)
