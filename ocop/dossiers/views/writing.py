"""The subject's side, or its helper's: self-assessment, and handing in."""

from __future__ import annotations

from collections.abc import Mapping
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
from ocop.dossiers.permissions import can_write, check_may_try, check_read_points, check_write, is_own
from ocop.dossiers.queries import (
    blank_on_forms,
    criteria_of,
    is_read_back,
    items_asked,
    kind_of,
    lacking_of,
    live_evidence,
    regime_of,
    weighed,
    why_closed,
    why_not_now,
)
from ocop.dossiers.rules import forecast
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.cards import file_of, forecast_words, standing
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.dossiers.views.sheet import below_minimums, sheet_parts


@signed_in
@require_http_methods(["GET", "POST"])
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The product's own criteria to answer; to read for everybody else who sees the dossier."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    if request.method == "GET":
        check_read_points(visit.user, visit.day, dossier)
        writes = can_write(visit.user, visit.day, dossier)
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
    """What is missing, what will happen, and the button that hands the dossier in."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    (check_write if request.method == "GET" else check_may_try)(visit.user, visit.day, dossier)
    error, stale = "", False
    if request.method == "POST":
        try:
            submission = submit_dossier(
                dossier=dossier, revision=revision_of(request.POST), by=visit.user, at=visit.moment
            )
        except Refused as refused:
            error, stale = refused.message, isinstance(refused, Stale)
        else:
            messages.success(request, f"Đã nộp hồ sơ lần {submission.number} lúc {spoken(submission.submitted_at)}.")
            return redirect("dossiers:receipt", dossier.pk, submission.number)
    told = forecast(regime_of(dossier), criteria_of(dossier), dossier.choices, dossier.registration.target_star)
    first_step = regime_of(dossier).step_after(None)
    context = {
        "dossier": dossier,
        "error": error,
        "editable": dossier.state in EDITABLE,
        "closed": why_closed(dossier, visit.day) or why_not_now(dossier, visit.day),
        "lacking": [(each.words, reverse(f"dossiers:{each.part}", args=[dossier.pk])) for each in lacking_of(dossier)],
        "forecast": told,
        "forecast_words": forecast_words(told, dossier.registration.target_star),
        "evidence_count": live_evidence(dossier).count(),
        "first_step": first_step,
        "to_read_back": not is_own(visit.user, visit.day, dossier) and not is_read_back(dossier),
        "asked": items_asked(dossier),
        "blank": blank_on_forms(dossier),
    }
    return render(request, "dossiers/submit.html", context, status=(409 if stale else 422) if error else 200)


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
        "helps": not locked and not is_own(visit.user, visit.day, dossier),
        "changes_required": kind_of(dossier).changes_required,
        "locked": locked,
        "error": refused.message if refused is not None else "",
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    return render(request, "dossiers/self_assessment.html", context, status=status)
