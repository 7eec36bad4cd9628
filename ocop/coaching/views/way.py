"""The way of one dossier to a star, and the window on the dossier's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.coaching.actions import plan_improvement
from ocop.coaching.forms import picks_of
from ocop.coaching.permissions import can_plan
from ocop.coaching.queries import live_plan, standing_of
from ocop.coaching.rules import last_step, missing_words, money_of
from ocop.coaching.views.cards import money_words, plan_state, raise_rows
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_write, check_read_points
from ocop.dossiers.queries import visible_to
from ocop.dossiers.states import EDITABLE


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def way(request: OfficeRequest, pk: int) -> HttpResponse:
    """What is missing for a star, minimums first, then cheapest first; the ticked steps become the plan."""
    dossier = get_object_or_404(visible_to(request.user, request.today), pk=pk)
    check_read_points(request.user, request.today, dossier)
    if request.method != "POST":
        return _way_page(request, dossier, whole(request.GET.get("sao", "")))
    star, picks = whole(request.POST.get("star", "")), picks_of(request.POST.getlist("picks"))
    try:
        plan = plan_improvement(dossier=dossier, star=star or 0, picks=picks, by=request.user, at=request.now)
    except Refused as refused:
        return _way_page(request, dossier, star, refused=refused)
    messages.success(request, f"Đã lưu kế hoạch củng cố lên {plan.star} sao: {plan.open_tasks} việc.")
    return redirect("coaching:plan", plan.pk)


@signed_in
@require_GET
def dossier_panel(request: OfficeRequest, pk: int) -> HttpResponse:
    """The window on a dossier's page: how far the next star is, and the plan; empty for who reads no points."""
    dossier = get_object_or_404(visible_to(request.user, request.today), pk=pk)
    context: dict[str, Any] = {"dossier": dossier, "reads": can_read_points(request.user, request.today, dossier)}
    if context["reads"]:
        found = standing_of(dossier, None, request.today).way
        plan = live_plan(dossier)
        context |= {"words": missing_words(found) if found is not None else "", "plan": plan}
        if plan is not None:
            context["tone"], context["state"] = plan_state(plan, request.today)
    part = "coaching/parts/dossier_panel.html" if request.htmx else "coaching/dossier_panel.html"
    return render(request, part, context)


def _way_page(
    request: OfficeRequest, dossier: Dossier, star: int | None, refused: Refused | None = None
) -> HttpResponse:
    standing = standing_of(dossier, star, request.today)
    found, plan = standing.way, live_plan(dossier)
    ticked = picks_of(request.POST.getlist("picks")) if refused is not None else None
    context: dict[str, Any] = {
        "dossier": dossier,
        "standing": standing,
        "way": found,
        "plan": plan,
        "error": refused.message if refused is not None else "",
        "may_plan": plan is None and can_plan(request.user, request.today, dossier),
        "writes": dossier.state in EDITABLE and can_write(request.user, request.today, dossier),
    }
    if found is not None:
        rows = {
            name: raise_rows(raises, standing.deadline, request.today, ticked)
            for name, raises in (("free", found.free), ("forced", found.forced), ("others", found.others))
        }
        done_on = last_step(found.steps, request.today)
        context |= {
            "words": missing_words(found),
            "groups": _groups(rows, found.star),
            "money": money_words(money_of(found.steps)),
            "done_on": done_on,
            "in_time": done_on is not None and standing.deadline.day is not None and done_on <= standing.deadline.day,
            "tabs": [
                {"label": f"Lên {each} sao", "url": f"?sao={each}", "active": each == found.star}
                for each in standing.targets
            ],
        }
    return render(request, "coaching/way.html", context, status=422 if refused is not None else 200)


def _groups(rows: dict[str, list[dict[str, Any]]], star: int) -> list[dict[str, Any]]:
    """The steps in the order to be read, each group with why it stands there."""
    groups = (
        ("free", "Có sẵn, chỉ cần chọn lại", "Số liệu và giấy tờ đã đủ cho mức cao hơn mức bạn chọn."),
        ("forced", f"Bắt buộc: mức tối thiểu của {star} sao", "Thiếu một mức này thì đủ điểm cũng không lên sao."),
        ("others", "Thêm điểm, rẻ nhất trước", "Cách ít tiền nhất để đủ điểm; việc chưa có ước tính xếp sau."),
    )
    return [{"title": title, "why": why, "rows": rows[name]} for name, title, why in groups if rows[name]]
