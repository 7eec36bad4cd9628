"""Evidence: adding, citing, removing, and the file itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.dossiers.actions import add_evidence, cite_evidence, remove_evidence
from ocop.dossiers.forms import CiteForm, UploadForm
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.permissions import can_write, check_write
from ocop.dossiers.queries import criteria_of, live_evidence
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.cards import file_of
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.files.delivery import hand_out


@signed_in
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier's evidence; new files are each kept or refused by themselves."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    criteria_set = criteria_of(dossier)
    if request.method == "GET":
        form = UploadForm(criteria_set=criteria_set, initial={"cites": request.GET.getlist("tieu-chi")})
        return _page(request, visit, dossier, form)
    check_write(visit.user, visit.day, dossier)
    form = UploadForm(request.POST, request.FILES, criteria_set=criteria_set)
    if not form.is_valid():
        return _page(request, visit, dossier, form, status=422)
    kept, refused = _keep_each(visit, dossier, form)
    if refused:
        return _page(request, visit, dossier, form, kept=kept, refused=refused, status=422)
    messages.success(request, f"Đã nhận {len(kept)} tệp.")
    return redirect("dossiers:evidence", dossier.pk)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence_cite(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """For which criteria a file is cited, and how it is called."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    check_write(visit.user, visit.day, dossier)
    found = _evidence_of(dossier, key)
    initial = {"title": found.title, "cites": found.cites}
    form = CiteForm(request.POST or None, criteria_set=criteria_of(dossier), initial=initial)
    if form.is_valid():
        try:
            cite_evidence(evidence=found, **form.cleaned_data, by=visit.user, at=visit.moment)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, f"Đã lưu viện dẫn của “{form.cleaned_data['title']}”.")
            return redirect("dossiers:evidence", dossier.pk)
    context = {"dossier": dossier, "form": form, "file": file_of(dossier, found)}
    return render(request, "dossiers/evidence_cite.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence_remove(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Asks once, then takes the file out of the dossier."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    check_write(visit.user, visit.day, dossier)
    found = _evidence_of(dossier, key)
    error = ""
    if request.method == "POST":
        try:
            remove_evidence(evidence=found, by=visit.user, at=visit.moment)
        except Refused as refused:
            error = refused.message
        else:
            messages.success(request, f"Đã bỏ “{found.title}” khỏi hồ sơ.")
            return redirect("dossiers:evidence", dossier.pk)
    context = {"dossier": dossier, "file": file_of(dossier, found), "error": error}
    return render(request, "dossiers/evidence_remove.html", context, status=422 if error else 200)


@signed_in
@require_GET
def evidence_file(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The file itself, for those who may open its dossier."""
    dossier = dossier_for(visit_of(request), pk)
    return hand_out(_evidence_of(dossier, key).file)  # type: ignore[return-value]


def _evidence_of(dossier: Dossier, key: UUID) -> Evidence:
    return get_object_or_404(live_evidence(dossier), paper__file__key=key)


def _keep_each(visit: Visit, dossier: Dossier, form: UploadForm) -> tuple[list[Evidence], list[str]]:
    """Every good file is kept, whatever happens to the others."""
    uploads = [*form.cleaned_data["papers"], *form.cleaned_data["photos"]]
    title, kept, refused = form.cleaned_data["title"], [], []
    for number, upload in enumerate(uploads, start=1):
        try:
            kept.append(
                add_evidence(
                    dossier=dossier,
                    upload=upload,
                    title=f"{title} ({number})" if title and len(uploads) > 1 else title,
                    cites=form.cleaned_data["cites"],
                    by=visit.user,
                    at=visit.moment,
                )
            )
        except Refused as refusal:
            refused.append(refusal.message)
    return kept, refused


def _page(
    request: HttpRequest,
    visit: Visit,
    dossier: Dossier,
    form: UploadForm,
    *,
    kept: Sequence[Evidence] = (),
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    names = {code: criterion.name for code, criterion in criteria_of(dossier).criteria.items()}
    files: list[dict[str, Any]] = [file_of(dossier, each) for each in live_evidence(dossier)]
    for file in files:
        file["criteria"] = [f"{code} {names[code]}" for code in file["cites"]]
    context = {
        "dossier": dossier,
        "files": files,
        "form": form,
        "kept": kept,
        "refused": refused,
        "editable": can_write(visit.user, visit.day, dossier) and dossier.state in EDITABLE,
    }
    return render(request, "dossiers/evidence.html", context, status=status)
