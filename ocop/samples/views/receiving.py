"""The samples of one dossier: taking them in, labels, the receipt, a window on the dossier's page."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused, Stale
from ocop.core.pages import whole
from ocop.dossiers.permissions import can_view
from ocop.paperwork.delivery import hand_out_paper
from ocop.paperwork.queries import latest_paper
from ocop.samples import queries
from ocop.samples.actions import issue_receipt, receive_samples
from ocop.samples.forms import ReceptionForm
from ocop.samples.models import Reception
from ocop.samples.papers import RECEIPT, labels
from ocop.samples.permissions import can_keep, can_look
from ocop.samples.rules import keeps_until
from ocop.samples.states import AT_HAND
from ocop.samples.views.loading import OFFICE_PEOPLE, kept_dossier, office_people
from ocop.ui.printing import show_paper


@only(office_people, words=OFFICE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_samples(request: OfficeRequest, pk: int) -> HttpResponse:
    """Where the dossier's samples are, and a form to take in more."""
    dossier = kept_dossier(request, pk)
    wanted, found = queries.wanted_samples(dossier), list(queries.samples_of(dossier))
    missing = max(wanted - len(found), 0)
    subject = dossier.registration.product.subject
    form = ReceptionForm(
        request.POST or None,
        initial={"key": uuid4(), "count": missing or wanted, "handed_by": subject.representative},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = receive_samples(dossier=dossier, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
                status = 409 if isinstance(refused, Stale) else 422
            else:
                messages.success(request, f"Đã nhận {made.count} mẫu. In tem và dán lên từng mẫu ngay bây giờ.")
                return redirect("samples:dossier", dossier.pk)
    receptions = list(queries.receptions_of(dossier))
    context = {
        "dossier": dossier,
        "form": form,
        "wanted": wanted,
        "missing": missing,
        "samples": found,
        "at_hand": sum(sample.state in AT_HAND for sample in found),
        "receptions": [
            {
                "reception": row,
                "paper": latest_paper(row, RECEIPT),
                "keeps": keeps_until(row.best_before, request.today),
            }
            for row in receptions
        ],
        "may": can_keep(request.user, request.today, dossier),
        "receives": wanted and dossier.state in queries.RECEIVING,
    }
    return render(request, "samples/dossier.html", context, status=status)


@only(office_people, words=OFFICE_PEOPLE)
@require_GET
def label_sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """Labels of the dossier's samples, of one reception with `?lan=`, on a sheet of 24."""
    dossier = kept_dossier(request, pk)
    found = queries.samples_of(dossier)
    reception = whole(request.GET.get("lan", ""))
    if reception is not None:
        found = found.filter(reception=reception)
    rows = list(found)
    if not rows:
        raise Http404("Chưa có mẫu nào để in tem.")
    batch = str(dossier.registration.batch)
    return show_paper(request, partial(labels, rows, batch=batch), name=f"tem-mau-{dossier.pk}.pdf")


@only(office_people, words=OFFICE_PEOPLE)
@require_POST
def receipt(request: OfficeRequest, pk: int) -> HttpResponse:
    """Issue the receipt of one reception."""
    reception = get_object_or_404(
        Reception.objects.filter(dossier__in=queries.kept_for(request.user, request.today).values("pk")), pk=pk
    )
    try:
        issue_receipt(reception=reception, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("samples:dossier", reception.dossier_id)
    return redirect("samples:receipt-paper", reception.pk, "pdf")


@signed_in
@require_GET
def receipt_file(request: OfficeRequest, pk: int, ending: str) -> HttpResponseBase:
    """The receipt, for the office and for whoever may open the dossier."""
    reception = get_object_or_404(Reception.objects.select_related("dossier"), pk=pk)
    kept = queries.kept_for(request.user, request.today).filter(pk=reception.dossier_id).exists()
    paper = latest_paper(reception, RECEIPT)
    if paper is None or not (kept or can_view(request.user, request.today, reception.dossier)):
        raise Http404("Không có biên nhận này.")
    return hand_out_paper(request, paper, ending)


@signed_in
@require_GET
def dossier_panel(request: OfficeRequest, pk: int) -> HttpResponse:
    """A window on the dossier's page, of the office only: how many samples are where, which tests were asked for."""
    dossier = queries.kept_for(request.user, request.today).filter(pk=pk).first()
    context: dict[str, object] = {"dossier": dossier}
    if dossier is not None and can_look(request.user, request.today, dossier):
        found = list(queries.samples_of(dossier))
        context |= {
            "wanted": queries.wanted_samples(dossier),
            "samples": found,
            "at_hand": sum(sample.state in AT_HAND for sample in found),
            "tests": list(queries.tests_of(dossier)),
            "shown": True,
        }
    return render(request, "samples/dossier_panel.html", context)
