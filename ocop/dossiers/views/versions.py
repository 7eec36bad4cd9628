"""What was handed in: every submission as it was frozen, two side by side, and the receipt of each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ocop.audit.rules import fingerprint
from ocop.core.clock import day_of
from ocop.core.codes import shown_code
from ocop.core.doors import signed_in
from ocop.dossiers.differences import CHOICES, Section
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.permissions import can_read_points
from ocop.dossiers.queries import (
    contents_side_by_side,
    frozen_sections,
    late_for_batch,
    next_after,
    receipt_values,
    tracking_address,
    tracking_page,
)
from ocop.dossiers.queries import regime_of as regime_of_dossier
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.regime.forms import fill, layouts_of
from ocop.ui.papers.document import press_pdf
from ocop.ui.printing import show_paper

RECEIPT = "receipt"  # the code of the receipt among the forms of a regime


@signed_in
@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every time the dossier was handed in, the newest first."""
    dossier = dossier_for(visit_of(request), pk)
    found = list(dossier.submissions.select_related("submitted_by").defer("content").order_by("-number"))
    context = {"dossier": dossier, "submissions": found, "pairs": list(pairwise(found))}
    return render(request, "dossiers/versions.html", context)


@signed_in
@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One submission as it was frozen, and whether its fingerprint is still that of its content."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    submission = _submission(dossier, number)
    context = {
        "dossier": dossier,
        "submission": submission,
        "intact": fingerprint(submission.content) == submission.sha256,
        "sections": _readable(visit, dossier, frozen_sections(dossier, submission)),
        "evidence": submission.content["evidence"],
        "read_back": submission.content.get("read_back"),
        "last": dossier.submissions.order_by("-number").values_list("number", flat=True).first(),
    }
    return render(request, "dossiers/version.html", context)


@signed_in
@require_GET
def side_by_side(request: HttpRequest, pk: int, one: int, other: int) -> HttpResponse:
    """Two submissions side by side: what the later one says otherwise."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    before, after = (_submission(dossier, number) for number in sorted((one, other)))
    sections = _readable(visit, dossier, contents_side_by_side(dossier, before, after))
    context = {
        "dossier": dossier,
        "before": before,
        "after": after,
        "sections": [section for section in sections if section.changes],
        "unchanged": [section for section in sections if not section.changes and section.told],
    }
    return render(request, "dossiers/side_by_side.html", context)


@signed_in
@require_GET
def receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """After handing in: the receipt's number, the fingerprint, what comes next, and how to follow the dossier."""
    dossier = dossier_for(visit_of(request), pk)
    submission = _submission(dossier, number)
    rules = regime_of_dossier(dossier).receipt("electronic")
    context: dict[str, Any] = {
        "dossier": dossier,
        "submission": submission,
        "mark": rules.mark if rules is not None else "",
        "next": next_after(dossier, submission),
        "late": late_for_batch(dossier, day_of(submission.submitted_at), submission),
        "address": tracking_address(dossier),
        "track_page": tracking_page(),
        "code": shown_code(dossier.tracking_code) if dossier.tracking_code else "",
        "has_paper": RECEIPT in layouts_of(regime_of_dossier(dossier).code),
    }
    return render(request, "dossiers/receipt.html", context)


@signed_in
@require_GET
def receipt_paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The receipt as a PDF to keep."""
    dossier = dossier_for(visit_of(request), pk)
    submission = _submission(dossier, number)
    layout = layouts_of(regime_of_dossier(dossier).code).get(RECEIPT)
    if layout is None:
        raise Http404("Quy định của hồ sơ này không có mẫu giấy tiếp nhận.")
    values = receipt_values(dossier, submission)
    paper = fill(layout, values, title=f"Giấy tiếp nhận: {values['product.name']}", author=values["receipt.issuer"])
    name = f"giay-tiep-nhan-{dossier.registration.code}-lan-{submission.number}.pdf"
    return show_paper(request, lambda: press_pdf(paper), name=name)


def _submission(dossier: Dossier, number: int) -> Submission:
    return get_object_or_404(dossier.submissions.select_related("submitted_by"), number=number)


def _readable(visit: Visit, dossier: Dossier, sections: list[Section]) -> list[Section]:
    """Without the self-assessment for whoever assesses contents only."""
    if can_read_points(visit.user, visit.day, dossier):
        return sections
    return [section for section in sections if section.code != CHOICES]
