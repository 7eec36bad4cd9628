"""A result told to its subject in writing: the paper, and the end of a dossier that gets no certificate."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.actions.locking import lock_result
from ocop.council.models import Result, ResultLetter
from ocop.council.papers.result_letter import compose_result_letter
from ocop.council.permissions import check_hand_over
from ocop.dossiers.actions import move
from ocop.dossiers.states import DossierState
from ocop.paperwork.actions import issue_paper
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.rules import Composed, Stamp


@transaction.atomic
def send_result_letter(
    *, result: Result, number: str = "", signed_on: date, signer: str, by: User, at: datetime
) -> ResultLetter:
    """Tell the subject in writing that there is no certificate, and what to improve (QĐ 26/2026 Art. 7.3g).

    Without a number the letter takes the next of the office's series.
    """
    locked = lock_result(result)
    dossier = locked.hearing.dossier
    check_hand_over(by, day_of(at), dossier)
    if dossier.state != DossierState.TO_NOTIFY:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}”, không chờ thông báo kết quả.")
    check_letter(locked, signed_on=signed_on, signer=signer, at=at)
    paper = press_letter(locked, number=number, signed_on=signed_on, signer=signer, by=by, at=at)
    return end_by_letter(locked, paper, signer=signer, by=by, at=at)


def check_letter(result: Result, *, signed_on: date, signer: str, at: datetime) -> None:
    """Refuse a letter without a signer, or signed before the result or after today."""
    if not signer.strip():
        raise Refused("Ghi người ký thông báo.", field="signer")
    if not day_of(result.closed_at) <= signed_on <= day_of(at):
        raise Refused(
            f"Ngày ký thông báo phải từ ngày chốt điểm {day_of(result.closed_at):%d/%m/%Y} đến hôm nay.",
            field="signed_on",
        )


def press_letter(result: Result, *, number: str, signed_on: date, signer: str, by: User, at: datetime) -> IssuedPaper:
    """The letter as issued, seen by the subject in the history of its dossier."""
    dossier = result.hearing.dossier
    registration = dossier.registration
    return issue_paper(
        kind="result_letter",
        unit=registration.batch.programme.unit,
        compose=partial(_composed, result, signer.strip(), day_of(at)),
        title=f"Thông báo kết quả đánh giá {registration.product.name}",
        signed_on=signed_on,
        on=result,
        thread=dossier,
        number=number,
        shown_to_subject=True,
        by=by,
        at=at,
    )


def end_by_letter(result: Result, paper: IssuedPaper, *, signer: str, by: User, at: datetime) -> ResultLetter:
    """The dossier ends without a certificate: the letter says so."""
    dossier = result.hearing.dossier
    letter = ResultLetter.objects.create(
        result=result,
        number=paper.number,
        signed_on=paper.signed_on,
        signer=signer.strip(),
        paper=paper.pdf,
        sent_by=by,
        sent_at=at,
    )
    record(
        act="send_result_letter",
        words=f"Gửi thông báo kết quả số {letter.number}",
        on=letter,
        thread=dossier,
        facts={"number": letter.number, "sha256": paper.sha256},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    move(
        dossier=dossier,
        to=DossierState.NOT_RECOGNISED,
        words="Đã thông báo kết quả, không cấp giấy chứng nhận",
        by=by,
        at=at,
    )
    return letter


def _composed(result: Result, signer: str, told_on: date, stamp: Stamp) -> Composed:
    return compose_result_letter(result, signer=signer, told_on=told_on, stamp=stamp)
