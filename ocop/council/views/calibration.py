"""Calibration: past dossiers under letters, the member's sheet for each, and how alike once it is over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused, Stale
from ocop.core.pages import page_after, whole
from ocop.council import actions
from ocop.council.forms import CalibrationForm
from ocop.council.models import CalibrationCase, CalibrationRound, Council, Seat
from ocop.council.permissions import calibration_seat, can_run_calibration, check_run_calibration, presides
from ocop.council.queries import (
    calibrations_of,
    cases_for,
    expected_sheets,
    fairness_of,
    handed_in_of,
    past_dossiers,
    scored_before,
    scored_by_council,
    seat_of,
    told_of,
)
from ocop.council.views.fairness import named, product_row
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, put_refusal
from ocop.council.views.ticks import choices_in, row_of, typed
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import total_of
from ocop.ui.templatetags.ui import points


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def calibrations(request: Any, pk: int) -> HttpResponse:
    """The council's calibrations; chair and secretary open one here."""
    council = get_object_or_404(Council.objects.select_related("unit"), pk=pk)
    _own_seat(request, council)
    runs = can_run_calibration(request.user, request.today, council)
    form = None
    if runs:
        form = CalibrationForm(request.POST or None, rows=past_dossiers(council, request.user))
    status = 200
    if request.method == "POST":
        check_run_calibration(request.user, request.today, council)
        assert form is not None
        status = 422
        if form.is_valid():
            try:
                made = actions.open_calibration(
                    council=council,
                    name=form.cleaned_data["name"],
                    dossiers=form.chosen(),
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, "Đã mở lượt chấm thử. Thành viên thấy các hồ sơ không tên ở đây.")
                return redirect("council:calibration", made.pk)
    context = {
        "council": council,
        "page": page_after(calibrations_of(council), request.GET.get("sau", "")),
        "form": form if form is not None and form.rows else None,
        "runs": runs,
    }
    return render(request, "council/calibrations.html", context, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def calibration(request: Any, pk: int) -> HttpResponse:
    """One calibration: the cases, how many sheets are in, and the comparison once it is over."""
    found = _round(request, pk)
    seat = _own_seat(request, found.council)
    over = found.ended_at is not None
    own = list(cases_for(found, request.user, seat))
    context: dict[str, Any] = {
        "round": found,
        "rows": [_case_row(case, seat) for case in own],
        "votes": seat.votes,
        "runs": can_run_calibration(request.user, request.today, found.council),
        "over": over,
        "handed_in": len(handed_in_of(found)),
        "expected": len(expected_sheets(found, request.today)),
        "chairs": False,
    }
    if over:
        compared = fairness_of(scored_by_council(found, request.user))
        context |= {"fairness": compared, "products": [product_row(row) for row in compared.products]}
        if presides(request.user, request.today, found.council):
            context |= {"chairs": True, **named(compared)}
    response = render(request, "council/calibration.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def calibration_end(request: Any, pk: int) -> HttpResponse:
    """End a calibration before everybody is in."""
    found = _round(request, pk)
    try:
        actions.end_calibration(round=found, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã kết thúc lượt chấm thử. So sánh ở dưới.")
    return redirect("council:calibration", found.pk)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def case(request: Any, pk: int) -> HttpResponse:
    """A past dossier without names, and the member's own sheet for it."""
    found, seat = _case(request, pk)
    return _case_page(request, found, seat)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def case_save(request: Any, pk: int) -> JsonResponse:
    """Autosave of a case, answered with the member's own figures only."""
    try:
        found, _ = _case(request, pk)
        kept = actions.save_calibration(
            case=found,
            choices=choices_in(request.POST),
            revision=whole(request.POST.get("revision", "")),
            by=request.user,
            at=request.now,
        )
    except Http404:
        return JsonResponse({"message": "Hồ sơ này không có trong lượt chấm thử của bạn."}, status=404)
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=409 if isinstance(refused, Stale) else 422)
    return JsonResponse(
        {
            "saved_at": f"{timezone.localtime(kept.saved_at):%H:%M}",
            "total": points(total_of(criteria_of(found.dossier), kept.choices)),
            "answered": len(kept.choices),
            "revision": kept.revision,
        }
    )


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def case_submit(request: Any, pk: int) -> HttpResponse:
    """Hand a case in; whatever is refused stays on the page."""
    found, seat = _case(request, pk)
    calibration_seat(request.user, request.today, found.round.council)
    try:
        actions.cast_calibration(
            case=found,
            choices=choices_in(request.POST),
            revision=whole(request.POST.get("revision", "")),
            by=request.user,
            at=request.now,
        )
    except Refused as refused:
        return _case_page(request, found, seat, refused)
    messages.success(request, f"Đã nộp phiếu chấm thử {found}.")
    return redirect("council:calibration", found.round_id)


def _own_seat(request: Any, council: Council) -> Seat:
    """The person's seat on the council; calibrations are for the council itself."""
    seat = seat_of(request.user, request.today, council)
    if seat is None:
        raise PermissionDenied("Chấm thử dành cho người có ghế trong Hội đồng này.")
    return seat


def _round(request: Any, pk: int) -> CalibrationRound:
    found = get_object_or_404(CalibrationRound.objects.select_related("council__unit"), pk=pk)
    _own_seat(request, found.council)
    return found


def _case(request: Any, pk: int) -> tuple[CalibrationCase, Seat]:
    """The case, for whoever sits on the council and whose door to that dossier is not shut; 404 for all others."""
    bare = get_object_or_404(CalibrationCase.objects.select_related("round__council__unit"), pk=pk)
    seat = _own_seat(request, bare.round.council)
    if not seat.votes:
        check_run_calibration(request.user, request.today, bare.round.council)
    return get_object_or_404(cases_for(bare.round, request.user, seat), pk=pk), seat


def _case_row(found: CalibrationCase, seat: Seat) -> dict[str, Any]:
    sheet = next(iter(found.own_sheets), None)  # type: ignore[attr-defined]
    handed_in = sheet is not None and sheet.submitted_at is not None
    over = found.round.ended_at is not None
    if not seat.votes:
        tone, label = "neutral", "Bạn không chấm"
    elif handed_in:
        tone, label = "good", "Đã nộp"
    elif over:
        tone, label = "neutral", "Đã kết thúc, bạn chưa nộp"
    else:
        tone, label = ("work", "Đang chấm") if sheet is not None else ("wait", "Chờ chấm")
    return {"case": found, "tone": tone, "label": label, "waiting": seat.votes and not handed_in and not over}


def _case_page(request: Any, found: CalibrationCase, seat: Seat, refused: Refused | None = None) -> HttpResponse:
    criteria_set = criteria_of(found.dossier)
    sheet = next(iter(found.own_sheets), None)  # type: ignore[attr-defined]
    choices = dict(sheet.choices) if sheet is not None else {}
    handed_in = sheet is not None and sheet.submitted_at is not None
    revision = sheet.revision if sheet is not None else 0
    if refused is not None and not handed_in:
        choices |= typed(request.POST, criteria_set.criteria)
        posted = whole(request.POST.get("revision", ""))
        revision = revision if posted is None or isinstance(refused, Stale) else posted
    lacking = [code for code in criteria_set.criteria if code not in choices] if refused is not None else []
    locked = handed_in or not seat.votes or found.round.ended_at is not None
    told = told_of(found)
    rows = {
        code: row_of(row, choices, locked=locked, lacking=lacking) | {"told": told[code]}
        for code, row in criteria_set.criteria.items()
    }
    context = {
        "case": found,
        "round": found.round,
        "sheet": sheet,
        "revision": revision,
        "handed_in": handed_in,
        "locked": locked,
        "refused": refused.message if refused is not None else "",
        "lacking": lacking[:12],
        "parts": [
            {"part": part, "criteria": [rows[row.code] for group in part.groups for row in group.criteria]}
            for part in criteria_set.parts
        ],
        "set_name": criteria_set.name,
        "before": scored_before(found, request.user),
        "total": total_of(criteria_set, choices),
        "answered": len(choices),
        "count": len(criteria_set.criteria),
        "back": reverse("council:calibration", args=[found.round_id]),
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    response = render(request, "council/calibration_case.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
