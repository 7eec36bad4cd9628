"""What an office writes of steps: a new row each time, the earlier ones stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.coaching.models import StepAdvice
from ocop.coaching.permissions import check_write_steps
from ocop.coaching.queries import shipped, step_of
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.search import fold
from ocop.core.texts import check_length, tidy
from ocop.places.models import Unit

LONGEST_TEXT = 1000
NEW = "moi"  # the address of the page that adds a step


@transaction.atomic
def write_step(
    *,
    unit: Unit,
    code: str,
    name: str,
    what: str = "",
    regime_code: str = "",
    criteria: Sequence[str] = (),
    option: Sequence[str] = (),
    papers: Sequence[str] = (),
    cost_low: int | None = None,
    cost_high: int | None = None,
    days: int | None = None,
    support_name: str = "",
    support_percent: int = 0,
    support_cap: int | None = None,
    support_note: str = "",
    fixed: bool = False,
    valid_from: date,
    valid_to: date | None = None,
    by: User,
    at: datetime,
) -> StepAdvice:
    """Write a step as the office knows it from a day on; it replaces what the office had or inherited of that code.

    Without a code it is a new step of the office's own.
    """
    check_write_steps(by, day_of(at), unit)
    if not tidy(name):
        raise Refused("Ghi tên việc phải làm.", field="name")
    if not criteria and not papers:
        raise Refused("Ghi ít nhất một tiêu chí hoặc chọn một loại giấy mà việc này mang lại.", field="criteria")
    if (cost_low is None) != (cost_high is None):
        field = "cost_low" if cost_low is None else "cost_high"
        raise Refused("Ghi cả chi phí từ và đến; chưa biết thì để trống cả hai ô.", field=field)
    if cost_low is not None and cost_high is not None and cost_low > cost_high:
        raise Refused("Chi phí cao phải bằng hoặc lớn hơn chi phí thấp.", field="cost_high")
    if support_percent and not tidy(support_name):
        raise Refused("Ghi tên nguồn hoặc chính sách hỗ trợ.", field="support_name")
    if not 0 <= support_percent <= 100:
        raise Refused("Phần trăm hỗ trợ từ 0 đến 100.", field="support_percent")
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Ngày hết áp dụng phải sau ngày bắt đầu.", field="valid_to")
    for field, text in (("what", what), ("support_note", support_note)):
        check_length(text, LONGEST_TEXT, what="Phần này", field=field)
    written = StepAdvice.objects.create(
        unit=unit,
        code=code or _new_code(unit, name),
        name=tidy(name),
        what=tidy(what),
        regime_code=regime_code,
        criteria=list(criteria),
        option=list(option),
        papers=list(papers),
        cost_low=cost_low,
        cost_high=cost_high,
        days=days,
        support_name=tidy(support_name),
        support_percent=support_percent,
        support_cap=support_cap,
        support_note=tidy(support_note),
        fixed=fixed,
        valid_from=valid_from,
        valid_to=valid_to,
        written_by=by,
        written_at=at,
    )
    facts: dict[str, Any] = {
        "code": written.code,
        "low": cost_low,
        "high": cost_high,
        "days": days,
        "percent": support_percent,
    }
    record(act="write_step", words=f"Ghi bước củng cố “{written.name}”", on=written, facts=facts, by=by, at=at)
    return written


@transaction.atomic
def withdraw_step(*, unit: Unit, code: str, by: User, at: datetime) -> StepAdvice:
    """Take a step off the office's list: no way leads over it any more in the office's area."""
    check_write_steps(by, day_of(at), unit)
    known = step_of(unit, code)
    if known is None:
        raise Refused("Bước này không còn trong danh sách.")
    written = StepAdvice.objects.create(
        unit=unit,
        code=code,
        name=known.advice.name,
        valid_from=day_of(at),
        withdrawn=True,
        written_by=by,
        written_at=at,
    )
    record(act="withdraw_step", words=f"Bỏ bước củng cố “{written.name}”", on=written, by=by, at=at)
    return written


def _new_code(unit: Unit, name: str) -> str:
    """A code made of the name that neither the shipped steps nor the office have yet."""
    stem = slugify(fold(name))[:50] or "buoc"
    taken = {NEW, *shipped(), *StepAdvice.objects.filter(unit=unit).values_list("code", flat=True)}
    tries = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in tries if code not in taken)
