"""The score sheet with its evidence, autosave and handing in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused, Stale
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.actions.sheets import LONGEST_OPINION, STAYS, SheetOver
from ocop.council.models import Hearing, Seat, Sheet
from ocop.council.permissions import check_read_hearing, voting_seat
from ocop.council.queries import current_sheet, declaration_of, matter_of, next_for_member, own_versions, tasted_codes
from ocop.council.queries.meeting import open_discussion
from ocop.council.queries.tasting import revised_codes
from ocop.council.states import ReopenedBy, SheetState
from ocop.council.views.criteria import evidence_files, missed_words, parts_of, unanswered
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, shut
from ocop.dossiers.queries import criteria_of, live_evidence, regime_of
from ocop.files.delivery import hand_out, show_file
from ocop.rubric.rules import CriteriaSet, total_of
from ocop.ui.templatetags.ui import points

REOPENED_BY = {ReopenedBy.CHAIR: "chủ trì", ReopenedBy.CHAIR_OR_SECRETARY: "chủ trì hoặc thư ký"}
SHUT = "Hồ sơ này không mở cho bạn nên phiếu không nộp được. Phiếu vẫn trên máy này; hãy báo thư ký Hội đồng."
OPINION = "note-opinion"  # the autosave script sends what is named note-…; no criterion has this code


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def sheet(request: Any, pk: int) -> HttpResponse:
    """One's own sheet with the evidence beside it; read-only once handed in or once the product is closed."""
    hearing = load_hearing(request, pk)
    seat = voting_seat(request.user, request.today, hearing)
    if hearing.is_open and declaration_of(hearing, seat) is None:
        return redirect("council:door", hearing.pk)
    return shut(request, hearing) or _sheet_page(request, hearing)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def sheet_save(request: Any, pk: int) -> JsonResponse:
    """Autosave: keeps the changed fields and answers with the member's own figures only."""
    try:
        hearing = load_hearing(request, pk)
        kept = actions.save_sheet(
            hearing=hearing,
            choices=_choices(request.POST),
            notes=_notes(request.POST),
            opinion=request.POST.get(OPINION),
            revision=_revision(request.POST),
            version=whole(request.POST.get("version", "")),
            by=request.user,
            at=request.now,
        )
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    except Refused as refused:
        return _refused(refused)
    criteria_set = criteria_of(hearing.dossier)
    return JsonResponse(
        {
            "saved_at": f"{timezone.localtime(kept.saved_at):%H:%M}",
            "total": points(total_of(criteria_set, kept.choices)),
            "answered": len(kept.choices),
            "revision": kept.revision,
            "message": missed_words(regime_of(hearing.dossier), criteria_set, kept.choices),
        }
    )


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def sheet_submit(request: Any, pk: int) -> HttpResponse:
    """Hand the sheet in; whatever is refused, everything ticked and typed stays on the page."""
    hearing = load_hearing(request, pk)
    voting_seat(request.user, request.today, hearing)
    closed_door = shut(request, hearing)
    if closed_door is not None:
        return _told(SHUT, 403) if _from_device(request) else closed_door
    try:
        cast = actions.cast_sheet(
            hearing=hearing,
            choices=_choices(request.POST),
            notes=_notes(request.POST),
            opinion=request.POST.get(OPINION),
            revision=_revision(request.POST),
            version=whole(request.POST.get("version", "")),
            key=_key(request.POST),
            by=request.user,
            at=request.now,
        )
    except Refused as refused:
        return _refused(refused) if _from_device(request) else _sheet_page(request, hearing, refused)
    words = f"Đã nộp phiếu số {cast.pk}."
    onward = _next_url(request, hearing, cast.seat) if "next" in request.POST else ""
    onward = onward or reverse("council:sheet", args=[hearing.pk])
    messages.success(request, words)
    if _from_device(request):
        name = hearing.dossier.registration.product.name
        return JsonResponse({"url": onward, "message": f"{words} Sản phẩm: {name}."})
    return redirect(onward)


def _from_device(request: HttpRequest) -> bool:
    """Whether a script hands the sheet in, which waits on the device until it is answered."""
    return "application/json" in request.headers.get("Accept", "")


def _refused(refused: Refused) -> JsonResponse:
    """What a device is told: 410 when no sending of it can succeed any more."""
    if isinstance(refused, SheetOver):
        return _told(refused.message.replace(STAYS, "Phiếu của bạn vẫn trên máy này; hãy báo thư ký Hội đồng."), 410)
    return _told(refused.message, 409 if isinstance(refused, Stale) else 422)


