"""The improvement plan as a paper."""

from __future__ import annotations

from collections.abc import Sequence

from ocop.coaching.models import ImprovementPlan, PlanTask
from ocop.coaching.states import UNKNOWN_COST, TaskState
from ocop.core.clock import day_of
from ocop.ui.papers.document import Document, Field, Fields, Heading, National, Signatures, Signed, Table, Text, Title
from ocop.ui.templatetags.ui import money


def cost_words(low: int, high: int) -> str:
    """A sum between two, in words."""
    if not low < high:
        return money(high)
    return f"{money(low)} đến {money(high)}" if low else f"nhiều nhất {money(high)}"


def plan_cost_words(tasks: Sequence[PlanTask]) -> str:
    """What the subject pays itself for tasks together, from and to; tasks of unknown cost are not in it."""
    known = [task for task in tasks if task.cost is not None]
    return cost_words(sum(task.least or 0 for task in known), sum(task.cost or 0 for task in known))


def plan_document(plan: ImprovementPlan, tasks: Sequence[PlanTask]) -> Document:
    """The plan with its tasks in the order of their days, to be printed and signed by the subject."""
    registration = plan.dossier.registration
    product, made_on = registration.product, day_of(plan.made_at)
    live = [task for task in tasks if task.state != TaskState.DROPPED]
    ordered = sorted(live, key=lambda task: (task.due_on is None, task.due_on, task.pk))
    unknown = sum(task.cost is None for task in live)
    return Document(
        title=f"Kế hoạch củng cố {product.name}",
        author=product.subject.name,
        blocks=(
            National(issuer=product.subject.name, place=product.subject.unit.bare_name),
            Title(kind="Kế hoạch", about=f"củng cố, hoàn thiện sản phẩm để đạt {plan.star} sao"),
            Fields(items=(Field(label="Sản phẩm", value=product.name),)),
            Fields(items=(Field(label="Chủ thể", value=f"{product.subject.name}, {product.subject.unit}"),)),
            Fields(
                items=(
                    Field(label="Mã đăng ký", value=registration.code),
                    Field(label="Nộp vào", value=str(registration.batch)),
                )
            ),
            Fields(
                items=(
                    Field(label="Điểm tự chấm khi lập", value=str(plan.basis.get("total", ""))),
                    Field(label="Ngày lập", value=f"{made_on:%d/%m/%Y}"),
                )
            ),
            Text(text="Điểm tự chấm và dự báo sao không phải kết quả công nhận.", style="italic"),
            Heading(text="Các việc phải làm"),
            Table(
                head=("TT", "Việc", "Tiêu chí", "Người làm", "Hạn", "Tự bỏ ra", "Đến đâu"),
                rows=tuple(
                    (
                        str(number),
                        task.what,
                        task.criterion,
                        task.responsible,
                        f"{task.due_on:%d/%m/%Y}" if task.due_on else "",
                        UNKNOWN_COST if task.cost is None else plan_cost_words([task]),
                        task.get_state_display(),
                    )
                    for number, task in enumerate(ordered, start=1)
                ),
                widths=(8, 0, 14, 26, 23, 25, 18),
                aligns=("center", "left", "center", "left", "center", "right", "left"),
            ),
            Text(
                text=f"Tổng tiền tự bỏ ra theo ước tính: {plan_cost_words(live)}"
                + (f"; {unknown} việc chưa có ước tính." if unknown else ".")
            ),
            Signatures(
                cells=(
                    Signed(
                        lines=("ĐẠI DIỆN CHỦ THỂ",),
                        note="(Ký, ghi rõ họ tên)",
                        name=product.subject.representative,
                    ),
                )
            ),
        ),
    )
