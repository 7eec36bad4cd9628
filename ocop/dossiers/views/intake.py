"""The intake steps: checking a dossier, assessing its local contents, passing it on or sending it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.dossiers.actions import pass_step, return_dossier
from ocop.dossiers.forms import PassForm, ReturnForm
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import check_find
from ocop.dossiers.queries import criteria_of, kind_of, live_evidence, regime_of, step_of
from ocop.dossiers.rules import forecast
from ocop.dossiers.views.cards import claims_of, file_of
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.regime.rules import IntakeStep

# The page of each kind of step; which steps there are, and of which kind, is the regime's data.
PAGES = {"check": "dossiers:check", "assessment": "dossiers:assess"}

UNTYPED = ("csrfmiddlewaretoken", "act")


@signed_in
@require_GET
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page of the dossier's present step, or to the dossier when intake is over."""
    dossier = dossier_for(visit_of(request), pk)
    present = step_of(dossier)
    return redirect(PAGES[present.kind] if present else "dossiers:dossier", dossier.pk)


@signed_in
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence beside what the subject claims; passed on, or sent back once with everything that is missing."""
    return _step_page(request, pk, "check", "dossiers/check.html")


@signed_in
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """The contents the law names: statement and finding, without any score (QĐ 26/2026 Art. 7.2)."""
    return _step_page(request, pk, "assessment", "dossiers/assess.html")


def _step_page(request: HttpRequest, pk: int, kind: str, template: str) -> HttpResponse:
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    if present is None or present.kind != kind:
        if request.method == "POST":
            texts = [text for key, given in request.POST.lists() if key not in UNTYPED for text in given]
            typed = [text for text in texts if text.strip()]
            return render(request, "dossiers/step_over.html", {"dossier": dossier, "typed": typed}, status=409)
        return redirect("dossiers:step", dossier.pk)
    check_find(visit.user, visit.day, dossier)
    act = request.POST.get("act")
    passing = PassForm(request.POST if act == "pass" else None, step=present, auto_id="dat-%s")
    returning = ReturnForm(request.POST if act == "return" else None, auto_id="bo-sung-%s")
    done = (act == "pass" and _passed(request, visit, dossier, passing)) or (
        act == "return" and _returned(request, visit, dossier, returning)
    )
    if done:
        return redirect("dossiers:dossier", dossier.pk)
    context = _context(dossier, present, kind) | {"passing": passing, "returning": returning}
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _passed(request: HttpRequest, visit: Visit, dossier: Dossier, form: PassForm) -> bool:
    if not form.is_valid():
        return False
    try:
        pass_step(
            dossier=dossier, contents=form.contents, note=form.cleaned_data["note"], by=visit.user, at=visit.moment
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    messages.success(request, "Đã ghi kết quả và chuyển hồ sơ sang bước tiếp theo.")
    return True


def _returned(request: HttpRequest, visit: Visit, dossier: Dossier, form: ReturnForm) -> bool:
    if not form.is_valid():
        return False
    try:
        return_dossier(
            dossier=dossier,
            items=form.items,
            answer_by=form.cleaned_data["answer_by"],
            note=form.cleaned_data["note"],
            by=visit.user,
            at=visit.moment,
        )
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return False
    messages.success(
        request, f"Đã gửi yêu cầu bổ sung; chủ thể nộp lại trước hết ngày {form.cleaned_data['answer_by']:%d/%m/%Y}."
    )
    return True


def _context(dossier: Dossier, present: IntakeStep, kind: str) -> dict[str, Any]:
    criteria_set = criteria_of(dossier)
    files = [file_of(dossier, evidence) for evidence in live_evidence(dossier)]
    told = forecast(regime_of(dossier), criteria_set, dossier.choices, dossier.registration.target_star)
    return {
        "dossier": dossier,
        "step": present,
        "kind": kind_of(dossier),
        "criteria_set": criteria_set,
        "files": files,
        "claims": claims_of(criteria_set, dossier, files, told.missed if kind == "check" else ()),
        "earlier": dossier.findings.order_by("-pk").first(),
    }
