"""Papers of a session leave the office: number, check code, PDF and Word file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.db import transaction

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import tidy
from ocop.council.models import Hearing, Session
from ocop.council.papers.attendance import compose_attendance
from ocop.council.papers.minutes import compose_minutes
from ocop.council.papers.report import compose_report, compose_submission
from ocop.council.papers.sheets import compose_sheets
from ocop.council.permissions.papers import can_read_all_sheets, check_issue_paper, check_read_paper
from ocop.council.queries import handed_in_versions
from ocop.paperwork.actions import issue_paper, sign_paper
from ocop.paperwork.kinds import kind_of
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import Compose

COMPOSED: dict[str, Callable[[Session, str], Compose]] = {
    "attendance": lambda session, _: partial(compose_attendance, session),
    "minutes": lambda session, _: partial(compose_minutes, session),
    "council_report": lambda session, _: partial(compose_report, session),
    "submission_letter": lambda session, signer: partial(compose_submission, session, signer),
}
SIGNED_BY_HEAD = ("submission_letter",)


@transaction.atomic
def issue_session_paper(
    *, session: Session, kind: str, number: str = "", signed_on: date, signer: str = "", by: User, at: datetime
) -> IssuedPaper:
    """Issue one of the session's papers; it prints what happened, and a later issue stands beside the earlier one."""
    if kind not in COMPOSED:
        raise Refused("Chọn loại văn bản trong danh sách.", field="kind")
    locked = Session.objects.select_for_update(of=("self",)).select_related(*JOINS).get(pk=session.pk)
    check_issue_paper(by, day_of(at), locked, kind)
    signer = tidy(signer)
    if kind in SIGNED_BY_HEAD and not signer:
        raise Refused("Ghi người ký tờ trình.", field="signer")
    check_day(locked, signed_on, at)
    return issue_paper(
        kind=kind,
        unit=locked.council.unit,
        compose=COMPOSED[kind](locked, signer),
        title=f"{kind_of(kind).name} {locked.name}, {locked.batch}",
        signed_on=signed_on,
        on=locked,
        number=number,
        by=by,
        at=at,
    )


@transaction.atomic
def issue_sheets(*, hearing: Hearing, number: str = "", signed_on: date, by: User, at: datetime) -> IssuedPaper:
    """Issue every handed-in version of a closed product's sheets as one paper, to be signed page by page."""
    check_issue_paper(by, day_of(at), hearing.session, "attendance")
    if not can_read_all_sheets(by, day_of(at), hearing):
        raise Refused("Phiếu chỉ phát hành được khi sản phẩm đã chốt điểm và bạn được xem mọi phiếu của sản phẩm.")
    check_day(hearing.session, signed_on, at)
    product = hearing.dossier.registration.product.name
    return issue_paper(
        kind="score_sheet",
        unit=hearing.session.council.unit,
        compose=partial(compose_sheets, hearing, list(handed_in_versions(hearing))),
        title=f"Phiếu đánh giá {product}",
        signed_on=signed_on,
        on=hearing,
        number=number,
        by=by,
        at=at,
    )


def sign_session_paper(*, session: Session, paper: IssuedPaper, by: User, at: datetime) -> IssuedPaper:
    """Put the office's digital signature on an issued paper of the session; `sign_paper` has its own transaction."""
    check_read_paper(by, day_of(at), session, paper.kind)
    return sign_paper(paper=paper, by=by, at=at)


def check_day(session: Session, signed_on: date, at: datetime) -> None:
    """Refuse a paper dated before its session or after today."""
    if not session.held_on <= signed_on <= day_of(at):
        raise Refused(f"Ngày văn bản phải từ ngày họp {session.held_on:%d/%m/%Y} đến hôm nay.", field="signed_on")


JOINS = (
    "council__unit__parent",
    "batch__programme__unit__parent",
    "batch__programme__regime_version",
    "bylaws",
)
