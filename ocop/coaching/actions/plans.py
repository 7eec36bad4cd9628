"""Improvement plans: made from the way to a star, followed task by task, ended with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.coaching.models import ImprovementPlan, PlanTask, TaskNote
from ocop.coaching.permissions import check_plan
from ocop.coaching.queries import Standing, live_plan, plans, standing_of
from ocop.coaching.queries.plans import first_due
from ocop.coaching.rules import Raise
from ocop.coaching.states import TaskState
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.wallet.models import Paper

LONGEST_NOTE = 2000
MOST_TASKS = 60


@transaction.atomic
def plan_improvement(*, dossier: Dossier, star: int, picks: Collection[str], by: User, at: datetime) -> ImprovementPlan:
    """Make the picked raises of today's way to the star the dossier's plan, each a task with a day and a cost."""
    day = day_of(at)
    locked = dossiers().select_for_update(of=("self",)).get(pk=dossier.pk)
    check_plan(by, day, locked)
    if live_plan(locked) is not None:
        raise Refused("Hồ sơ đã có kế hoạch củng cố. Hãy làm tiếp, hoặc kết thúc kế hoạch đó rồi lưu kế hoạch mới.")
    standing = standing_of(locked, star, day)
    if standing.way is None or standing.way.star != star:
        raise Refused(f"Dự báo hôm nay đã khác: không còn đường đi tới {star} sao. Hãy xem lại trang này.")
    offered = {step.key: step for step in standing.way.steps}
    if not picks:
        raise Refused("Chọn ít nhất một việc để đưa vào kế hoạch.")
    if not set(picks) <= set(offered):
        raise Refused(
            "Tự đánh giá hoặc bảng chi phí vừa thay đổi nên có việc bạn chọn không còn trong đường đi. Danh sách dưới "
            "đây là mới nhất: hãy chọn lại."
        )
    plan = ImprovementPlan.objects.create(
        dossier=locked,
        star=star,
        basis={
            "revision": locked.revision,
            "choices": locked.choices,
            "total": standing.way.total,
            "forecast": standing.forecast.star,
            "below": list(standing.way.below),
        },
        made_by=by,
        made_at=at,
    )
    representative = locked.registration.product.subject.representative
    PlanTask.objects.bulk_create(
        _task(plan, step, standing, representative, day) for key, step in offered.items() if key in set(picks)
    )
    _count(plan)
    record(
        act="plan_improvement",
        words=f"Lưu kế hoạch củng cố lên {star} sao: {plan.open_tasks} việc",
        on=plan,
        thread=locked,
        facts={"star": star, "picks": sorted(picks), "revision": locked.revision},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return plan


def _task(plan: ImprovementPlan, step: Raise, standing: Standing, responsible: str, day: date) -> PlanTask:
    criterion, advice = step.criterion, step.advice
    words = [f"Tiêu chí {criterion.code} {criterion.name}, đạt: {step.label}."]
    if step.free:
        name = f"Chọn lại mức của tiêu chí {criterion.code}: số liệu đã đủ"
    else:
        name = advice.name if advice is not None else f"Nâng tiêu chí {criterion.code} {criterion.name}"
        words += [advice.what] if advice is not None and advice.what else []
    words += [f"Cần: {need}." for need in step.lacking]
    return PlanTask(
        plan=plan,
        what=name[:300],
        detail="\n".join(words),
        criterion=criterion.code,
        from_place=step.from_place,
        to_place=step.to_place,
        gain=step.gain,
        cost=step.own if step.is_priced else None,
        cost_low=advice.own_low if advice is not None and step.is_priced and not step.free else None,
        support=advice.support_name if advice is not None and not step.free and advice.support_percent else "",
        responsible=responsible[:120],
        due_on=day + timedelta(days=step.days) if step.days is not None else standing.deadline.day,
    )


@transaction.atomic
def update_task(
    *,
    task: PlanTask,
    state: TaskState,
    note: str = "",
    responsible: str = "",
    due_on: date | None = None,
    paper: Paper | None = None,
    by: User,
    at: datetime,
) -> PlanTask:
    """Say how far a task is, with a word on it; giving one up needs its reason."""
    plan, note = _locked(task.plan, by, at), tidy(note)
    current = PlanTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    check_length(note, LONGEST_NOTE, what="Ghi chú", field="note")
    if state == TaskState.DROPPED and not note:
        raise Refused("Ghi lý do không làm nữa, để cơ quan chủ trì và lần sau còn biết.", field="note")
    if paper is not None and (
        paper.subject_id != plan.dossier.registration.product.subject_id or paper.withdrawn_at is not None
    ):
        raise Refused("Giấy này không có trong ví minh chứng của chủ thể.", field="paper")
    before = current.get_state_display()
    current.state, current.responsible, current.due_on, current.paper = state, tidy(responsible), due_on, paper
    current.save(update_fields=["state", "responsible", "due_on", "paper"])
    TaskNote.objects.create(task=current, state=state, text=note, by=by, at=at)
    _count(plan)
    record(
        act="update_task",
        words=f"Việc củng cố “{current.what}”: {before} → {current.get_state_display()}",
        on=current,
        thread=plan.dossier,
        facts={"state": state, "due_on": due_on.isoformat() if due_on else None},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return current


@transaction.atomic
def add_task(
    *,
    plan: ImprovementPlan,
    what: str,
    detail: str = "",
    responsible: str = "",
    due_on: date | None = None,
    cost: int | None = None,
    by: User,
    at: datetime,
) -> PlanTask:
    """Add a task in one's own words to a plan."""
    locked = _locked(plan, by, at)
    if not tidy(what):
        raise Refused("Ghi việc phải làm.", field="what")
    if due_on is not None and due_on < day_of(at):
        raise Refused("Hạn làm đã qua: ghi ngày từ hôm nay trở đi.", field="due_on")
    if locked.tasks.count() >= MOST_TASKS:
        raise Refused(f"Kế hoạch đã có {MOST_TASKS} việc. Hãy làm bớt trước khi thêm.")
    task = PlanTask.objects.create(
        plan=locked, what=tidy(what), detail=tidy(detail), responsible=tidy(responsible), due_on=due_on, cost=cost
    )
    _count(locked)
    record(
        act="add_task",
        words=f"Thêm việc củng cố “{task.what}”",
        on=task,
        thread=locked.dossier,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return task


@transaction.atomic
def end_improvement(*, plan: ImprovementPlan, why: str = "", by: User, at: datetime) -> ImprovementPlan:
    """End the plan; while tasks are open it needs a reason. What was done stays to be read."""
    locked, why = _locked(plan, by, at), tidy(why)
    check_length(why, LONGEST_NOTE, what="Lý do", field="why")
    if locked.open_tasks and not why:
        raise Refused(f"Còn {locked.open_tasks} việc chưa xong: ghi lý do kết thúc.", field="why")
    locked.ended_at, locked.ended_by, locked.ended_why = at, by, why
    locked.save(update_fields=["ended_at", "ended_by", "ended_why"])
    record(
        act="end_improvement",
        words=f"Kết thúc kế hoạch củng cố lên {locked.star} sao",
        on=locked,
        thread=locked.dossier,
        facts={"open_tasks": locked.open_tasks, "why": why},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return locked


def _locked(plan: ImprovementPlan, by: User, at: datetime) -> ImprovementPlan:
    """The plan, locked and as it is now, for somebody who may work on it while it lives."""
    locked = plans().select_for_update(of=("self",)).get(pk=plan.pk)
    check_plan(by, day_of(at), locked.dossier)
    if locked.ended_at is not None:
        raise Refused("Kế hoạch này đã kết thúc nên không sửa được nữa. Hãy lưu kế hoạch mới từ đường lên sao.")
    return locked


def _count(plan: ImprovementPlan) -> None:
    """Keep what lists sort by: the first open day and the number of open tasks."""
    plan.next_due, plan.open_tasks = first_due(plan)
    plan.save(update_fields=["next_due", "open_tasks"])
