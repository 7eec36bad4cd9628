"""Blind tasting: the member's cups by code, and for who prepares them the tastings, labels and list for pouring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused, Stale
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.actions.tasting import LONGEST_NOTE
from ocop.council.forms import CallOffForm, OpenTastingForm
from ocop.council.models import Session, TastingCup, TastingRound, TastingSheet
from ocop.council.papers.tasting import cup_labels
from ocop.council.permissions import can_pour, can_run_session, check_open_session, check_run_session, voting_seat
from ocop.council.queries import cups_for, cups_progress, rounds_of, seat_of, sensory_codes, tastable
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, put_refusal
from ocop.council.views.ticks import choices_in, row_of, typed
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import Criterion, total_of
from ocop.ui.printing import show_paper
from ocop.ui.templatetags.ui import points

NOTE = "note-chung"  # the autosave script sends what is named note-…; no criterion has this code


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def tasting(request: Any, pk: int) -> HttpResponse:
    """A member's cups in the order of the table; who runs the session opens a tasting here."""
    session = _session(request, pk)
    form = _open_form(request, session)
    status = 200
    if request.method == "POST":
        check_run_session(request.user, request.today, session.council)
        status = 422
        if form is None:
            messages.error(request, "Phiên này không còn sản phẩm nào để nếm mã hóa.")
        elif form.is_valid():
            try:
                made = actions.open_tasting(
                    session=session,
                    hearings_tasted=form.chosen(),
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, f"Đã mở lượt nếm {made.cups.count()} mẫu. In nhãn rồi pha mẫu theo phiếu.")
                return redirect("council:tasting", session.pk)
    return _tasting_page(request, session, form, CallOffForm(), status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def tasting_off(request: Any, pk: int) -> HttpResponse:
    """Call a tasting off with its reason."""
    found = get_object_or_404(TastingRound.objects.select_related("session__council__unit", "session__bylaws"), pk=pk)
    session = _session(request, found.session_id)
    check_run_session(request.user, request.today, session.council)
    form = CallOffForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.call_off_tasting(round=found, reason=form.cleaned_data["reason"], by=request.user, at=request.now)
        except Refused as refused:
            status = put_refusal(form, refused)
        else:
            messages.success(request, "Đã hủy lượt nếm. Thành viên chấm các tiêu chí cảm quan trên phiếu.")
            return redirect("council:tasting", session.pk)
    return _tasting_page(request, session, _open_form(request, session), form, status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def tasting_pour(request: Any, pk: int) -> HttpResponse:
    """The list for pouring, code beside product; asked for by a form, since each reading is noted in the ledger."""
    found = get_object_or_404(TastingRound.objects.select_related("session__council__unit"), pk=pk)
    session = _session(request, found.session_id)
    cups = actions.read_pour_list(round=found, by=request.user, at=request.now)
    response = render(request, "council/tasting_pour.html", {"session": session, "round": found, "cups": cups})
    response["Cache-Control"] = "private, no-store"
    return response


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def tasting_labels(request: Any, pk: int) -> HttpResponse:
    """The codes on A4, to be cut out and stood before the cups; they name no product."""
    found = get_object_or_404(TastingRound.objects.select_related("session__council__unit"), pk=pk)
    session = _session(request, found.session_id)
    check_run_session(request.user, request.today, session.council)
    codes = list(found.cups.order_by("place").values_list("code", flat=True))
    return show_paper(request, lambda: cup_labels(session, codes), name=f"nhan-mau-{found.pk}.pdf")


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def cup(request: Any, pk: int) -> HttpResponse:
    """One cup: its code and the wording of its sensory criteria, nothing of the product."""
    return _cup_page(request, _own_cup(request, pk))


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def cup_save(request: Any, pk: int) -> JsonResponse:
    """Autosave of a cup, answered with the member's own figures only."""
    try:
        own = _own_cup(request, pk)
        kept = actions.save_tasting(
            cup=own,
            choices=choices_in(request.POST),
            note=request.POST.get(NOTE),
            revision=whole(request.POST.get("revision", "")),
            by=request.user,
            at=request.now,
        )
    except Http404:
        return JsonResponse({"message": "Mẫu này không có trong danh sách nếm của bạn."}, status=404)
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=409 if isinstance(refused, Stale) else 422)
    return JsonResponse(
        {
            "saved_at": f"{timezone.localtime(kept.saved_at):%H:%M}",
            "total": points(_sum(own, kept.choices)),
            "answered": len(kept.choices),
            "revision": kept.revision,
        }
    )


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def cup_submit(request: Any, pk: int) -> HttpResponse:
    """Hand a cup in and go on to the next one; whatever is refused stays on the page."""
    own = _own_cup(request, pk)
    try:
        actions.cast_tasting(
            cup=own,
            choices=choices_in(request.POST),
            note=request.POST.get(NOTE),
            revision=whole(request.POST.get("revision", "")),
            by=request.user,
            at=request.now,
        )
    except Refused as refused:
        return _cup_page(request, own, refused)
    messages.success(request, f"Đã nộp phiếu nếm mẫu {own.code}.")
    return redirect(_next_url(request, own) or reverse("council:tasting", args=[own.round.session_id]))


def _session(request: Any, pk: int) -> Session:
    found = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__unit", "bylaws"), pk=pk
    )
    check_open_session(request.user, request.today, found)
    return found


