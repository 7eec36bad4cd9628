"""The team's dossiers: where each stands, who has it; giving them out; one dossier with all that was written of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.advisory import actions
from ocop.advisory.forms import EvenForm, GiveForm, TakeBackForm, TestForm
from ocop.advisory.models import AdvisoryReport
from ocop.advisory.permissions import can_give_work, can_read_work, can_report, can_survey, check_give_work
from ocop.advisory.queries import (
    advice_in,
    assignment_of,
    given_on,
    in_standing,
    is_at_work,
    live_assignments,
    loads_of,
    report_of,
    reviews_of,
    serving_seats,
    standing_of,
    surveys_of,
    team_for,
    team_work,
)
from ocop.advisory.states import STANDING_TONES, ReviewState, Standing
from ocop.advisory.views.shared import TEAM_PEOPLE, load_dossier, refused_at, team_for_page, team_people
from ocop.core.doors import only, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after, whole
from ocop.dossiers.queries import criteria_of, visible_to
from ocop.paperwork.queries import latest_paper
from ocop.samples.actions import ask_test
from ocop.samples.permissions import can_keep
from ocop.samples.queries import tests_of


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def work(request: Any, pk: int) -> HttpResponse:
    """The team's dossiers with their state and the load of each person; ticked ones are given out evenly."""
    team = team_for_page(request, pk)
    may_give = can_give_work(request.user, request.today, team)
    found = team_work(team, request.user)
    form, status = EvenForm(request.POST or None), 200
    if request.method == "POST":
        check_give_work(request.user, request.today, team)
        status = 422
        keys = [key for key in map(whole, request.POST.getlist("dossier")) if key is not None]
        if form.is_valid():
            try:
                made = actions.give_evenly(
                    team=team,
                    dossiers=list(found.filter(pk__in=keys)),
                    each=form.cleaned_data["each"],
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                status = refused_at(form, refused)
            else:
                messages.success(request, f"Đã giao {len(made)} lượt xem hồ sơ theo lĩnh vực, chia đều.")
                return redirect("advisory:work", team.pk)
    wanted = request.GET.get("tinh-trang", "")
    page = page_after(in_standing(found, wanted), request.GET.get("sau", ""))
    given = given_on(page.rows)
    ticked = request.POST.getlist("dossier")
    rows = [
        {
            "dossier": dossier,
            "standing": standing_of(dossier).label,
            "tone": STANDING_TONES[standing_of(dossier)],
            "given": given.get(dossier.pk, []),
            "can_give": not dossier.reported and is_at_work(dossier),  # type: ignore[attr-defined]
            "ticked": str(dossier.pk) in ticked,
        }
        for dossier in page.rows
    ]
    narrowed = f"&tinh-trang={wanted}" if wanted in Standing.values else ""
    context = {
        "team": team,
        "rows": rows,
        "seats": loads_of(team, request.today),
        "form": form,
        "may_give": may_give,
        "standings": Standing.choices,
        "wanted": wanted,
        "next_url": f"?sau={page.last}{narrowed}" if page.last is not None else "",
        "back_url": "" if page.first else f"{request.path}?{narrowed.lstrip('&')}",
    }
    return render(request, "advisory/work.html", context, status=status)


@only(team_people, words=TEAM_PEOPLE)
@require_GET
def dossier(request: Any, pk: int) -> HttpResponse:
    """What the team did on a dossier: who has it, reviews, surveys, tests, reports."""
    return _dossier_page(request, pk)


@signed_in
@require_GET
def dossier_panel(request: Any, pk: int) -> HttpResponse:
    """The window in the dossier's page: what the team does, for whoever may read it; empty for everybody else."""
    found = visible_to(request.user, request.today).filter(pk=pk).first()
    if found is None or not can_read_work(request.user, request.today, found):
        return HttpResponse("")
    context = {
        "dossier": found,
        "given": given_on([found]).get(found.pk, []),
        "own": assignment_of(request.user, request.today, found),
        "report": report_of(found),
        "working": is_at_work(found),
    }
    return render(request, "advisory/dossier_panel.html", context)


def _dossier_page(request: Any, pk: int, *, form: Any = None, status: int = 200) -> HttpResponse:
    found = load_dossier(request, pk)
    user, day = request.user, request.today
    team = team_for(found, day)
    assert team is not None  # nobody reads what no team writes: `load_dossier` refused
    given = given_on([found]).get(found.pk, [])
    own = assignment_of(user, day, found)
    newest = report_of(found)
    working = is_at_work(found)
    seats = serving_seats(team, day).exclude(pk__in=[row.seat_id for row in given])
    reviews = reviews_of(found)
    reports = [
        {"report": report, "paper": latest_paper(report, "advisory_report")}
        for report in AdvisoryReport.objects.filter(dossier=found).select_related("by", "team")
    ]
    context = {
        "dossier": found,
        "team": team,
        "given": given,
        "reviews": reviews,
        "done": sum(review.state == ReviewState.DONE for review in reviews),
        "own": own,
        "own_review": next((row for row in reviews if own and row.seat_id == own.seat_id), None),
        "count": len(criteria_of(found).criteria),
        "surveys": list(surveys_of(found)),
        "tests": list(tests_of(found)),
        "reports": reports,
        "advice": _shown(newest) if newest is not None else [],
        "working": working,
        "open_work": working and newest is None,
        "may_give": working and newest is None and can_give_work(user, day, team),
        "may_survey": working and newest is None and can_survey(user, day, found),
        "may_test": working and can_keep(user, day, found),
        "may_report": working and can_report(user, day, found),
        "give_form": form or GiveForm(seats=seats),
        "take_form": TakeBackForm(auto_id=False),
    }
    return render(request, "advisory/dossier.html", context, status=status)


def _shown(report: AdvisoryReport) -> list[dict[str, Any]]:
    criteria = criteria_of(report.dossier).criteria
    return [{"code": code, "name": criteria[code].name, "advice": said} for code, said in advice_in(report).items()]


@only(team_people, words=TEAM_PEOPLE)
@require_POST
def give(request: Any, pk: int) -> HttpResponse:
    """Give the dossier to one person by hand."""
    found = load_dossier(request, pk)
    team = team_for(found, request.today)
    assert team is not None
    check_give_work(request.user, request.today, team)
    form = GiveForm(request.POST, seats=serving_seats(team, request.today))
    status = 422
    if form.is_valid():
        try:
            made = actions.give(dossier=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            status = refused_at(form, refused)
        else:
            messages.success(request, f"Đã giao cho {made.seat.user.full_name}.")
            return redirect("advisory:dossier", found.pk)
    return _dossier_page(request, pk, form=form, status=status)


@only(team_people, words=TEAM_PEOPLE)
@require_POST
def take_back(request: Any, pk: int, key: int) -> HttpResponse:
    """Take the dossier away from one person."""
    found = load_dossier(request, pk)
    assignment = get_object_or_404(live_assignments(), pk=key, dossier=found)
    check_give_work(request.user, request.today, assignment.seat.team)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi lý do rút hồ sơ.")
        return redirect("advisory:dossier", found.pk)
    try:
        actions.take_back(assignment=assignment, **form.cleaned_data, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã rút hồ sơ khỏi {assignment.seat.user.full_name}.")
    return redirect("advisory:dossier", found.pk)


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def test(request: Any, pk: int) -> HttpResponse:
    """Ask for an extra test; its result comes back by the sample's code."""
    found = load_dossier(request, pk)
    form, status = TestForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                ask_test(dossier=found, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = refused_at(form, refused)
            else:
                messages.success(request, "Đã đề nghị kiểm nghiệm. Kết quả ghi vào theo mã mẫu.")
                return redirect("advisory:dossier", found.pk)
    context = {"dossier": found, "form": form, "tests": list(tests_of(found))}
    return render(request, "advisory/test.html", context, status=status)
