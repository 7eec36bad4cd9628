"""Improvement plans: the list an office follows, one plan with its tasks, its paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.coaching import actions, queries
from ocop.coaching.forms import AddTaskForm, EndForm, TaskForm, task_initial
from ocop.coaching.letters import plan_cost_words, plan_document
from ocop.coaching.models import ImprovementPlan
from ocop.coaching.permissions import can_plan, check_plan
from ocop.coaching.queries.plans import ACTIVE, ENDED, FINISHED, LATE
from ocop.coaching.states import TaskState
from ocop.coaching.views.cards import plan_row, plan_state, task_cost_words, task_rows
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after, whole
from ocop.dossiers.permissions import check_read_points
from ocop.dossiers.queries import visible_to
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper
from ocop.wallet.queries import papers_of

STATES = ((LATE, "Có việc trễ"), (ACTIVE, "Đang làm"), (FINISHED, "Đã làm xong"), (ENDED, "Đã kết thúc"))


@signed_in
@require_GET
def list_(request: OfficeRequest) -> HttpResponse:
    """The plans the visitor follows, the latest task first; search, state, commune, pages of 25."""
    query, state = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    unit = whole(request.GET.get("dia-ban", ""))
    found = queries.plans_seen(request.user, request.today, query=query, state=state, unit=unit)
    page = page_after(found, request.GET.get("sau", ""), order="next_due")
    kept = {key: value for key, value in request.GET.items() if value and key != "sau"}
    context = {
        "rows": [plan_row(row, request.today) for row in page.rows],
        "query": query,
        "state": state,
        "states": STATES,
        "unit": unit,
        "units": queries.units_of_plans(request.user, request.today),
        "filtered": bool(kept),
        "writes_steps": bool(units_of(request.user, [Role.LEAD_OFFICER], request.today)),
        "next_url": "?" + urlencode({**kept, "sau": page.last}) if page.last else "",
        "back_url": "" if page.first else "?" + urlencode(kept),
    }
    return render(request, "coaching/plans.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: OfficeRequest, pk: int) -> HttpResponse:
    """One plan: how far it is, its tasks with what was said of them; a task can be added by hand."""
    found = _plan_or_404(request, pk)
    form = AddTaskForm(request.POST or None, initial={"responsible": _subject(found).representative})
    if request.method == "POST":
        check_plan(request.user, request.today, found.dossier)
        if form.is_valid():
            try:
                added = actions.add_task(plan=found, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, f"Đã thêm việc “{added.what}”.")
                return redirect("coaching:plan", found.pk)
    tasks = list(found.tasks.select_related("paper").prefetch_related("notes__by"))
    live = [task for task in tasks if task.state != TaskState.DROPPED]
    tone, word = plan_state(found, request.today)
    context = {
        "plan": found,
        "rows": task_rows(tasks),
        "done": sum(task.state == TaskState.DONE for task in tasks),
        "count": len(live),
        "gain": sum(task.gain for task in live),
        "cost": plan_cost_words(live),
        "unknown": sum(task.cost is None for task in live),
        "tone": tone,
        "word": word,
        "form": form,
        "may": found.ended_at is None and can_plan(request.user, request.today, found.dossier),
    }
    return render(request, "coaching/plan.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: OfficeRequest, pk: int, task_pk: int) -> HttpResponse:
    """Say how far a task is: state, a word on it, who, until when, and the paper that shows it."""
    found = _plan_or_404(request, pk)
    check_plan(request.user, request.today, found.dossier)
    one = get_object_or_404(found.tasks.select_related("paper").prefetch_related("notes__by"), pk=task_pk)
    form = TaskForm(request.POST or None, papers=papers_of(_subject(found)), initial=task_initial(one))
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_task(
                task=one,
                **{**form.cleaned_data, "state": TaskState(form.cleaned_data["state"])},
                by=request.user,
                at=request.now,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã ghi “{one.what}”: {TaskState(form.cleaned_data['state']).label.lower()}.")
            return redirect(f"{reverse('coaching:plan', args=[found.pk])}#viec-{one.pk}")
    context = {"plan": found, "task": one, "form": form, "cost": task_cost_words(one), "notes": _history(one)}
    return render(request, "coaching/task.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a plan with a reason; what was done stays to be read."""
    found = _plan_or_404(request, pk)
    check_plan(request.user, request.today, found.dossier)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_improvement(plan=found, why=form.cleaned_data["why"], by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã kết thúc kế hoạch. Khi cần, lưu kế hoạch mới từ đường lên sao.")
            return redirect("coaching:plan", found.pk)
    confirm = {
        "title": f"Kết thúc kế hoạch củng cố lên {found.star} sao",
        "effects": [
            f"Còn {found.open_tasks} việc chưa xong sẽ không theo dõi nữa."
            if found.open_tasks
            else "Mọi việc đã xong.",
            "Kế hoạch và các ghi chú vẫn xem lại được.",
            "Chủ thể có thể lưu kế hoạch mới từ đường lên sao.",
        ],
        "to": _subject(found).name,
        "form": form,
        "action": "Kết thúc kế hoạch",
        "url": reverse("coaching:end", args=[found.pk]),
        "cancel_url": reverse("coaching:plan", args=[found.pk]),
    }
    context = {"plan": found, "confirm": confirm}
    return render(request, "coaching/end.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def paper(request: OfficeRequest, pk: int, ending: str) -> HttpResponse:
    """The plan on paper, as PDF or as a Word file."""
    found = _plan_or_404(request, int(pk))
    tasks = list(found.tasks.all())
    press = PRESSES[ending]
    return show_paper(request, lambda: press(plan_document(found, tasks)), name=f"ke-hoach-cung-co-{found.pk}.{ending}")


def _plan_or_404(request: OfficeRequest, pk: int) -> ImprovementPlan:
    """The plan, if the visitor may open its dossier; refused to who only assesses contents."""
    found = get_object_or_404(queries.plans(), pk=pk, dossier__in=visible_to(request.user, request.today).values("pk"))
    check_read_points(request.user, request.today, found.dossier)
    return found


def _subject(plan: ImprovementPlan) -> Any:
    return plan.dossier.registration.product.subject


def _history(one: Any) -> list[dict[str, Any]]:
    return [
        {"when": note.at, "who": note.by.full_name, "act": note.get_state_display(), "note": note.text}
        for note in reversed(one.notes.all())
    ]