def _own_cup(request: Any, pk: int) -> TastingCup:
    """The cup, for members who taste it; 404 for all others, so that a refusal tells nothing of what is in it."""
    found = get_object_or_404(TastingCup.objects.select_related("round__session__council__unit"), pk=pk)
    check_open_session(request.user, request.today, found.round.session)
    seat = voting_seat(request.user, request.today, found.hearing)
    return get_object_or_404(cups_for(found.round.session, seat), pk=pk)


def _open_form(request: Any, session: Session) -> OpenTastingForm | None:
    if not can_run_session(request.user, request.today, session.council):
        return None
    rows = tastable(session)
    return OpenTastingForm(request.POST if "hearings" in request.POST else None, rows=rows) if rows else None


def _tasting_page(
    request: Any, session: Session, form: OpenTastingForm | None, off: CallOffForm, status: int
) -> HttpResponse:
    seat = seat_of(request.user, request.today, session.council)
    runs = can_run_session(request.user, request.today, session.council)
    own = [_cup_row(row) for row in cups_for(session, seat)] if seat is not None and seat.votes else []
    context = {
        "session": session,
        "cups": own,
        "next": next((row for row in own if row["waiting"]), None),
        "done": sum(row["handed_in"] for row in own),
        "votes": seat is not None and seat.votes,
        "early": request.today < session.held_on,
        "runs": runs,
        "pours": can_pour(request.user, request.today, session),
        "rounds": _rounds(session) if runs else [],
        "form": form,
        "off": off,
    }
    return render(request, "council/tasting.html", context, status=status)


def _rounds(session: Session) -> list[dict[str, Any]]:
    cups: dict[int, list[TastingCup]] = {}
    for row in cups_progress(session):
        cups.setdefault(row.round_id, []).append(row)
    return [{"round": found, "cups": cups.get(found.pk, [])} for found in rounds_of(session)]


def _cup_row(row: TastingCup) -> dict[str, Any]:
    sheet = next(iter(row.own_sheets), None)  # type: ignore[attr-defined]
    handed_in = sheet is not None and sheet.submitted_at is not None
    opened = row.opened  # type: ignore[attr-defined]
    if handed_in:
        tone, label = "good", "Đã nộp"
    elif opened:
        tone, label = "neutral", "Đã mở mã, bạn chưa nếm"
    else:
        tone, label = ("work", "Đang nếm") if sheet is not None else ("wait", "Chờ nếm")
    return {
        "cup": row,
        "handed_in": handed_in,
        "waiting": not handed_in and not opened,
        "tone": tone,
        "label": label,
        "product": row.hearing.dossier.registration.product.name if opened else "",
    }


def _cup_page(request: Any, own: TastingCup, refused: Refused | None = None) -> HttpResponse:
    sheet: TastingSheet | None = next(iter(own.own_sheets), None)  # type: ignore[attr-defined]
    criteria = _criteria(own)
    choices = dict(sheet.choices) if sheet is not None else {}
    note = sheet.note if sheet is not None else ""
    handed_in = sheet is not None and sheet.submitted_at is not None
    revision = sheet.revision if sheet is not None else 0
    if refused is not None and not handed_in:
        choices |= typed(request.POST, criteria)
        note = request.POST.get(NOTE, note)
        posted = whole(request.POST.get("revision", ""))
        revision = revision if posted is None or isinstance(refused, Stale) else posted
    lacking = [code for code in criteria if code not in choices] if refused is not None else []
    locked = handed_in or own.opened  # type: ignore[attr-defined]
    context = {
        "session": own.round.session,
        "cup": own,
        "sheet": sheet,
        "revision": revision,
        "handed_in": handed_in,
        "locked": locked,
        "refused": refused.message if refused is not None else "",
        "lacking": lacking,
        "criteria": [row_of(row, choices, locked=locked, lacking=lacking) for row in criteria.values()],
        "note": note,
        "note_name": NOTE,
        "note_max": LONGEST_NOTE,
        "total": _sum(own, choices),
        "max": sum(row.max_points for row in criteria.values()),
        "answered": len(choices),
        "count": len(criteria),
        "next_url": _next_url(request, own),
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    return render(request, "council/tasting_cup.html", context, status=status)


def _next_url(request: HttpRequest, own: TastingCup) -> str:
    """The next cup on the table that waits for this member, or nothing when all are done."""
    seat = voting_seat(request.user, request.today, own.hearing)  # type: ignore[arg-type, attr-defined]
    rows = [_cup_row(row) for row in cups_for(own.round.session, seat)]
    waiting = [row["cup"] for row in rows if row["waiting"] and row["cup"].pk != own.pk]
    after = [row for row in waiting if (row.round_id, row.place) > (own.round_id, own.place)]
    following = next(iter(after or waiting), None)
    return reverse("council:tasting-cup", args=[following.pk]) if following is not None else ""


def _criteria(own: TastingCup) -> dict[str, Criterion]:
    codes = sensory_codes(own.hearing)
    return {code: row for code, row in criteria_of(own.hearing.dossier).criteria.items() if code in codes}


def _sum(own: TastingCup, choices: Mapping[str, int | None]) -> int:
    return total_of(criteria_of(own.hearing.dossier), choices)
