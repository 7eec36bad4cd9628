"""One sample on the phone that scanned its label, and scanning sample after sample."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from ocop.core.doors import OfficeRequest, only
from ocop.core.errors import Refused, Stale
from ocop.samples.actions import move_sample
from ocop.samples.forms import MoveForm, ScanForm
from ocop.samples.models import Sample
from ocop.samples.permissions import can_keep
from ocop.samples.queries import moves_of, sample_by_code
from ocop.samples.rules import clean_sample_code, keeps_until, lower_first
from ocop.samples.states import MOVE_WORDS, NEEDS_NOTE, NEEDS_TAKER, WAYS, SampleState
from ocop.samples.views.loading import OFFICE_PEOPLE, office_people

UNKNOWN = "Không có mẫu nào mang mã này trong phần việc của bạn. Kiểm tra lại mã trên tem."


@only(office_people, words=OFFICE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: OfficeRequest, code: str) -> HttpResponse:
    """Where the sample is, who holds it, and what can be done with it now, each a button."""
    found = _known(request, code)
    if found is None:
        raise Http404(UNKNOWN)
    may = can_keep(request.user, request.today, found.dossier)
    form = MoveForm(request.POST or None, initial={"key": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                moved = move_sample(
                    sample=found, to=request.POST.get("to", ""), **form.cleaned_data, by=request.user, at=request.now
                )
            except Refused as refused:
                form.refuse(refused)
                status = 409 if isinstance(refused, Stale) else 422
            else:
                messages.success(request, _told(moved))
                return redirect("samples:sample", moved.code)
    state = SampleState(found.state)
    context = {
        "sample": found,
        "form": form,
        "may": may,
        "moves": moves_of(found),
        "ways": [
            {"to": way.value, "words": MOVE_WORDS[way], "taker": way in NEEDS_TAKER, "note": way in NEEDS_NOTE}
            for way in WAYS[state]
        ],
        "keeps": keeps_until(found.reception.best_before, request.today),
    }
    return render(request, "samples/sample.html", context, status=status)


@only(office_people, words=OFFICE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: OfficeRequest) -> HttpResponse:
    """The thing to do is chosen once, then code after code is typed or scanned; each sending does one sample."""
    chosen = {name: request.GET.get(name, "") for name in ("to", "place", "taken_by", "note")}
    form = ScanForm(request.POST or None, initial={**chosen, "key": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            found = _known(request, said.pop("code"))
            try:
                if found is None:
                    raise Refused(UNKNOWN, field="code")
                moved = move_sample(sample=found, **said, by=request.user, at=request.now)
            except Refused as refused:
                known = refused.field in ("place", "taken_by", "note")
                form.refuse(Refused(refused.message, field=refused.field if known else "code"))
                status = 409 if isinstance(refused, Stale) else 422
            else:
                messages.success(request, _told(moved))
                kept = {name: said[name] for name in ("to", "place", "taken_by", "note")}
                return redirect(f"{reverse('samples:scan')}?{urlencode(kept)}")
    return render(request, "samples/scan.html", {"form": form}, status=status)


def _known(request: OfficeRequest, typed: str) -> Sample | None:
    code = clean_sample_code(typed)
    return sample_by_code(request.user, request.today, code) if code else None


def _told(moved: Sample) -> str:
    name = moved.dossier.registration.product.name
    return (
        f"Mẫu {moved.shown_code} ({name}, mẫu {moved.number}): {lower_first(moved.state_label)}, {moved.held_by} giữ."
    )
