"""First readers: proposed by sector and load, looked at, confirmed; one changed with a reason."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.forms import ReaderForm
from ocop.council.models import Session
from ocop.council.permissions import check_run_session
from ocop.council.queries import hearings, proposed_readers, readers_of, seats_on, sector_codes, sectors_of
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, put_refusal

FIELD = "doc-"


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def readers(request: Any, pk: int) -> HttpResponse:
    """Who reads what first; for products without a reader a proposal that may be changed before it is confirmed."""
    found = get_object_or_404(Session.objects.select_related("council__unit", "batch", "bylaws"), pk=pk)
    check_run_session(request.user, request.today, found.council)
    refusal, status, chosen = "", 200, {}
    if request.method == "POST":
        chosen = _chosen(request)
        try:
            made = actions.assign_readers(session=found, readers=chosen, by=request.user, at=request.now)
        except Refused as refused:
            refusal, status = refused.message, 422
        else:
            messages.success(request, f"Đã phân công đọc chính {len(made)} sản phẩm. Thành viên thấy ngay.")
            return redirect("council:readers", found.pk)
    has = readers_of(found)
    proposed = {key: seat.pk for key, seat in proposed_readers(found).items()} | chosen
    voting = list(seats_on(found.council, found.held_on).filter(votes=True))
    listed = list(hearings().filter(session=found).order_by("place"))
    sectors = sector_codes({row.dossier.registration.set_version_id for row in listed})
    named = dict(sectors_of([found.council.unit]))
    load = Counter(seat.pk for seat in has.values())
    planned = Counter(proposed.values())
    context = {
        "session": found,
        "rows": [
            {
                "hearing": row,
                "sector": named.get(code := sectors.get(row.dossier.registration.set_version_id, ""), code),
                "reader": has.get(row.pk),
                "proposed": proposed.get(row.pk),
                "field": f"{FIELD}{row.pk}",
            }
            for row in listed
        ],
        "people": [(seat, load[seat.pk], planned[seat.pk]) for seat in voting],
        "voting": voting,
        "open": sum(row.is_open and row.pk not in has for row in listed),
        "refusal": refusal,
    }
    return render(request, "council/readers.html", context, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def reader_change(request: Any, pk: int) -> HttpResponse:
    """Give one product another first reader."""
    hearing = load_hearing(request, pk)
    check_run_session(request.user, request.today, hearing.session.council)
    form, status = ReaderForm(request.POST or None, session=hearing.session), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_reader(hearing=hearing, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, "Đã đổi người đọc chính.")
                return redirect("council:readers", hearing.session_id)
    now = readers_of(hearing.session).get(hearing.pk)
    context = {"hearing": hearing, "form": form, "reader": now}
    return render(request, "council/reader_change.html", context, status=status)


def _chosen(request: Any) -> dict[int, int]:
    found = {}
    for name, value in request.POST.items():
        hearing, seat = whole(name.removeprefix(FIELD)), whole(str(value))
        if name.startswith(FIELD) and hearing is not None and seat is not None:
            found[hearing] = seat
    return found
