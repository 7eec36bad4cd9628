"""Taking a dossier in at the desk, the slip, and the way to the present step."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.dossiers.permissions import can_find, check_find
from ocop.dossiers.queries import criteria_of, local_assessment_of, regime_of, step_of
from ocop.dossiers.states import DossierState
from ocop.intake import queries
from ocop.intake.actions import receive as take_in
from ocop.intake.actions.locking import StepOver
from ocop.intake.forms import ReceiptForm
from ocop.intake.papers import slip
from ocop.intake.permissions import can_number_papers
from ocop.intake.views.loading import dossier_for, moved_on, photo_row, step_over, visit_of
from ocop.interview.permissions import can_read_personal
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper

# The page of each kind of step; which steps there are, and of which kind, is the regime's data.
PAGES = {"check": "intake:check", "assessment": "intake:assess"}


@signed_in
@require_GET
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page of the dossier's present step, or to the dossier when intake is over."""
    dossier = dossier_for(visit_of(request), pk)
    present = step_of(dossier)
    return redirect(PAGES[present.kind] if present else "dossiers:dossier", dossier.pk)


@signed_in
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """What came in: the paper set, the samples; gives the receipt number."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    if dossier.state != DossierState.SUBMITTED or present is None:
        return step_over(request, dossier) if request.method == "POST" else redirect("dossiers:dossier", dossier.pk)
    if moved_on(request, present):
        return step_over(request, dossier)
    check_find(visit.user, visit.day, dossier)
    last = queries.receipt_of(dossier, present.code)
    initial = {name: getattr(last, name) for name in ("paper_on", "samples", "handed_by", "note")} if last else None
    form = ReceiptForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = take_in(dossier=dossier, **form.cleaned_data, by=visit.user, at=visit.moment)
        except StepOver:
            return step_over(request, dossier)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã ghi nhận hồ sơ, phiếu số {receipt.number}.")
            return redirect("intake:step", dossier.pk)
    context = {
        "dossier": dossier,
        "step": present,
        "form": form,
        "receipt": last,
        "stamped": queries.stamped_forms(dossier) if last else [],
        "submission": queries.latest_submission(dossier),
        "samples": regime_of(dossier).samples_for(criteria_of(dossier).set_no),
        "rules": regime_of(dossier).receipt(present.at),
        "clock": queries.clock_of(dossier, visit.day),
    }
    return render(request, "intake/receive.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_GET
def slip_paper(request: HttpRequest, pk: int, code: str, ending: str) -> HttpResponse:
    """The slip of the office that took the dossier in, to be printed and handed over."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    receipt = queries.receipt_of(dossier, code)
    if receipt is None:
        raise Http404("Chưa có phiếu nhận hồ sơ của bước này.")
    paper = partial(PRESSES[ending], slip(dossier, receipt))
    return show_paper(request, paper, name=f"phieu-nhan-{receipt.pk}.{ending}")


@signed_in
@require_GET
def dossier_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A window on the dossier's page: receipts, the clock, the commune's papers."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    finds = can_find(visit.user, visit.day, dossier)
    finding, receipts = local_assessment_of(dossier), queries.receipts_of(dossier)
    context = {
        "dossier": dossier,
        "receipts": receipts,
        "clock": queries.clock_of(dossier, visit.day),
        "finds": finds,
        "stamped": queries.stamped_forms(dossier) if receipts else [],
        "here": present is not None and any(receipt.step == present.code for receipt in receipts),
        "finding": finding,
        "papers": queries.papers_of(dossier, finding),
        "photos": [photo_row(dossier, photo) for photo in queries.shown_photos(finding.submission)] if finding else [],
        "may_read_personal": can_read_personal(visit.user, visit.day, dossier.registration.product.subject),
        "may_number": can_number_papers(visit.user, visit.day, dossier),
    }
    return render(request, "intake/dossier_panel.html", context)
