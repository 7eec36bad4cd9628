"""A dossier's appeals: how to appeal and until when, the form, what became of it; files and the answer's paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.appeals import queries
from ocop.appeals.actions import file_appeal
from ocop.appeals.forms import AppealForm, PaperAppealForm
from ocop.appeals.permissions import can_appeal, can_read, can_take_in
from ocop.appeals.views.loading import appeal_for, card_of
from ocop.appeals.ways import further_ways
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import visible_to
from ocop.files.actions import hold_upload
from ocop.files.delivery import hand_out
from ocop.files.models import Upload
from ocop.files.queries import held_uploads
from ocop.paperwork.delivery import hand_out_paper


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_appeals(request: OfficeRequest, pk: int) -> HttpResponse:
    """How to appeal and until when, the form of whoever may, and the appeals made."""
    dossier = get_object_or_404(visible_to(request.user, request.today), pk=pk)
    own, takes_in = (test(request.user, request.today, dossier) for test in (can_appeal, can_take_in))
    if not own and not takes_in and not _readable(request, dossier):
        raise Http404("Không có trang này.")
    standing = queries.standing_of(dossier, request.today)
    form_class = AppealForm if own else PaperAppealForm
    form = form_class(request.POST or None, request.FILES or None, initial={"received_on": request.today})
    held: list[Upload] = []
    if request.method == "POST":
        if not own and not takes_in:
            raise PermissionDenied("Kiến nghị do chủ thể gửi, hoặc cán bộ nhập khi chủ thể gửi bằng giấy.")
        try:
            held = _held(request)
            if form.is_valid():
                said = {name: value for name, value in form.cleaned_data.items() if name != "papers"}
                keys = [upload.key for upload in held]
                file_appeal(dossier=dossier, **said, held=keys, by=request.user, at=request.now)
                messages.success(request, "Đã gửi kiến nghị. Trả lời sẽ có ở trang này.")
                return redirect("appeals:dossier", dossier.pk)
        except Refused as refused:
            field = "papers" if refused.field == "file" else refused.field
            form.refuse(Refused(refused.message, field=field))
    context = {
        "dossier": dossier,
        "standing": standing,
        "own": own,
        "form": form if standing is not None and (form.errors or not standing.why_not) else None,
        "held": held,
        "cards": [card_of(request, row) for row in _readable(request, dossier)],
        "complaint": further_ways()["complaint"],
        "upgrade": further_ways()["upgrade"],
    }
    return render(request, "appeals/dossier.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def dossier_panel(request: OfficeRequest, pk: int) -> HttpResponse:
    """A window on the dossier's page: until when the result can be appealed, and how its appeal stands."""
    dossier = visible_to(request.user, request.today).filter(pk=pk).first()
    context: dict[str, Any] = {"dossier": dossier}
    if dossier is not None:
        context |= {
            "standing": queries.standing_of(dossier, request.today),
            "rows": _readable(request, dossier),
            "may": can_appeal(request.user, request.today, dossier)
            or can_take_in(request.user, request.today, dossier),
        }
    return render(request, "appeals/dossier_panel.html", context)


@signed_in
@require_GET
def appeal_file(request: OfficeRequest, pk: int, key: UUID) -> HttpResponseBase:
    """A file that came with an appeal, for whoever may read the appeal."""
    found = appeal_for(request, pk)
    kept = next((row.file for row in found.files.all() if row.file.key == key), None)
    if kept is None:
        raise Http404("Không có tệp này.")
    return hand_out(kept, request)


@signed_in
@require_GET
def answer_paper(request: OfficeRequest, pk: int, ending: str) -> HttpResponseBase:
    """The answer as it left the office; it names the old result, so only for those who may know it."""
    found = appeal_for(request, pk)
    card = card_of(request, found)
    if card["paper"] is None or not card["told"]:
        raise Http404("Chưa có văn bản trả lời.")
    return hand_out_paper(request, card["paper"], ending)


def _readable(request: OfficeRequest, dossier: Dossier) -> list[Any]:
    return [row for row in queries.appeals_of(dossier) if can_read(request.user, request.today, row)]


def _held(request: OfficeRequest) -> list[Upload]:
    """The files of the form, held; with those held since it was refused before."""
    keys = []
    for key in request.POST.getlist("held")[:50]:
        try:
            keys.append(UUID(key))
        except ValueError:
            continue
    kept = held_uploads(request.user, request.now, keys)
    return kept + [
        hold_upload(file=file, by=request.user, at=request.now) for file in request.FILES.getlist("papers") if file.size
    ]
