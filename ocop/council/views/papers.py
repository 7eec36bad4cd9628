"""Papers of a session: drafts to look at, issued versions, signatures; score sheets as papers."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.council.actions.papers import (
    COMPOSED,
    SIGNED_BY_HEAD,
    issue_session_paper,
    issue_sheets,
    sign_session_paper,
)
from ocop.council.forms.papers import IssueForm
from ocop.council.models import Hearing, Session
from ocop.council.papers.sheets import compose_sheets
from ocop.council.permissions import check_open_session, readable_hearings
from ocop.council.permissions.papers import (
    can_issue_paper,
    can_read_all_sheets,
    can_read_own_sheets,
    can_read_paper,
    check_read_paper,
)
from ocop.council.queries import handed_in_versions, hearings, own_versions, seat_of
from ocop.council.queries.papers import papers_by_kind, sheet_papers
from ocop.council.states import HearingState, SheetState
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, put_refusal
from ocop.paperwork.delivery import hand_out_paper
from ocop.paperwork.kinds import kind_of
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.permissions import can_sign_now
from ocop.paperwork.queries import papers_on, preview
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper

SAYS = {
    "attendance": "Ai có mặt, ai vắng theo những gì đã ghi trong phiên.",
    "minutes": "Mọi con số lấy từ kết quả đã chốt; in cả xung đột lợi ích, phiếu sửa, thảo luận, nếm mẫu.",
    "council_report": "Báo cáo của Hội đồng gửi Ủy ban nhân dân.",
    "submission_letter": "Cơ quan chủ trì trình kết quả để ra quyết định.",
}


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def papers(request: Any, pk: int) -> HttpResponse:
    """Every paper that can be made of the session, with its issued versions."""
    return _page(request, _session(request, pk))


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def draft(request: Any, pk: str, kind: str, ending: str) -> HttpResponse:
    """A paper as it would be issued now, marked as a draft."""
    session = _session(request, int(pk))
    if kind not in COMPOSED:
        raise Http404
    check_read_paper(request.user, request.today, session, kind)
    composed = preview(kind, COMPOSED[kind](session, ""), signed_on=request.today)
    name = f"du-thao-{kind.replace('_', '-')}-{session.pk}.{ending}"
    return show_paper(request, partial(PRESSES[ending], composed.document), name=name)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def minutes(request: Any, pk: int) -> HttpResponse:
    """The minutes as PDF: the newest issued ones, else as they would be issued now."""
    session = _session(request, pk)
    check_read_paper(request.user, request.today, session, "minutes")
    issued = papers_on(session, "minutes").first()
    if issued is not None:
        return hand_out_paper(request, issued, "pdf")  # type: ignore[return-value]
    composed = preview("minutes", COMPOSED["minutes"](session, ""), signed_on=request.today)
    return show_paper(request, partial(PRESSES["pdf"], composed.document), name=f"bien-ban-phien-{session.pk}.pdf")


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def issue(request: Any, pk: int, kind: str) -> HttpResponse:
    """Issue a paper of the session."""
    session = _session(request, pk)
    if kind not in COMPOSED:
        raise Http404
    form = IssueForm(request.POST, asks_signer=kind in SIGNED_BY_HEAD)
    status = 422
    if form.is_valid():
        try:
            paper = issue_session_paper(
                session=session, kind=kind, **form.cleaned_data, by=request.user, at=request.now
            )
        except Refused as refused:
            status = put_refusal(form, refused)
        else:
            messages.success(request, f"Đã phát hành {kind_of(kind).name.lower()} số {paper.number}.")
            return redirect("council:papers", session.pk)
    return _page(request, session, refused=(kind, form), status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def sheets(request: Any, pk: int) -> HttpResponse:
    """A product's score sheets as one PDF: all of them for chair and office after closing, else a member's own."""
    hearing = load_hearing(request, pk)
    user, day = request.user, request.today
    if request.method == "POST":
        form = IssueForm(request.POST)
        if form.is_valid():
            try:
                paper = issue_sheets(hearing=hearing, **form.cleaned_data, by=user, at=request.now)
            except Refused as refused:
                put_refusal(form, refused)
            else:
                messages.success(request, f"Đã phát hành phiếu đánh giá số {paper.number}.")
                return redirect("council:papers", hearing.session_id)
        return _page(request, hearing.session, refused=(f"sheets-{hearing.pk}", form), status=422)
    seat = seat_of(user, day, hearing.session.council)
    if can_read_all_sheets(user, day, hearing):
        rows = list(handed_in_versions(hearing))
    elif seat is not None and can_read_own_sheets(user, day, hearing):
        rows = list(own_versions(hearing, seat).exclude(state=SheetState.DRAFT).select_related("seat__user"))
    else:
        rows = []
    if not rows:
        raise Http404("Chưa có phiếu nào bạn được in.")
    composed = preview("score_sheet", partial(compose_sheets, hearing, rows), signed_on=day)
    return show_paper(request, partial(PRESSES["pdf"], composed.document), name=f"phieu-danh-gia-{hearing.pk}.pdf")


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def paper_file(request: Any, pk: str, paper: str, ending: str) -> HttpResponse:
    """An issued paper of the session, or of one of its products' sheets."""
    return hand_out_paper(request, _paper(request, int(pk), int(paper)), ending)  # type: ignore[return-value]


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def sign(request: Any, pk: int, paper: int) -> HttpResponse:
    """Sign an issued paper digitally."""
    session = _session(request, pk)
    try:
        sign_session_paper(session=session, paper=_paper(request, pk, paper), by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã ký số. Bản PDF tải về là bản đã ký.")
    return redirect("council:papers", session.pk)


def _session(request: Any, pk: int) -> Session:
    found = get_object_or_404(
        Session.objects.select_related(
            "council__unit__parent", "batch__programme__unit__parent", "batch__programme__regime_version", "bylaws"
        ),
        pk=pk,
    )
    check_open_session(request.user, request.today, found)
    return found


def _paper(request: Any, pk: int, key: int) -> IssuedPaper:
    """The paper, if it is one of the session and the visitor may read what it prints."""
    session = _session(request, pk)
    found = papers_on(session).filter(pk=key).first()
    if found is not None and found.kind in COMPOSED:
        check_read_paper(request.user, request.today, session, found.kind)
        return found
    for hearing, rows in sheet_papers(_closed(session)).items():
        for row in rows:
            if row.pk == key and can_read_all_sheets(request.user, request.today, hearings().get(pk=hearing)):
                return row
    raise Http404


def _closed(session: Session) -> list[Hearing]:
    return list(hearings().filter(session=session, state=HearingState.CLOSED).order_by("place"))


def _page(
    request: Any, session: Session, refused: tuple[str, IssueForm] | None = None, status: int = 200
) -> HttpResponse:
    user, day = request.user, request.today
    issued = papers_by_kind(session)
    rows = []
    for kind in COMPOSED:
        may = can_issue_paper(user, day, session, kind)
        form = refused[1] if refused is not None and refused[0] == kind else None
        rows.append(
            {
                "kind": kind,
                "name": kind_of(kind).name,
                "says": SAYS[kind],
                "readable": can_read_paper(user, day, session, kind),
                "form": (form or _fresh(kind, day)) if may else None,
                "open": form is not None,
                "issued": issued.get(kind, []),
            }
        )
    readable, closed = readable_hearings(user, day, session), _closed(session)
    sheets_of = sheet_papers(closed)
    issues = can_issue_paper(user, day, session, "attendance")
    sheet_rows = [
        {
            "hearing": hearing,
            "issued": sheets_of.get(hearing.pk, []),
            "form": refused[1] if refused is not None and refused[0] == f"sheets-{hearing.pk}" else None,
        }
        for hearing in closed
        if hearing.pk in readable
    ]
    context = {
        "session": session,
        "rows": rows,
        "sheets": sheet_rows,
        "issues": issues,
        "signs": can_sign_now(user, day, session.council.unit),
        "invitations": _address("council:invitations", session.pk),
        "publish": _address("council:publish", session.pk),
        "signed_on": day,
    }
    return render(request, "council/papers.html", context, status=status)


def _fresh(kind: str, day: date) -> IssueForm:
    return IssueForm(initial={"signed_on": day}, asks_signer=kind in SIGNED_BY_HEAD, auto_id=f"{kind}-%s")


def _address(name: str, key: int) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
