"""A recognition from before the system knew the product."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.files.actions import hold_sent
from ocop.files.delivery import hand_out
from ocop.registration import actions, queries
from ocop.registration.forms import RecognitionForm
from ocop.registration.permissions import can_register_product, check_register_product

FIELDS = ("star", "decision_number", "issuer", "decided_on", "expires_on")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recognition(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is known of the earlier recognition, and the form to enter or correct it; `?tiep=` says where to go on."""
    product = get_object_or_404(queries.products_seen(request.user, request.today), pk=pk)
    known = queries.earlier_recognition_of(product)
    initial = {field: getattr(known, field) for field in FIELDS} if known is not None else {}
    form = RecognitionForm(
        request.POST or None, request.FILES or None, stars=queries.recognised_stars(), initial=initial
    )
    held = None
    if request.method == "POST":
        check_register_product(request.user, request.today, product.subject)
        whole = form.is_valid()
        try:
            held = hold_sent(
                file=request.FILES.get("scan"), key=request.POST.get("held", ""), by=request.user, at=request.now
            )
            if whole:
                said = {field: form.cleaned_data[field] for field in FIELDS}
                key = held.key if held is not None else None
                actions.enter_recognition(product=product, **said, held=key, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            if whole:
                messages.success(request, f"Đã ghi lần công nhận trước của “{product.name}”.")
                return _go_on(request, product.subject_id)
    context = {
        "product": product,
        "known": known,
        "form": form,
        "held": held,
        "may": can_register_product(request.user, request.today, product.subject),
    }
    return render(request, "registration/recognition.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def recognition_scan(request: OfficeRequest, pk: int, key: UUID) -> FileResponse:
    """The scanned decision, for those who may see the product."""
    product = get_object_or_404(queries.products_seen(request.user, request.today), pk=pk)
    found = product.earlier_recognitions.filter(scan__key=key).select_related("scan").first()
    if found is None or found.scan is None:
        raise Http404("Không có tệp này.")
    return hand_out(found.scan)


def _go_on(request: OfficeRequest, subject: int) -> HttpResponse:
    onward = request.GET.get("tiep", "")
    if onward and url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        return redirect(onward)
    return redirect("registration:subject", subject)
