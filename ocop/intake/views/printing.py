"""The commune's report and letter, as PDF or Word: a draft while the step runs, then as it was found."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.dossiers.permissions import can_find
from ocop.dossiers.queries import form_values, local_assessment_of, regime_of, step_of
from ocop.intake import queries
from ocop.intake.actions.assessing import findings_in_words
from ocop.intake.papers import form_paper
from ocop.intake.views.loading import dossier_for, visit_of
from ocop.interview.actions import read_personal
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper


@signed_in
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int, form: str, ending: str) -> HttpResponse:
    """The report or the letter of the latest assessment; of the one in hand only for whoever writes it.

    A POST prints the representative's personal facts too, and leaves an entry of who read them.
    """
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    finding = local_assessment_of(dossier)
    present = step_of(dossier)
    writing = present is not None and bool(present.contents) and can_find(visit.user, visit.day, dossier)
    step = present if writing else regime_of(dossier).step(finding.step) if finding is not None else None
    if step is None or form not in (step.form, step.letter):
        raise Http404("Hồ sơ này chưa có nhận xét của cấp xã.")
    contents = {}
    if writing:
        finding = None
        try:
            contents = findings_in_words(step, queries.notes_of(queries.latest_submission(dossier)))
        except Refused:
            contents = {}
    personal = None
    if request.method == "POST":
        why = f"in báo cáo của cấp xã cho “{dossier.registration.product.name}”"
        subject = dossier.registration.product.subject
        personal = read_personal(subject=subject, why=why, by=visit.user, at=visit.moment)
    values = form_values(dossier, personal=personal) | queries.report_values(dossier, finding, contents)
    paper = form_paper(dossier, form, values, issuer=values["commune.committee"])
    return show_paper(request, partial(PRESSES[ending], paper), name=f"{form}-{dossier.registration.code}.{ending}")


@signed_in
@require_GET
def stamped(request: HttpRequest, pk: int, form: str, ending: str) -> HttpResponse:
    """The subject's form with the boxes of the offices that took it in filled: number, day, who received."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    receipts = queries.receipts_of(dossier)
    if not receipts or form not in {each.code for each in queries.stamped_forms(dossier)}:
        raise Http404("Hồ sơ chưa có phiếu nhận, hoặc quy định không có mẫu đó.")
    values = form_values(dossier) | queries.slip_values(receipts, dossier)
    paper = form_paper(dossier, form, values, issuer=values["subject.name"])
    return show_paper(
        request, partial(PRESSES[ending], paper), name=f"{form}-tiep-nhan-{dossier.registration.code}.{ending}"
    )
