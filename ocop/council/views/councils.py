"""Councils: list, one council, a new one, its bylaws, a new session."""

from __future__ import annotations

from fractions import Fraction
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.actions.forming import SeatDraft
from ocop.council.forms import (
    SEAT_PREFIX,
    AddSeatForm,
    BylawsForm,
    CouncilForm,
    EndSeatForm,
    SessionForm,
    council_people,
    seat_rows,
)
from ocop.council.models import Council
from ocop.council.permissions import can_form_council, can_run_session, check_form_council, check_run_session
from ocop.council.queries import (
    councils_of,
    current_bylaws,
    first_council_levels,
    seat_of,
    seats_of,
    sectors_of,
    sessions_of,
)
from ocop.council.rules.words import spoken
from ocop.council.views.shared import COUNCIL_PEOPLE, PAGE_ROWS, put_refusal
from ocop.council.views.shared import council_people as people_of_councils
from ocop.council.wording import bylaws_changes, bylaws_words

MORE_ROWS = 5


@only(people_of_councils, words=COUNCIL_PEOPLE)
@require_GET
def councils(request: Any) -> HttpResponse:
    """The councils and sessions one belongs to, newest first."""
    found = sessions_of(request.user, request.today).order_by("-pk")
    before = whole(request.GET.get("truoc", ""))
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE_ROWS + 1])
    context = {
        "councils": list(councils_of(request.user, request.today)),
        "sessions": rows[:PAGE_ROWS],
        "next_url": f"?truoc={rows[PAGE_ROWS - 1].pk}" if len(rows) > PAGE_ROWS else "",
        "back_url": request.path if before is not None else "",
        "may_form": bool(units_of(request.user, [Role.LEAD_OFFICER], request.today)),
    }
    return render(request, "council/councils.html", context)


@only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")
@require_http_methods(["GET", "POST"])
def council_new(request: Any) -> HttpResponse:
    """Enter a council as its decision forms it; “Thêm dòng” gives more rows and keeps everything typed."""
    units = units_of(request.user, [Role.LEAD_OFFICER], request.today)
    people, sectors = council_people(units, request.today), sectors_of(units)
    status = 200
    if request.method == "POST" and "more" in request.POST:
        typed = request.POST.copy()
        rows = whole(typed.get(f"{SEAT_PREFIX}-TOTAL_FORMS", "")) or 0
        typed[f"{SEAT_PREFIX}-TOTAL_FORMS"] = str(min(rows, 35) + MORE_ROWS)
        form, seats = CouncilForm(initial=typed.dict(), units=units), seat_rows(people, sectors, typed)
    elif request.method == "POST":
        form, seats = CouncilForm(request.POST, units=units), seat_rows(people, sectors, request.POST)
        if form.is_valid() and seats.is_valid():
            try:
                council = actions.form_council(
                    **form.cleaned_data,
                    seats=[SeatDraft(**row) for row in seats.cleaned_data if row.get("user")],
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, f"Đã lập {council.name}. Tiếp theo: ghi Quy chế hoạt động.")
                return redirect("council:bylaws-new", council.pk)
        status = 422
    else:
        form, seats = CouncilForm(units=units), seat_rows(people, sectors)
    context = {
        "form": form,
        "seats": seats,
        "no_programme": not first_council_levels(units),
        "no_people": not people.exists(),
    }
    return render(request, "council/council_new.html", context, status=status)


@only(people_of_councils, words=COUNCIL_PEOPLE)
@require_GET
def council(request: Any, pk: int) -> HttpResponse:
    """A council: seats, versions of its bylaws, sessions."""
    found = _council(request, pk)
    bylaws = list(found.bylaws.order_by("-version"))
    versions = [
        (version, bylaws_words(version), bylaws_changes(version, older) if older else [])
        for version, older in zip_longest(bylaws, bylaws[1:])
    ]
    context = {
        "council": found,
        "seats": list(seats_of(found)),
        "sectors": dict(sectors_of([found.unit])),
        "versions": versions,
        "sessions": list(sessions_of(request.user, request.today).filter(council=found)[:PAGE_ROWS]),
        "may_form": can_form_council(request.user, request.today, found.unit),
        "may_call": bool(versions) and can_run_session(request.user, request.today, found),
        "sits": seat_of(request.user, request.today, found) is not None,
    }
    return render(request, "council/council.html", context)