def _told(words: str, status: int) -> JsonResponse:
    return JsonResponse({"message": words}, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def evidence_file(request: Any, pk: int, key: UUID) -> HttpResponse:
    """A file of the dossier, through the council's own door."""
    hearing = load_hearing(request, pk)
    check_read_hearing(request.user, request.today, hearing)
    file = get_object_or_404(live_evidence(hearing.dossier), paper__file__key=key).file
    return show_file(request, file) if "xem" in request.GET else hand_out(file, request)  # type: ignore[return-value]


def _sheet_page(request: HttpRequest, hearing: Hearing, refused: Refused | None = None) -> HttpResponse:
    seat = voting_seat(request.user, request.today, hearing)  # type: ignore[arg-type, attr-defined]
    criteria_set = criteria_of(hearing.dossier)
    kept = current_sheet(hearing, seat)
    choices, notes, opinion = _on_screen(request, kept, criteria_set)
    handed_in = kept is not None and kept.state == SheetState.SUBMITTED
    tasted = tasted_codes(hearing) - revised_codes([hearing]).get((hearing.pk, seat.pk), frozenset())
    choices = {code: place for code, place in choices.items() if code not in tasted}
    lacking = [] if refused is None or handed_in else [c for c in unanswered(criteria_set, choices) if c not in tasted]
    earlier = [row for row in own_versions(hearing, seat) if row.state == SheetState.REPLACED]
    matter = matter_of(hearing)
    files = evidence_files(hearing, matter.evidence)
    revision = kept.revision if kept is not None else 0
    if refused is not None and not isinstance(refused, Stale):
        # Not told of a newer sheet yet: the page stays the one that was filled in.
        posted = _revision(request.POST)
        revision = revision if posted is None else posted
    context = {
        "hearing": hearing,
        "sheet": kept,
        "revision": revision,
        "version": kept.version if kept is not None else 1,
        "handed_in": handed_in,
        "discussed": handed_in and open_discussion(hearing) is not None,
        "locked": handed_in or not hearing.is_open,
        "refused": refused.message if refused is not None else "",
        "lacking": lacking,
        "reopened_for": earlier[-1].reopened_reason if earlier else "",
        "parts": parts_of(
            hearing,
            criteria_set,
            choices,
            notes,
            files,
            matter,
            locked=handed_in or not hearing.is_open,
            lacking=lacking,
            tasted=tasted,
        ),
        "matter": matter,
        "reopened_by": REOPENED_BY[ReopenedBy(hearing.session.bylaws.reopened_by)],
        "tasted": tasted,
        "handed_key": _key(request.POST) or uuid4(),
        "files": files,
        "opinion": opinion,
        "opinion_name": OPINION,
        "opinion_max": LONGEST_OPINION,
        "total": total_of(criteria_set, choices),
        "answered": len(choices),
        "count": len(criteria_set.criteria) - len(tasted),
        "message": missed_words(regime_of(hearing.dossier), criteria_set, choices),
        "rejected_when": criteria_set.rejected_when,
        "next_url": _next_url(request, hearing, seat),
    }
    status = 200 if refused is None else 409 if isinstance(refused, Stale) else 422
    return render(request, "council/sheet.html", context, status=status)


def _next_url(request: Any, hearing: Hearing, seat: Seat) -> str:
    """The sheet of the member's next product, its door while the question is open, or nothing when all is done."""
    following = next_for_member(seat.user, request.today, hearing)
    if following is None:
        return ""
    asked = declaration_of(following, seat) is not None
    return reverse("council:sheet" if asked else "council:door", args=[following.pk])


def _on_screen(
    request: HttpRequest, kept: Sheet | None, criteria_set: CriteriaSet
) -> tuple[dict[str, int | None], dict[str, str], str]:
    """What the page shows: what was kept, and over it what was just sent."""
    choices = dict(kept.choices) if kept is not None else {}
    notes = dict(kept.notes) if kept is not None else {}
    opinion = kept.opinion if kept is not None else ""
    if request.method == "POST" and (kept is None or kept.state == SheetState.DRAFT):
        sent = {code: place for code, place in _sent_choices(request.POST).items() if code in criteria_set.criteria}
        most = {code: len(criteria_set.criteria[code].options) for code in sent}
        choices |= {code: place for code, place in sent.items() if place is None or 1 <= place <= most[code]}
        notes |= _notes(request.POST)
        opinion = request.POST.get(OPINION, opinion)
    return choices, notes, opinion


def _key(sent: Mapping[str, str]) -> UUID | None:
    """The key of this one handing-in, made by the page or the device; an unreadable one is none."""
    try:
        return UUID(sent.get("key", ""))
    except ValueError:
        return None


def _revision(sent: Mapping[str, str]) -> int | None:
    """The revision the page was filled in on, if it says so."""
    return whole(sent.get("revision", ""))


def _sent_choices(sent: Mapping[str, str]) -> dict[str, int | None]:
    """`choice-<code>`: the option's place from 1, 0 for none; an empty or unreadable one says nothing."""
    places = {name.removeprefix("choice-"): whole(value) for name, value in sent.items() if name.startswith("choice-")}
    return {code: place or None for code, place in places.items() if place is not None}


def _choices(sent: Mapping[str, str]) -> dict[str, int | None]:
    """The sent choices; refuses one that is no place in a list."""
    readable = _sent_choices(sent)
    for name, value in sent.items():
        code = name.removeprefix("choice-")
        if name.startswith("choice-") and value and code not in readable:
            raise Refused(f"Tiêu chí {code}: phương án chọn không đọc được. Hãy chọn lại.", field=code)
    return readable


def _notes(sent: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix("note-"): value
        for name, value in sent.items()
        if name.startswith("note-") and name != OPINION
    }
