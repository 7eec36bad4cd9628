"""Rows ready for the templates: raises with their cost and days, plans, tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from ocop.coaching.letters import cost_words, plan_cost_words
from ocop.coaching.models import ImprovementPlan, PlanTask
from ocop.coaching.queries import Deadline
from ocop.coaching.rules import Advice, Money, Raise
from ocop.coaching.states import UNKNOWN_COST
from ocop.ui.templatetags.ui import money

NOT_CHOSEN = "chưa đạt mức nào"


def raise_rows(
    raises: Sequence[Raise], deadline: Deadline, today: date, ticked: Collection[str] | None
) -> list[dict[str, Any]]:
    """Raises as the page lists them; everything is ticked at first."""
    return [
        {
            "step": step,
            "ticked": ticked is None or step.key in ticked,
            "what": _what(step),
            # A step named by its criterion does not name it twice.
            "title": f"Tiêu chí {step.criterion.code} {step.criterion.name}: " if _is_named(step) else "",
            "before": step.criterion.options[step.from_place - 1].label if step.from_place else NOT_CHOSEN,
            "places": f"{f'mức {step.from_place}' if step.from_place else NOT_CHOSEN} → mức {step.to_place}",
            "cost": _own_words(step),
            "support": support_words(step.advice) if step.advice is not None and not step.free else "",
            **_time(step, deadline, today),
        }
        for step in raises
    ]


def _is_named(step: Raise) -> bool:
    return step.advice is not None and not step.free


def _what(step: Raise) -> str:
    if step.advice is not None and _is_named(step):
        return step.advice.name
    return f"{'Chọn lại' if step.free else 'Nâng'} {step.criterion.code} {step.criterion.name}"


def _own_words(step: Raise) -> str:
    if step.free:
        return "không mất tiền"
    if step.advice is None or not step.is_priced:
        return UNKNOWN_COST
    return f"tự bỏ ra {cost_words(step.advice.own_low, step.advice.own_high)}"


def _time(step: Raise, deadline: Deadline, today: date) -> dict[str, Any]:
    """How long it takes, when it would be done, and whether that is in time for the batch."""
    if step.free:
        return {"time": "", "tone": "good", "fits": "làm ngay được"}
    if step.days is None:
        return {"time": "chưa rõ mất bao lâu", "tone": "", "fits": ""}
    done_on = today + timedelta(days=step.days)
    in_time = deadline.day is not None and done_on <= deadline.day
    return {
        "time": f"khoảng {step.days} ngày, bắt đầu hôm nay thì xong {done_on:%d/%m/%Y}",
        "tone": "good" if in_time else "warn",
        "fits": "kịp đợt này" if in_time else "để đợt sau",
    }


def support_words(advice: Advice) -> str:
    """Who pays part of a step, in one sentence; empty where nobody is known to."""
    if not advice.support_percent:
        return advice.support_note
    cap = f", không quá {money(advice.support_cap)}" if advice.support_cap is not None else ""
    paid = f": đỡ khoảng {money(advice.paid)}" if advice.paid else ""
    note = f". {advice.support_note}" if advice.support_note else ""
    return f"{advice.support_name} trả {advice.support_percent} %{cap}{paid}{note}"


def money_words(total: Money) -> str:
    """What raises cost together, in one sentence."""
    words = f"Tự bỏ ra {cost_words(total.own_low, total.own_high)}" if total.own_high else ""
    if not words and (total.paid or not total.unknown):
        words = "Không phải tự bỏ tiền"
    if total.paid:
        words += f", được hỗ trợ khoảng {money(total.paid)}"
    if total.unknown:
        unknown = f"{total.unknown} việc chưa có ước tính chi phí"
        words = f"{words}. Còn {unknown}, chưa cộng vào đây" if words else f"Có {unknown}"
    return f"{words}."


def plan_row(plan: ImprovementPlan, today: date) -> dict[str, Any]:
    """A plan as the list shows it."""
    registration = plan.dossier.registration
    tone, word = plan_state(plan, today)
    return {
        "plan": plan,
        "product": registration.product.name,
        "subject": registration.product.subject.name,
        "unit": registration.product.subject.unit.name,
        "tone": tone,
        "word": word,
        "done": plan.done_count,  # type: ignore[attr-defined]
        "count": plan.task_count,  # type: ignore[attr-defined]
        "due": plan.due if plan.ended_at is None else None,
    }


def plan_state(plan: ImprovementPlan, today: date) -> tuple[str, str]:
    """Tone and word of how a plan stands."""
    if plan.ended_at is not None:
        return "neutral", "Đã kết thúc"
    if not plan.open_tasks:
        return "good", "Đã làm xong"
    return ("bad", "Có việc trễ") if plan.next_due < today else ("work", "Đang làm")


def task_cost_words(task: PlanTask) -> str:
    """What the subject pays itself for a task."""
    return plan_cost_words([task]) if task.cost else UNKNOWN_COST if task.cost is None else "không mất tiền"


def task_rows(tasks: Sequence[PlanTask]) -> list[dict[str, Any]]:
    """Tasks of a plan, the open ones first, by day."""
    ordered = sorted(tasks, key=lambda task: (not task.is_open, task.due_on or date.max, task.pk))
    return [
        {
            "task": task,
            "cost": task_cost_words(task),
            "notes": list(task.notes.all()),
        }
        for task in ordered
    ]
