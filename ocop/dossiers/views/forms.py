"""The forms of a dossier: what they still lack, and each as PDF and as a Word file."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ocop.core.doors import signed_in
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_write
from ocop.dossiers.queries import form_values, regime_of
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.interview.queries import catalogue, live_personal, personal_answers, sitting_of
from ocop.regime.forms import Layout, ValueName, asks_for, fill, known_values, layouts_of, missing
from ocop.regime.rules import Form
from ocop.registration.queries import acts_for
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper

SUBJECT = "subject"  # who fills the forms of this page in
POINTS = "total.points"  # a form that shows it is not for whoever assesses contents without points


@signed_in
@require_GET
def forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms that the subject hands in, each with what it still lacks and where that is filled in."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    values = _values(visit, dossier)
    writes = can_write(visit.user, visit.day, dossier)
    editable = writes and dossier.state in EDITABLE
    places = _places(dossier) if editable else {}
    reads_points = can_read_points(visit.user, visit.day, dossier)
    rows = [
        _row(dossier, form, layout, values, places, editable=editable)
        for form, layout in _own_forms(dossier)
        if reads_points or not asks_for(layout, POINTS)
    ]
    context = {
        "dossier": dossier,
        "rows": rows,
        "editable": editable,
        "submission": values.get("submission.number"),
        "withheld": not reads_points,
        "personal": acts_for(visit.user, visit.day, dossier.registration.product.subject),
    }
    return render(request, "dossiers/forms.html", context)


@signed_in
@require_GET
def form(request: HttpRequest, pk: int, code: str, ending: str) -> HttpResponse:
    """One form of the subject, as PDF to read and print or as a Word file."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    found = next(((form, layout) for form, layout in _own_forms(dossier) if form.code == code), None)
    if found is None:
        raise Http404("Quy định của hồ sơ này không có mẫu đó.")
    told, layout = found
    if asks_for(layout, POINTS) and not can_read_points(visit.user, visit.day, dossier):
        raise Http404("Mẫu này có điểm tự chấm; cấp xã nhận xét nội dung, không xem điểm.")
    values = _values(visit, dossier)
    paper = fill(layout, values, title=f"{told.name}: {values['product.name']}", author=values["subject.name"])
    return show_paper(request, partial(PRESSES[ending], paper), name=f"{code}-{dossier.registration.code}.{ending}")


def _values(visit: Visit, dossier: Dossier) -> dict[str, Any]:
    subject = dossier.registration.product.subject
    return form_values(dossier, personal=personal_answers(subject, by=visit.user, at=visit.moment))


def _own_forms(dossier: Dossier) -> list[tuple[Form, Layout]]:
    """The forms of the dossier that the subject fills in, in the order of the regime."""
    regime = regime_of(dossier)
    layouts = layouts_of(regime.code)
    return [
        (form, layouts[form.code])
        for form in regime.forms
        if form.code in layouts and "dossier" in layouts[form.code].part_of and layouts[form.code].filled_by == SUBJECT
    ]


def _row(
    dossier: Dossier, form: Form, layout: Layout, values: dict[str, Any], places: dict[str, str], *, editable: bool
) -> dict[str, Any]:
    known = known_values()
    lacks = [known[name] for name in missing(layout, values)] if editable else []
    lacks = [value for value in lacks if value.at != "interview" or value.question in places]
    files = {ending: reverse("dossiers:form", args=[dossier.pk, form.code, ending]) for ending in PRESSES}
    return {
        "code": form.code,
        "name": form.name,
        "mark": form.mark,
        "lacks": [{"words": value.words, "url": _place(value, places)} for value in lacks],
        "lacks_words": f"Còn {len(lacks)} mục",
        "files": files,
    }


def _place(value: ValueName, places: dict[str, str]) -> str:
    return places.get(value.question if value.at == "interview" else value.at, "")


def _places(dossier: Dossier) -> dict[str, str]:
    """Where a value is filled in: by question for the interview, as far as it asks this product; else by place."""
    product = dossier.registration.product
    places = {
        "subject": reverse("registration:subject", args=[product.subject_id]),
        "registration": reverse("registration:registration", args=[dossier.registration_id]),
        "self-assessment": reverse("dossiers:self-assessment", args=[dossier.pk]),
        "evidence": reverse("dossiers:evidence", args=[dossier.pk]),
    }
    sitting = sitting_of(product, dossier.registration.batch.programme.year)
    if sitting is not None:
        year = f"?nam={sitting.year}"
        # a helper does not read what the subject answered of itself, but need not ask for it again
        answered = {row.question for row in live_personal(product.subject) if row.value is not None}
        for code, question in catalogue().questions.items():
            if sitting.scene.keys(question) and code not in answered:
                places[code] = reverse("interview:card", args=[product.pk, question.card]) + year
    return places
