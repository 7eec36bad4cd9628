"""Registering a product into an open batch, and what was registered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.planning.queries import latest_programme, next_batch, open_batches
from ocop.regime.queries import as_rules
from ocop.registration import actions, queries
from ocop.registration.forms import ProductForm
from ocop.registration.models import Subject
from ocop.registration.permissions import can_register_product, check_register_product
from ocop.registration.views.subjects import seen_subject


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def product_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """Register a product: batch, criteria set (`?tim=` narrows the list), name, kind of dossier, star aimed at."""
    subject = seen_subject(request, pk)
    check_register_product(request.user, request.today, subject)
    batches = open_batches(subject.unit, request.today)
    if not batches:
        return _no_batch(request, subject)
    batch = next((each for each in batches if str(each.pk) == request.GET.get("dot")), batches[0])
    regime = as_rules(batch.programme.regime_version)
    initial = {"name": request.GET.get("ten", ""), "set_no": request.GET.get("set_no", "")}
    form = ProductForm(request.POST or None, regime=regime, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register_product(
                subject=subject, batch=batch, **form.cleaned_data, by=request.user, at=request.now
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã đăng ký “{made.product}” vào {batch}, mã sản phẩm {made.code}.")
            return redirect("registration:registration", made.pk)
    query = request.GET.get("tim", "").strip()
    context = {
        "subject": subject,
        "batch": batch,
        "others": [each for each in batches if each != batch],
        "law": regime,
        "form": form,
        "query": query,
        "sectors": [
            {"name": name, "sets": sets, "open": bool(query) or form.chosen_set in {each.set_no for each in sets}}
            for name, sets in queries.sets_by_sector(regime.code, query, form.chosen_set)
        ],
        "names": list(subject.products.values_list("name", flat=True)),
    }
    return render(request, "registration/product_new.html", context, status=422 if form.errors else 200)


def _no_batch(request: OfficeRequest, subject: Subject) -> HttpResponse:
    """No batch takes in products today: when the next one opens, and whom to ask."""
    context = {
        "subject": subject,
        "next_batch": next_batch(subject.unit, request.today),
        "programme": latest_programme(subject.unit),
        "helpers": list(queries.helpers_of(subject.unit, request.today)),
    }
    return render(request, "registration/no_batch.html", context)


@signed_in
@require_GET
def registration(request: OfficeRequest, pk: int) -> HttpResponse:
    """What was registered, and the way to its dossier."""
    found = get_object_or_404(queries.registrations_seen(request.user, request.today), pk=pk)
    subject = found.product.subject
    law = as_rules(found.batch.programme.regime_version)
    context = {
        "registration": found,
        "subject": subject,
        "law": law,
        "kind": law.kind(found.kind),
        "open": found.batch.is_open_on(request.today),
        "may": can_register_product(request.user, request.today, subject),
        "helpers": list(queries.helpers_of(subject.unit, request.today)),
    }
    return render(request, "registration/registration.html", context)
