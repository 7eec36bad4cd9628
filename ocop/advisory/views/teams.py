"""Teams: list, one team with its load, a new one, its people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.advisory import actions
from ocop.advisory.forms import SEAT_PREFIX, SeatAddForm, SeatEndForm, TeamForm, seat_rows
from ocop.advisory.models import TeamSeat
from ocop.advisory.permissions import can_form_team, can_give_work, check_form_team
from ocop.advisory.queries import eligible, loads_of, team_levels, team_sectors, teams_of
from ocop.advisory.views.shared import TEAM_PEOPLE, refused_at, team_for_page, team_people
from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.core.pages import page_after, whole

MORE_ROWS = 3


@only(team_people, words=TEAM_PEOPLE)
@require_GET
def teams(request: Any) -> HttpResponse:
    """The teams one belongs to, or whose office one works for; the newest first."""
    page = page_after(teams_of(request.user, request.today), request.GET.get("sau", ""))
    context = {
        "teams": page.rows,
        "next_url": f"?sau={page.last}" if page.last is not None else "",
        "back_url": "" if page.first else request.path,
        "may_form": bool(units_of(request.user, [Role.LEAD_OFFICER], request.today)),
    }
    return render(request, "advisory/teams.html", context)


@only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")
@require_http_methods(["GET", "POST"])
def team_new(request: Any) -> HttpResponse:
    """Enter a team as its decision forms it; “Thêm dòng” gives more rows and keeps everything typed."""
    units = units_of(request.user, [Role.LEAD_OFFICER], request.today)
    people, sectors = eligible(units, request.today), team_sectors(units)
    status = 200
    if request.method == "POST" and "more" in request.POST:
        typed = request.POST.copy()
        rows = whole(typed.get(f"{SEAT_PREFIX}-TOTAL_FORMS", "")) or 0
        typed[f"{SEAT_PREFIX}-TOTAL_FORMS"] = str(min(rows, 27) + MORE_ROWS)
        form, seats = TeamForm(initial=typed.dict(), units=units), seat_rows(people, sectors, typed)
    elif request.method == "POST":
        form, seats = TeamForm(request.POST, units=units), seat_rows(people, sectors, request.POST)
        if form.is_valid() and seats.is_valid():
            try:
                made = actions.form_team(
                    **form.cleaned_data,
                    seats=[row.draft for row in seats if row.cleaned_data.get("user")],
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                refused_at(form, refused)
            else:
                messages.success(request, f"Đã lập {made.name}. Tiếp theo: giao hồ sơ cho thành viên.")
                return redirect("advisory:work", made.pk)
        status = 422
    else:
        form, seats = TeamForm(units=units), seat_rows(people, sectors)
    context = {
        "form": form,
        "seats": seats,
        "no_programme": not team_levels(units),
        "no_people": not people.exists(),
    }
    return render(request, "advisory/team_new.html", context, status=status)


@only(team_people, words=TEAM_PEOPLE)
@require_GET
def team(request: Any, pk: int) -> HttpResponse:
    """A team: its decision, its people, how much each has in hand."""
    found = team_for_page(request, pk)
    context = {
        "team": found,
        "seats": loads_of(found, request.today),
        "former": list(found.seats.filter(ended_on__lt=request.today).select_related("user")),
        "may_form": can_form_team(request.user, request.today, found.unit),
        "may_give": can_give_work(request.user, request.today, found),
    }
    return render(request, "advisory/team.html", context)


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def seat_add(request: Any, pk: int) -> HttpResponse:
    """One more person, by a document."""
    found = team_for_page(request, pk)
    check_form_team(request.user, request.today, found.unit)
    people = eligible([found.unit], request.today)
    form = SeatAddForm(request.POST or None, people=people, sectors=team_sectors([found.unit]))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.add_seat(
                    team=found,
                    seat=form.draft,
                    document=form.cleaned_data["document"],
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                status = refused_at(form, refused)
            else:
                messages.success(request, f"Đã thêm {made.user.full_name} vào {found.name}.")
                return redirect("advisory:team", found.pk)
    return render(request, "advisory/seat.html", {"team": found, "form": form, "seat": None}, status=status)


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def seat_end(request: Any, pk: int) -> HttpResponse:
    """A person leaves the team, by a document; its open work goes back."""
    own = teams_of(request.user, request.today).values("pk")
    seat = get_object_or_404(TeamSeat.objects.select_related("team__unit", "user"), pk=pk, team__in=own)
    check_form_team(request.user, request.today, seat.team.unit)
    form, status = SeatEndForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.end_seat(seat=seat, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = refused_at(form, refused)
            else:
                messages.success(request, f"Đã ghi {seat.user.full_name} thôi ở Tổ. Việc còn dở chờ giao lại.")
                return redirect("advisory:team", seat.team_id)
    return render(request, "advisory/seat.html", {"team": seat.team, "form": form, "seat": seat}, status=status)
