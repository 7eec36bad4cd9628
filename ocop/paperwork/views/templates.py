"""The office's own Word templates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import OfficeRequest
from ocop.core.errors import Refused
from ocop.files.actions import end_upload, hold_upload
from ocop.files.delivery import hand_out
from ocop.files.models import StoredFile, Upload
from ocop.files.queries import held_uploads
from ocop.paperwork import actions, queries
from ocop.paperwork.actions.templates import SAMPLE_URL
from ocop.paperwork.forms import TemplateForm
from ocop.paperwork.kinds import kinds
from ocop.paperwork.permissions import CLERKS, offices_of
from ocop.paperwork.rules import Kind
from ocop.paperwork.views.shared import clerks_only, known_kind, own_office, word_file
from ocop.paperwork.word import fill, sample_values, starter
from ocop.places.models import Unit


@clerks_only
@require_GET
def templates(request: OfficeRequest) -> HttpResponse:
    """Every kind of paper of the visitor's offices: the standard layout, or the office's own template."""
    offices = offices_of(request.user, request.today, *CLERKS)
    live = queries.live_templates(offices)
    told = [
        {"unit": unit, "kinds": [{"kind": kind, "live": live.get((unit.pk, kind.code))} for kind in kinds().values()]}
        for unit in offices
    ]
    return render(request, "paperwork/templates.html", {"offices": told})


@clerks_only
@require_http_methods(["GET", "HEAD", "POST"])
def kind_page(request: OfficeRequest, unit: int, kind: str) -> HttpResponse:
    """One kind: its merge fields, a template to begin with, the versions so far, and the place to bring one."""
    office, told = own_office(request, unit), known_kind(kind)
    form = TemplateForm(request.POST or None, request.FILES or None)
    mistakes: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            held = hold_upload(file=form.cleaned_data["file"], by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            mistakes = actions.template_mistakes(_kept(held), told)
            if not mistakes:
                return redirect("paperwork:candidate", office.pk, told.code, held.key)
            end_upload(upload=held, by=request.user, at=request.now)
    return _kind_page(request, office, told, form, mistakes)


@clerks_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: OfficeRequest, unit: int, kind: str, key: UUID) -> HttpResponse:
    """A template that was found good: look at it filled, then take it into use."""
    office, told, held = own_office(request, unit), known_kind(kind), _held(request, key)
    if request.method == "POST":
        try:
            actions.adopt_template(unit=office, kind=told.code, key=key, by=request.user, at=request.now)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("paperwork:kind", office.pk, told.code)
        messages.success(request, f"Từ nay {told.lower_name} dùng mẫu của cơ quan.")
        return redirect("paperwork:kind", office.pk, told.code)
    return render(request, "paperwork/candidate.html", {"office": office, "kind": told, "held": held})


@clerks_only
@require_GET
def candidate_filled(request: OfficeRequest, unit: int, kind: str, key: UUID) -> HttpResponse:
    """A template on trial, filled with samples."""
    own_office(request, unit)
    return _sample(_kept(_held(request, key)), known_kind(kind))


@clerks_only
@require_GET
def starter_file(request: OfficeRequest, unit: int, kind: str) -> HttpResponse:
    """A Word file to begin with."""
    own_office(request, unit)
    return word_file(starter(known_kind(kind)), f"mau-{kind.replace('_', '-')}")


@clerks_only
@require_GET
def template_file(request: OfficeRequest, unit: int, kind: str, version: int) -> HttpResponseBase:
    """A version of the office's template as it was brought."""
    found = get_object_or_404(queries.templates_of(own_office(request, unit), kind), version=version)
    return hand_out(found.file)


@clerks_only
@require_GET
def template_filled(request: OfficeRequest, unit: int, kind: str, version: int) -> HttpResponse:
    """A version of the office's template filled with samples."""
    found = get_object_or_404(queries.templates_of(own_office(request, unit), kind), version=version)
    return _sample(found.file, known_kind(kind))


@clerks_only
@require_POST
def retire(request: OfficeRequest, unit: int, kind: str) -> HttpResponse:
    """Back to the standard layout."""
    office, told = own_office(request, unit), known_kind(kind)
    live = queries.live_template(office, told.code)
    if live is not None:
        try:
            actions.retire_template(template=live, by=request.user, at=request.now)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, f"Từ nay {told.lower_name} dùng lại mẫu chuẩn.")
    return redirect("paperwork:kind", office.pk, told.code)


def _kind_page(
    request: OfficeRequest, office: Unit, told: Kind, form: TemplateForm, mistakes: list[str]
) -> HttpResponse:
    versions = list(queries.templates_of(office, told.code)[:25])
    context = {
        "office": office,
        "kind": told,
        "form": form,
        "mistakes": mistakes,
        "versions": versions,
        "live": next((version for version in versions if version.retired_at is None), None),
    }
    return render(request, "paperwork/kind.html", context, status=422 if mistakes or form.errors else 200)


def _held(request: OfficeRequest, key: UUID) -> Upload:
    held = held_uploads(request.user, request.now, [key])
    if not held or held[0].stored is None:
        raise Http404("Tệp này không còn được giữ tạm. Hãy tải mẫu lên lại.")
    return held[0]


def _kept(held: Upload) -> StoredFile:
    assert held.stored is not None, "an upload held whole has its file"
    return held.stored


def _sample(file: StoredFile, kind: Kind) -> HttpResponse:
    try:
        content = fill(file, kind, sample_values(kind, SAMPLE_URL))
    except Refused as refused:
        raise Http404(refused.message) from refused
    return word_file(content, f"dien-thu-{kind.code.replace('_', '-')}")
