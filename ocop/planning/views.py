"""Programmes of a year and their batches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused
from ocop.planning import actions, queries
from ocop.planning.forms import BatchForm, ProgrammeForm
from ocop.planning.models import Programme
from ocop.planning.permissions import can_plan, check_plan
from ocop.planning.rules import BatchOffer, batch_offers
from ocop.planning.states import BatchState
from ocop.regime.queries import as_rules, newest_first

planners_only = only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")


def _programme(request: OfficeRequest, pk: int) -> Programme:
    return get_object_or_404(queries.programmes_of(request.user, request.today), pk=pk)


def _rows(request: OfficeRequest, batches: Any) -> list[dict[str, Any]]:
    rows = []
    for batch in batches:
        state = batch.state_on(request.today)
        rows.append({"batch": batch, "state": state, "open": state is BatchState.OPEN})
    return rows


@signed_in
@require_GET
def programmes(request: OfficeRequest) -> HttpResponse:
    """The programmes that the visitor works in, each with its batches, the newest year first."""
    found: Any = queries.with_batches(queries.programmes_of(request.user, request.today))
    cards = [
        {"programme": programme, "law": as_rules(programme.regime_version), "rows": _rows(request, programme.in_order)}
        for programme in found
    ]
    context = {"cards": cards, "may": bool(units_of(request.user, (Role.LEAD_OFFICER,), request.today))}
    return render(request, "planning/programmes.html", context)


@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def programme_new(request: OfficeRequest) -> HttpResponse:
    """Open a year's programme under a regime; one that is not in force asks for a second look."""
    units = units_of(request.user, (Role.LEAD_OFFICER,), request.today)
    year = request.today.year
    initial = {"year": year, "title": f"Chương trình OCOP {units[0].lower_name} năm {year}"}
    form = ProgrammeForm(request.POST or None, units=units, regimes=newest_first(), day=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = actions.open_programme(
                unit=asked["unit"],
                year=asked["year"],
                title=asked["title"],
                regime_version=asked["regime"],
                lead_office=asked["lead_office"],
                plan_number=asked["plan_number"],
                plan_signed_on=asked["plan_signed_on"],
                by=request.user,
                at=request.now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã lập {made}. Việc tiếp theo: mở đợt đầu tiên.")
            return redirect("planning:programme", made.pk)
    return render(request, "planning/programme_new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_GET
def programme(request: OfficeRequest, pk: int) -> HttpResponse:
    """One programme: its law, its plan, its batches with their dates."""
    found = _programme(request, pk)
    context = {
        "programme": found,
        "law": as_rules(found.regime_version),
        "rows": _rows(request, found.batches.order_by("number")),
        "may": can_plan(request.user, request.today, found.unit),
    }
    return render(request, "planning/programme.html", context)


@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """Open a batch; the cut-offs of the programme's regime are offered (`?mau=<number>` fills them in)."""
    found = _programme(request, pk)
    check_plan(request.user, request.today, found.unit)
    offers = batch_offers(as_rules(found.regime_version).batches, found.unit.level, found.year)
    taken = set(found.batches.values_list("number", flat=True))
    free = [offer for offer in offers if offer.number not in taken]
    wanted = next((offer for offer in free if str(offer.number) == request.GET.get("mau")), None)
    number = wanted.number if wanted else max(taken, default=0) + 1
    past = wanted is not None and wanted.closes_on is not None and wanted.closes_on < request.today
    initial = {
        "number": number,
        "name": f"Đợt {number}",
        "opens_on": None if past else request.today,
        **_dates(wanted),
    }
    form = BatchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            batch = actions.open_batch(programme=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, f"Đã mở {batch}: nhận hồ sơ từ {batch.opens_on:%d/%m/%Y} đến hết {batch.closes_on:%d/%m/%Y}."
            )
            return redirect("planning:programme", found.pk)
    context = {
        "form": form,
        "programme": found,
        "law": as_rules(found.regime_version),
        "offers": free,
        "wanted": wanted,
    }
    return render(request, "planning/batch_new.html", context, status=422 if form.errors else 200)


def _dates(offer: BatchOffer | None) -> dict[str, Any]:
    if offer is None:
        return {}
    return {
        "name": offer.name,
        "closes_on": offer.closes_on,
        "forward_before": offer.forward_before,
        "announce_before": offer.announce_before,
    }


@planners_only
@require_http_methods(["GET", "HEAD", "POST"])
def batch_close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Stop taking in dossiers before the last day, after the batch's number was typed."""
    batch = get_object_or_404(queries.batches_of(request.user, request.today), pk=pk)
    check_plan(request.user, request.today, batch.programme.unit)
    error = ""
    if request.method == "POST":
        if request.POST.get("confirm_number", "").strip() != str(batch.number):
            error = f"Gõ đúng số {batch.number} để xác nhận."
        else:
            try:
                actions.close_batch(batch=batch, by=request.user, at=request.now)
            except Refused as refused:
                error = refused.message
            else:
                messages.success(request, f"Đã đóng nhận hồ sơ {batch}. Hồ sơ đã nộp vẫn được xử lý tiếp.")
                return redirect("planning:programme", batch.programme_id)
    confirm = {
        "title": f"Đóng nhận hồ sơ {batch}",
        "effects": [
            "Từ bây giờ không ai đăng ký sản phẩm và nộp hồ sơ mới vào đợt này được nữa.",
            "Hồ sơ đã nộp vẫn được kiểm tra, đánh giá tiếp.",
            f"Hạn đã báo là hết ngày {batch.closes_on:%d/%m/%Y}: hãy báo cho các xã, phường và chủ thể trước khi đóng.",
        ],
        "to": f"Chủ thể và xã, phường thuộc {batch.programme.unit.lower_name}",
        "number": batch.number,
        "number_of": "thứ tự của đợt",
        "action": "Đóng đợt",
        "url": reverse("planning:batch-close", args=[batch.pk]),
        "cancel_url": reverse("planning:programme", args=[batch.programme_id]),
        "error": error,
    }
    return render(
        request, "planning/batch_close.html", {"batch": batch, "confirm": confirm}, status=422 if error else 200
    )
