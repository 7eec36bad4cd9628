"""The plan's steps and the reports of carrying it out."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.files.delivery import hand_out
from ocop.ideas import actions, queries
from ocop.ideas.forms import ReportForm, StepForm
from ocop.ideas.models import StepReport
from ocop.ideas.views.loading import idea_for, may

MOST_REPORTS = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: OfficeRequest, pk: int, step_pk: int | None = None) -> HttpResponse:
    """Add a step to the plan, or change one."""
    idea = idea_for(request, pk)
    if not may(request, idea)["plan"]:
        raise PermissionDenied(f"Phương án đang ở bước “{idea.state_label}” nên không sửa được.")
    known = get_object_or_404(queries.steps_of(idea), pk=step_pk) if step_pk is not None else None
    initial = {field: getattr(known, field) for field in StepForm.base_fields} if known is not None else {}
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_step(idea=idea, step=known, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã lưu bước của phương án.")
            return redirect(f"{reverse('ideas:idea', args=[idea.pk])}#phuong-an")
    context = {"idea": idea, "form": form, "step": known}
    return render(request, "ideas/step.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def step_remove(request: OfficeRequest, pk: int, step_pk: int) -> HttpResponse:
    """Take a step out of the plan."""
    idea = idea_for(request, pk)
    known = get_object_or_404(queries.steps_of(idea), pk=step_pk)
    try:
        actions.remove_step(idea=idea, step=known, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã bỏ “{known.what}” khỏi phương án.")
    return redirect(f"{reverse('ideas:idea', args=[idea.pk])}#phuong-an")


@signed_in
@require_POST
def send(request: OfficeRequest, pk: int) -> HttpResponse:
    """Hand the plan to the lead office."""
    return _do(request, pk, actions.send_plan, "Đã gửi phương án để cơ quan chủ trì thống nhất.")


@signed_in
@require_POST
def finish(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say that the plan is carried out."""
    return _do(request, pk, actions.finish, "Đã thực hiện xong phương án. Việc tiếp theo: đăng ký sản phẩm vào đợt.")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: OfficeRequest, pk: int, step_pk: int) -> HttpResponse:
    """How far a step is: what was reported, and for its author the form to report more."""
    idea = idea_for(request, pk)
    known = get_object_or_404(queries.steps_of(idea), pk=step_pk)
    form = None
    if may(request, idea)["report"]:
        form = ReportForm(request.POST or None, request.FILES or None, initial={"percent": known.percent})
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("Chỉ người thực hiện phương án mới báo cáo, khi phương án đang thực hiện.")
        if form.is_valid():
            try:
                actions.report_step(step=known, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, f"Đã báo cáo “{known.what}”.")
                return redirect(f"{reverse('ideas:idea', args=[idea.pk])}#phuong-an")
    reports = known.reports.select_related("by", "photo")[:MOST_REPORTS]
    context = {"idea": idea, "step": known, "form": form, "reports": reports, "late": known.is_late(request.today)}
    return render(request, "ideas/report.html", context, status=422 if form is not None and form.errors else 200)


@signed_in
@require_GET
def photo(request: OfficeRequest, pk: int, report_pk: int) -> HttpResponse:
    """The picture of a report."""
    idea = idea_for(request, pk)
    found = get_object_or_404(
        StepReport.objects.select_related("photo"), pk=report_pk, step__idea=idea, photo__isnull=False
    )
    assert found.photo is not None
    return hand_out(found.photo)  # type: ignore[return-value]


def _do(request: OfficeRequest, pk: int, act: Callable[..., object], told: str) -> HttpResponse:
    idea = idea_for(request, pk)
    try:
        act(idea=idea, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, told)
    return redirect("ideas:idea", idea.pk)
