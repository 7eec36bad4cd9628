"""Extra tests of a product: asked for, answered, and the laboratory's paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused
from ocop.files.actions import hold_sent
from ocop.files.delivery import hand_out, show_file
from ocop.samples import queries
from ocop.samples.actions import ask_test, record_test
from ocop.samples.forms import AskForm, ResultForm
from ocop.samples.models import LabTest
from ocop.samples.permissions import can_keep, check_keep, check_read_test
from ocop.samples.views.loading import OFFICE_PEOPLE, kept_dossier, office_people


@only(office_people, words=OFFICE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: OfficeRequest, pk: int) -> HttpResponse:
    """The tests of a dossier, and a form to ask for one more."""
    dossier = kept_dossier(request, pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_test(dossier=dossier, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã ghi đề nghị kiểm nghiệm. Quét một mẫu với việc “Gửi kiểm nghiệm” để gửi đi.")
            return redirect("samples:tests", dossier.pk)
    context = {
        "dossier": dossier,
        "form": form,
        "tests": queries.tests_of(dossier),
        "may": can_keep(request.user, request.today, dossier),
    }
    return render(request, "samples/tests.html", context, status=422 if form.errors else 200)


@only(office_people, words=OFFICE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down what came of a test."""
    found = get_object_or_404(LabTest.objects.select_related("sample", "paper"), pk=pk)
    found.dossier = kept_dossier(request, found.dossier_id)
    if request.method == "POST":
        check_keep(request.user, request.today, found.dossier)
    wanted = bool(queries.wanted_samples(found.dossier))
    form = ResultForm(request.POST or None, request.FILES or None, test=found, wanted=wanted)
    held = None
    if request.method == "POST":
        whole = form.is_valid()
        try:
            held = hold_sent(
                file=request.FILES.get("paper"), key=request.POST.get("held", ""), by=request.user, at=request.now
            )
            if whole:
                said = {name: form.cleaned_data[name] for name in ("sample", "result_text", "passed")}
                record_test(
                    test=found, **said, held=held.key if held is not None else None, by=request.user, at=request.now
                )
        except Refused as refused:
            form.refuse(refused)
        else:
            if whole:
                messages.success(request, "Đã ghi kết quả kiểm nghiệm.")
                return redirect("samples:tests", found.dossier_id)
    context = {
        "test": found,
        "dossier": found.dossier,
        "form": form,
        "held": held,
        "may": can_keep(request.user, request.today, found.dossier) and found.answered_at is None,
        "wanted": wanted,
        "none_sent": wanted and not form.fields["sample"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "samples/test.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def test_paper(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The laboratory's paper (`?xem` in the viewer), for the office and for members whom the door has let in."""
    found = get_object_or_404(
        LabTest.objects.select_related("paper", "dossier__registration__batch__programme__unit__parent__parent"), pk=pk
    )
    try:
        check_read_test(request.user, request.today, found.dossier)
    except PermissionDenied as refused:
        raise Http404("Không có phiếu này.") from refused
    if found.paper is None:
        raise Http404("Kết quả này không kèm phiếu.")
    return show_file(request, found.paper) if "xem" in request.GET else hand_out(found.paper, request)
