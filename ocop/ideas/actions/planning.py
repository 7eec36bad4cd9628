"""The plan's steps, its hand-over to the office, and reports of carrying it out."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.files.actions import keep_upload
from ocop.ideas.actions.moving import check_in, lock, move
from ocop.ideas.models import Idea, PlanStep, StepReport
from ocop.ideas.permissions import check_write
from ocop.ideas.queries import plan_gaps, steps_of
from ocop.ideas.states import IdeaState

MOST_STEPS = 60
MOST_MONEY = 10**12  # đồng: a typing slip beyond a thousand billion is refused
LONGEST_REPORT = 3000


@transaction.atomic
def put_step(
    *,
    idea: Idea,
    step: PlanStep | None = None,
    what: str,
    who: str,
    starts_on: date,
    ends_on: date,
    own_money: int = 0,
    support_money: int = 0,
    expected: str = "",
    by: User,
    at: datetime,
) -> PlanStep:
    """Add a step to the plan, or change one, while the plan is in its author's hands."""
    locked = lock(idea)
    check_write(by, day_of(at), locked)
    check_in(locked, IdeaState.ACCEPTED)
    if step is None and steps_of(locked).count() >= MOST_STEPS:
        raise Refused(f"Phương án đã có {MOST_STEPS} bước. Hãy gộp các bước nhỏ.")
    what, who, expected = tidy(what), tidy(who), tidy(expected)
    for text, most, words, field in (
        (what, 300, "Việc", "what"),
        (who, 160, "Người làm", "who"),
        (expected, 300, "Kết quả", "expected"),
    ):
        check_length(text, most, what=words, field=field)
    if not what:
        raise Refused("Ghi việc phải làm.", field="what")
    if ends_on < starts_on:
        raise Refused("Ngày xong phải từ ngày bắt đầu trở đi.", field="ends_on")
    for money, field in ((own_money, "own_money"), (support_money, "support_money")):
        if not 0 <= money <= MOST_MONEY:
            raise Refused("Số tiền ghi bằng đồng, nhiều nhất một nghìn tỷ.", field=field)
    row = PlanStep(idea=locked) if step is None else steps_of(locked).get(pk=step.pk)
    row.what, row.who, row.starts_on, row.ends_on = what, who, starts_on, ends_on
    row.own_money, row.support_money, row.expected = own_money, support_money, expected
    row.save()
    return row


@transaction.atomic
def remove_step(*, idea: Idea, step: PlanStep, by: User, at: datetime) -> None:
    """Take a step out of a plan that is in its author's hands."""
    locked = lock(idea)
    check_write(by, day_of(at), locked)
    check_in(locked, IdeaState.ACCEPTED)
    steps_of(locked).filter(pk=step.pk).update(removed_at=at)


@transaction.atomic
def send_plan(*, idea: Idea, by: User, at: datetime) -> Idea:
    """Hand the plan to the lead office; refused without steps or while the plan's questions are unanswered."""
    locked = lock(idea)
    check_write(by, day_of(at), locked)
    check_in(locked, IdeaState.ACCEPTED)
    if not steps_of(locked).exists():
        raise Refused("Phương án chưa có bước nào. Hãy ghi ít nhất một việc phải làm, ai làm và từ ngày nào.")
    missing = plan_gaps(locked)
    if missing:
        shown = ", ".join(each.about for each in missing[:5]) + ("…" if len(missing) > 5 else "")
        raise Refused(f"Còn {len(missing)} câu hỏi của phương án chưa trả lời: {shown}.")
    move(locked, IdeaState.PLAN_SENT, at)
    _record(act="send_plan", words=f"Gửi phương án “{locked.name}”", idea=locked, by=by, at=at)
    return locked


@transaction.atomic
def report_step(
    *,
    step: PlanStep,
    percent: int,
    spent: int = 0,
    words: str = "",
    photo: UploadedFile | None = None,
    by: User,
    at: datetime,
) -> StepReport:
    """Say how far a step is; what was reported before stays."""
    locked = lock(step.idea)
    check_write(by, day_of(at), locked)
    check_in(locked, IdeaState.CARRYING_OUT)
    row = steps_of(locked).select_for_update().get(pk=step.pk)
    words = tidy(words)
    check_length(words, LONGEST_REPORT, what="Báo cáo", field="words")
    if not 0 <= percent <= 100:
        raise Refused("Mức hoàn thành từ 0 đến 100 %.", field="percent")
    if not 0 <= spent <= MOST_MONEY:
        raise Refused("Số tiền ghi bằng đồng, nhiều nhất một nghìn tỷ.", field="spent")
    if percent < row.percent and not words:
        raise Refused(f"Lần trước đã báo {row.percent} %. Ghi lý do nếu mức hoàn thành giảm.", field="words")
    report = StepReport.objects.create(
        step=row,
        percent=percent,
        spent=spent,
        words=words,
        photo=keep_upload(photo, by=by, at=at) if photo is not None else None,
        by=by,
        at=at,
    )
    row.percent = percent
    row.save(update_fields=["percent"])
    _record(
        act="report_step",
        words=f"Báo cáo “{row.what}”: {percent} %",
        idea=locked,
        by=by,
        at=at,
        percent=percent,
        spent=spent,
    )
    return report


@transaction.atomic
def finish(*, idea: Idea, by: User, at: datetime) -> Idea:
    """Say that the plan is carried out; every step has to be."""
    locked = lock(idea)
    check_write(by, day_of(at), locked)
    check_in(locked, IdeaState.CARRYING_OUT)
    unfinished = [step.what for step in steps_of(locked) if step.percent < 100]
    if unfinished:
        raise Refused(f"Còn {len(unfinished)} việc chưa xong: {'; '.join(unfinished[:3])}. Hãy báo cáo đủ 100 % trước.")
    move(locked, IdeaState.DONE, at)
    _record(act="finish_plan", words=f"Thực hiện xong phương án “{locked.name}”", idea=locked, by=by, at=at)
    return locked


def _record(*, act: str, words: str, idea: Idea, by: User, at: datetime, **facts: int) -> None:
    record(act=act, words=words, on=idea, thread=idea, facts=facts, shown_to_subject=True, by=by, at=at)
