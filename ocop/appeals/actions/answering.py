"""An appeal is answered: the result stays, with reasons, or the product is heard anew beside the old hearing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.appeals.actions.filing import LONGEST_TEXT
from ocop.appeals.models import Answer, Appeal, Opinion
from ocop.appeals.papers import answer_paper
from ocop.appeals.permissions import check_advise, check_answer
from ocop.appeals.queries import ANSWER_PAPER, appeals, why_not_again
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.rehearing import hear_again
from ocop.council.models import Session
from ocop.dossiers.actions.locking import lock
from ocop.paperwork.actions import issue_paper


@transaction.atomic
def advise(*, appeal: Appeal, text: str, by: User, at: datetime) -> Opinion:
    """Lay the office's opinion before whoever answers; the subject does not read it."""
    locked = _lock(appeal)
    check_advise(by, day_of(at), locked)
    _check_unanswered(locked)
    text = tidy(text)
    if not text:
        raise Refused("Ghi ý kiến trình lãnh đạo, Chủ tịch Hội đồng.", field="text")
    check_length(text, LONGEST_TEXT, what="Ý kiến", field="text")
    opinion = Opinion.objects.create(appeal=locked, text=text, by=by, at=at)
    record(act="advise_appeal", words="Trình ý kiến về kiến nghị", on=opinion, thread=locked.dossier, by=by, at=at)
    return opinion


@transaction.atomic
def answer_appeal(
    *, appeal: Appeal, granted: bool, text: str, to: Session | None = None, by: User, at: datetime
) -> Answer:
    """Answer an appeal once, with reasons, in a numbered paper.

    Granted, the product goes before the meeting `to` of the same council: a new hearing beside the old one, every
    member answering anew at the door; the new result leads on, the old one stays as it is.
    """
    if to is not None:
        Session.objects.select_for_update(of=("self",)).get(pk=to.pk)  # locks go from the session to the dossier
    locked = _lock(appeal)
    day = day_of(at)
    title = check_answer(by, day, locked)
    _check_unanswered(locked)
    text = tidy(text)
    if not text:
        raise Refused("Ghi lý do chấp nhận hoặc không chấp nhận kiến nghị.", field="text")
    check_length(text, LONGEST_TEXT, what="Nội dung trả lời", field="text")
    hearing = None
    if granted:
        why = why_not_again(locked)
        if why:
            raise Refused(why, field="granted")
        if to is None:
            raise Refused("Chọn phiên họp sẽ xem xét lại sản phẩm.", field="to")
        hearing = hear_again(
            old=locked.result.hearing,
            to=to,
            words=f"Chấp nhận kiến nghị, đưa ra {to.name}, họp ngày {to.held_on:%d/%m/%Y}",
            by=by,
            at=at,
        )
    answer = Answer.objects.create(
        appeal=locked, granted=granted, text=text, hearing=hearing, by=by, by_title=title, at=at
    )
    record(
        act="answer_appeal",
        words="Chấp nhận kiến nghị, xem xét lại kết quả" if granted else "Trả lời kiến nghị: giữ nguyên kết quả",
        on=answer,
        thread=locked.dossier,
        facts={
            "appeal": locked.pk,
            "granted": granted,
            "result": locked.result_id,
            "hearing": hearing.pk if hearing is not None else None,
            "title": title,
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    issue_paper(
        kind=ANSWER_PAPER,
        unit=locked.dossier.registration.batch.programme.unit,
        compose=answer_paper(locked, answer),
        title=f"Trả lời kiến nghị về kết quả đánh giá {locked.dossier.registration.product.name}"[:300],
        signed_on=day,
        on=locked,
        thread=locked.dossier,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return answer


def _lock(appeal: Appeal) -> Appeal:
    """The appeal, read again after its row and its dossier were locked."""
    Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    lock(appeal.dossier)
    return appeals().get(pk=appeal.pk)


def _check_unanswered(appeal: Appeal) -> None:
    answer = getattr(appeal, "answer", None)
    if answer is not None:
        raise Refused(f"Kiến nghị này đã được trả lời ngày {day_of(answer.at):%d/%m/%Y}, không sửa được nữa.")