@only(people_of_councils, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def amend(request: Any, pk: int) -> HttpResponse:
    """An amending decision: a seat is added, or a seat ends."""
    found = _council(request, pk)
    check_form_council(request.user, request.today, found.unit)
    adding, ending = request.POST.get("what") == "them", request.POST.get("what") == "thoi"
    people, sectors = council_people([found.unit], request.today), sectors_of([found.unit])
    add = AddSeatForm(request.POST if adding else None, people=people, sectors=sectors, prefix="them")
    end = EndSeatForm(request.POST if ending else None, council=found, prefix="thoi")
    status = 200
    if request.method == "POST":
        form = add if adding else end
        status = 422
        if form.is_valid():
            try:
                name = _amend(request, found, form)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, f"Đã ghi kiện toàn: {name}. Phiên đã chốt điểm giữ nguyên thành phần.")
                return redirect("council:council", found.pk)
    return render(request, "council/amend.html", {"council": found, "add": add, "end": end}, status=status)


def _amend(request: Any, found: Council, form: AddSeatForm | EndSeatForm) -> str:
    said = dict(form.cleaned_data)
    if isinstance(form, EndSeatForm):
        seat = actions.end_seat(**said, by=request.user, at=request.now)
    else:
        since, document = said.pop("since"), said.pop("document")
        draft = SeatDraft(**said)
        seat = actions.add_seat(
            council=found, seat=draft, since=since, document=document, by=request.user, at=request.now
        )
    return seat.user.full_name


@only(people_of_councils, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def bylaws_new(request: Any, pk: int) -> HttpResponse:
    """Enter a new version of the bylaws."""
    found = _council(request, pk)
    check_form_council(request.user, request.today, found.unit)
    form, status = BylawsForm(request.POST or None, initial=_as_adopted(found)), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                bylaws = actions.adopt_bylaws(
                    council=found,
                    **{**form.cleaned_data, "quorum": form.cleaned_data["quorum"] / 100},
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, f"Đã ghi Quy chế bản {bylaws.version}. Phiên đã triệu tập giữ bản cũ.")
                return redirect("council:council", found.pk)
        status = 422
    return render(request, "council/bylaws_new.html", {"council": found, "form": form}, status=status)


@only(people_of_councils, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def session_new(request: Any, pk: int) -> HttpResponse:
    """Call a session on a batch."""
    found = _council(request, pk)
    check_run_session(request.user, request.today, found)
    form, status = SessionForm(request.POST or None, council=found), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                session = actions.call_session(council=found, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, f"Đã triệu tập {session.name}. Tiếp theo: đưa hồ sơ ra phiên họp.")
                return redirect("council:session", session.pk)
        status = 422
    context = {"council": found, "form": form, "bylaws": found.bylaws.order_by("-version").first()}
    return render(request, "council/session_new.html", context, status=status)


def _as_adopted(found: Council) -> dict[str, Any]:
    """The newest version as the form shows it, so that a new one is typed only where it differs."""
    newest = current_bylaws(found)
    if newest is None:
        return {}
    names = ("chair_must_vote", "round_mean_to", "minimums_on", "numbers_seen", "reopened_by", "blind_tasting")
    kept = {name: getattr(newest, name) for name in (*names, "appeal_days", "answer_days")}
    return kept | {
        "quorum": spoken(Fraction(newest.quorum) * 100),
        "spread_limit": spoken(Fraction(newest.spread_limit)),
    }


def _council(request: HttpRequest, pk: int) -> Council:
    return get_object_or_404(councils_of(request.user, request.today), pk=pk)  # type: ignore[arg-type, attr-defined]
