"""Handing a dossier in, its intake steps, and its ways after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.audit.rules import fingerprint
from ocop.core.clock import day_of, spoken
from ocop.core.codes import new_code
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions.locking import check_typing, lock
from ocop.dossiers.actions.receipts import next_receipt_number
from ocop.dossiers.models import Dossier, IntakeFinding, Submission
from ocop.dossiers.permissions import check_find, is_own
from ocop.dossiers.queries import (
    is_read_back,
    lacking_of,
    regime_of,
    said_in,
    snapshot,
    step_taking,
    why_closed,
    why_not_now,
)
from ocop.dossiers.queries.one import LONGEST_COUNT
from ocop.dossiers.rules import clean_items, clock_ends
from ocop.dossiers.states import EDITABLE, RESULT_SHOWN, WAYS, DossierState, IntakeOutcome
from ocop.regime.queries import days_off
from ocop.regime.rules import IntakeStep

LONGEST_ITEM = 300
LONGEST_REASON = 1000
LONGEST_NOTE = 5000
MOST_DAYS_TO_ANSWER = timedelta(days=366)


@transaction.atomic
def submit_dossier(*, dossier: Dossier, revision: int | None = None, by: User, at: datetime) -> Submission:
    """Hand the dossier in: frozen with its hash and a receipt number, and the clock of its intake step starts.

    Completed at the request of a later step it goes back to that step. The first time the dossier gets the code under
    which anybody who has it follows where it stands.
    Refused when something lacks (all of it is named), when the batch is closed, or when it is already in.
    """
    locked = lock(dossier)
    check_typing(locked, by=by, at=at)
    if locked.state not in EDITABLE:
        raise Refused(f"Hồ sơ đã nộp rồi (đang ở bước “{locked.told_label}”). Không cần nộp lần nữa.")
    if revision is not None and revision != locked.revision:
        raise Stale("Hồ sơ vừa được sửa ở nơi khác. Hãy mở lại trang, đọc lại một lượt rồi nộp.")
    day = day_of(at)
    closed = why_closed(locked, day) or why_not_now(locked, day)
    if closed:
        raise Refused(f"Chưa nộp được: bạn bấm nộp lúc {spoken(at)}. {closed}")
    lacking = lacking_of(locked)
    if lacking:
        raise Refused(" ".join(each.words for each in lacking))
    content = snapshot(locked)
    sha256 = fingerprint(content)
    if not is_own(by, day, locked) and not is_read_back(locked):
        raise Refused(
            "Bạn nhập giúp nên chỉ nộp được khi chủ thể đã đọc lại đúng nội dung đang có. Hãy mở “Đọc lại và xác "
            "nhận”, hoặc để chủ thể tự nộp bằng tài khoản của mình."
        )
    last = locked.submissions.order_by("-number").first()
    if last is not None and said_in(last.content) == said_in(content):
        raise Refused(
            "Hồ sơ chưa có gì khác so với lần nộp trước. Hãy bổ sung các mục được yêu cầu "
            "(thêm minh chứng, sửa tự đánh giá hoặc giải trình) rồi nộp lại."
        )
    submission = Submission.objects.create(
        dossier=locked,
        number=last.number + 1 if last is not None else 1,
        receipt_number=next_receipt_number(locked, day.year),
        content=content,
        sha256=sha256,
        submitted_by=by,
        submitted_at=at,
    )
    record(
        act="submit_dossier",
        words=f"Nộp hồ sơ lần {submission.number}",
        on=submission,
        thread=locked,
        facts={"number": submission.number, "receipt": submission.receipt_number, "sha256": submission.sha256},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    locked.submitted_at = at
    if locked.tracking_code is None:
        locked.tracking_code = new_code()
        locked.save(update_fields=["tracking_code"])
    _enter_step(locked, step_taking(locked, submission), at)
    return submission


@transaction.atomic
def pass_step(
    *,
    dossier: Dossier,
    contents: Mapping[str, str] | None = None,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    by: User,
    at: datetime,
) -> Dossier:
    """The dossier's present intake step ends well: the next step begins, or the dossier waits for the council.

    An assessment needs a finding for every content the law names; there is no score in it (QĐ 26/2026 Art. 7.2).
    `facts` are what the desk adds to the ledger entry.
    """
    locked = lock(dossier)
    step = _present_step(locked, by, at)
    found = {code: text.strip() for code, text in (contents or {}).items()}
    lacking = [content for content in step.contents if not found.get(content.code)]
    if lacking:
        raise Refused(
            f"Chưa ghi nhận xét cho: {'; '.join(content.name for content in lacking)}.",
            field=f"content-{lacking[0].code}",
        )
    _write_finding(
        locked,
        step,
        IntakeOutcome.PASSED,
        contents={content.code: found[content.code] for content in step.contents},
        note=note,
        facts=facts,
        by=by,
        at=at,
    )
    _enter_step(locked, regime_of(locked).step_after(step.code), at)
    return locked


@transaction.atomic
def return_dossier(
    *,
    dossier: Dossier,
    items: Sequence[Mapping[str, str]],
    answer_by: date,
    note: str = "",
    by: User,
    at: datetime,
) -> Dossier:
    """Send the dossier back with named missing items, each with its reason (and an example), and a day to answer by."""
    locked = lock(dossier)
    step = _present_step(locked, by, at)
    named = clean_items(items)
    if not named:
        raise Refused("Ghi ít nhất một mục còn thiếu để chủ thể biết phải bổ sung gì.", field="items")
    if not all(item["what"] and item["reason"] for item in named):
        raise Refused("Mỗi mục còn thiếu cần ghi cả tên mục và lý do.", field="items")
    for number, item in enumerate(named, start=1):
        check_length(item["what"], LONGEST_ITEM, what=f"Tên mục còn thiếu thứ {number}", field="items")
        check_length(item["reason"], LONGEST_REASON, what=f"Lý do của mục thứ {number}", field="items")
        check_length(item.get("example", ""), LONGEST_REASON, what=f"Ví dụ của mục thứ {number}", field="items")
    note = tidy(note)
    check_length(note, LONGEST_NOTE, what="Lời nhắn", field="note")
    if answer_by <= day_of(at):
        raise Refused("Hạn bổ sung phải sau ngày hôm nay.", field="answer_by")
    last = day_of(at) + MOST_DAYS_TO_ANSWER
    if answer_by > last:
        raise Refused(f"Hạn bổ sung muộn nhất là {last:%d/%m/%Y}, một năm kể từ hôm nay.", field="answer_by")
    _write_finding(locked, step, IntakeOutcome.RETURNED, items=named, note=note, answer_by=answer_by, by=by, at=at)
    locked.state, locked.step = DossierState.RETURNED, ""
    locked.step_since, locked.due_on = at, answer_by
    locked.save(update_fields=["state", "step", "step_since", "due_on"])
    return locked


@transaction.atomic
def move(
    *,
    dossier: Dossier,
    to: DossierState,
    star: int | None = None,
    recognised_until: date | None = None,
    due_on: date | None = None,
    words: str,
    facts: Mapping[str, Any] | None = None,
    shown_to_subject: bool = True,
    by: User,
    at: datetime,
) -> Dossier:
    """Move a dossier along one of its ways, for a later room and in that room's transaction.

    A recognition comes with its `star` and its last day.
    """
    locked = lock(dossier)
    if to not in WAYS[DossierState(locked.state)]:
        raise Refused(
            f"Hồ sơ “{locked.registration.product.name}” đang ở bước “{locked.told_label}”, "
            f"không chuyển sang “{to.label}” được."
        )
    locked.state, locked.step = to, ""
    locked.step_since, locked.due_on = at, due_on
    if star is not None:
        locked.star = star
    locked.recognised_until = recognised_until
    if to not in RESULT_SHOWN:
        locked.result_out_at = None  # a new result, or a new hearing: nothing of it is out yet
    elif locked.result_out_at is None:
        locked.result_out_at = at
    locked.save(update_fields=["state", "step", "step_since", "due_on", "star", "recognised_until", "result_out_at"])
    record(
        act="move_dossier",
        words=words,
        on=locked,
        thread=locked,
        facts={"to": to.value, **(facts or {})},
        shown_to_subject=shown_to_subject,
        by=by,
        at=at,
    )
    return locked


def _present_step(dossier: Dossier, by: User, at: datetime) -> IntakeStep:
    if dossier.state != DossierState.SUBMITTED:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.told_label}”, không còn chờ kiểm tra.")
    check_find(by, day_of(at), dossier)
    return regime_of(dossier).step(dossier.step)


def _enter_step(dossier: Dossier, step: IntakeStep | None, at: datetime) -> None:
    if step is None:
        dossier.state, dossier.step, dossier.due_on = DossierState.ACCEPTED, "", None
    else:
        dossier.state, dossier.step = DossierState.SUBMITTED, step.code
        day = day_of(at)
        dossier.due_on = clock_ends(step.clock, day, days_off(day, day + LONGEST_COUNT)) if step.clock else None
    dossier.step_since = at
    dossier.save(update_fields=["state", "step", "step_since", "due_on", "submitted_at"])


def _write_finding(
    dossier: Dossier,
    step: IntakeStep,
    outcome: IntakeOutcome,
    *,
    facts: Mapping[str, Any] | None = None,
    by: User,
    at: datetime,
    **fields: Any,
) -> IntakeFinding:
    submission = dossier.submissions.order_by("-number").first()
    assert submission is not None, "a dossier in intake has a submission"
    finding = IntakeFinding.objects.create(
        dossier=dossier,
        submission=submission,
        step=step.code,
        step_name=step.name,
        outcome=outcome,
        found_by=by,
        found_at=at,
        **fields,
    )
    record(
        act="find",
        words=f"{step.name}: {outcome.label.lower()}",
        on=finding,
        thread=dossier,
        facts={"step": step.code, "outcome": outcome.value, "items": len(fields.get("items", [])), **(facts or {})},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return finding
