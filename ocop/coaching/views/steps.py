"""What steps cost, as an office knows it: list, one step, taking one off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.coaching import actions, queries
from ocop.coaching.forms import StepForm, step_initial
from ocop.coaching.letters import cost_words
from ocop.coaching.queries import Known
from ocop.coaching.states import UNKNOWN_COST
from ocop.coaching.views.cards import support_words
from ocop.core.doors import OfficeRequest, only
from ocop.core.errors import Refused
from ocop.core.search import fold
from ocop.places.models import Unit
from ocop.rubric.queries import paper_kinds

lead_office_only = only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")


@lead_office_only
@require_GET
def steps(request: OfficeRequest) -> HttpResponse:
    """Every step the office has or inherits, those it wrote itself told apart from the unverified shipped ones."""
    unit, query = _unit(request), request.GET.get("q", "").strip()
    wanted = fold(query).split()
    known = [
        row
        for row in queries.known_to(unit)
        if all(word in fold(row.advice.name, *row.advice.criteria) for word in wanted)
    ]
    return render(request, "coaching/steps.html", {"unit": unit, "query": query, "rows": [_row(row) for row in known]})


@lead_office_only
@require_http_methods(["GET", "HEAD", "POST"])
def step_new(request: OfficeRequest) -> HttpResponse:
    """Add a step of the office's own."""
    return _step_page(request, _unit(request), None)


@lead_office_only
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: OfficeRequest, code: str) -> HttpResponse:
    """One step: what the office knows of it, and what it wrote before."""
    unit = _unit(request)
    return _step_page(request, unit, _known_or_404(unit, code))


@lead_office_only
@require_http_methods(["GET", "HEAD", "POST"])
def step_withdraw(request: OfficeRequest, code: str) -> HttpResponse:
    """Take a step off the office's list."""
    unit = _unit(request)
    known = _known_or_404(unit, code)
    if request.method == "POST":
        actions.withdraw_step(unit=unit, code=code, by=request.user, at=request.now)
        messages.success(request, f"Đã bỏ bước “{known.advice.name}” khỏi danh sách của {unit.lower_name}.")
        return redirect("coaching:steps")
    confirm = {
        "title": f"Bỏ bước “{known.advice.name}”",
        "effects": [
            "Đường lên sao của mọi hồ sơ trong địa bàn không dùng bước này nữa: tiêu chí đó thành chưa có ước tính.",
            "Kế hoạch củng cố đã lưu không đổi.",
        ],
        "to": f"Chủ thể thuộc {unit.lower_name}",
        "action": "Bỏ bước này",
        "url": reverse("coaching:step-withdraw", args=[code]),
        "cancel_url": reverse("coaching:step", args=[code]),
    }
    return render(request, "coaching/step_withdraw.html", {"known": known, "confirm": confirm})


def _step_page(request: OfficeRequest, unit: Unit, known: Known | None) -> HttpResponse:
    initial: dict[str, Any] = {"valid_from": request.today}
    if known is not None:
        row = known.row if known.row is not None and known.row.unit_id == unit.pk else None
        initial = step_initial(known.advice, request.today, row.valid_to if row is not None else None)
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        code = known.advice.code if known is not None else ""
        try:
            written = actions.write_step(unit=unit, code=code, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã ghi bước “{written.name}”. Đường lên sao của các hồ sơ tính theo số mới.")
            return redirect("coaching:steps")
    context = {
        "form": form,
        "unit": unit,
        "known": known,
        "history": queries.steps_of(unit, known.advice.code) if known is not None else [],
    }
    return render(request, "coaching/step.html", context, status=422 if form.errors else 200)


def _unit(request: OfficeRequest) -> Unit:
    """The unit for whose area the visitor is the lead office."""
    return units_of(request.user, [Role.LEAD_OFFICER], request.today)[0]


def _known_or_404(unit: Unit, code: str) -> Known:
    known = queries.step_of(unit, code)
    if known is None:
        raise Http404("Không có bước này.")
    return known


def _row(known: Known) -> dict[str, Any]:
    advice = known.advice
    kinds = paper_kinds()
    return {
        "advice": advice,
        "row": known.row,
        "raises": "; ".join([*advice.criteria, *(kinds[kind].name for kind in advice.papers if kind in kinds)]),
        "cost": UNKNOWN_COST if advice.cost_high is None else cost_words(advice.cost_low or 0, advice.cost_high),
        "support": support_words(advice),
    }
