"""Ideas before there is a dossier: some just written down, one taken, one carried out and late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.desk.demo.knowledge import answer_interview
from ocop.desk.demo.stage import Stage
from ocop.ideas import actions
from ocop.ideas.models import Idea
from ocop.ideas.queries import ideas

TEXTS = {
    "description": "Làm từ nguyên liệu của các hộ trong xã, chế biến tại xưởng của chủ thể.",
    "materials": "Khoảng 30 tấn một năm, hơn nửa ở trong xã.",
    "difference": "Cách làm của làng, không chất bảo quản, gói nhỏ vừa một bữa.",
    "buyers": "Cửa hàng thực phẩm sạch và khách du lịch, khoảng một tấn một tháng.",
    "means": "Xưởng 200 m², bốn người làm, máy sấy cũ.",
    "difficulties": "Chưa có bao bì và nhãn.",
    "support_wanted": "Thiết kế bao bì, kiểm nghiệm lần đầu.",
}
# How far each fate goes.
FAR = {"draft": 0, "sent": 1, "reviewing": 2, "accepted": 3, "carrying_out": 4}


def tell_idea(stage: Stage, told: dict[str, Any]) -> None:
    """Bring an idea as far as its fate says, each act some days after the one before."""
    far, author = FAR[told["fate"]], stage.people[told["subject"]]
    subject = stage.subjects[told["subject"]]
    at = stage.moment(stage.day - timedelta(days=4 + 20 * far), 9)
    idea = actions.propose(
        subject=subject,
        unit=subject.unit,
        kind=told["kind"],
        name=told["name"],
        sector=told["sector"],
        texts=TEXTS,
        by=author,
        at=at,
    )
    for reach in (_send, _support, _take, _carry_out)[:far]:
        at += timedelta(days=5)
        reach(stage, told, ideas().get(pk=idea.pk), author, at)


def _send(stage: Stage, told: dict[str, Any], idea: Idea, author: User, at: datetime) -> None:
    actions.send_idea(idea=idea, by=author, at=at)


def _support(stage: Stage, told: dict[str, Any], idea: Idea, author: User, at: datetime) -> None:
    grant = RoleGrant.objects.filter(role=Role.COMMUNE_OFFICER, unit=idea.unit).select_related("user").get()
    actions.give_opinion(idea=idea, verdict="supported", words="Hợp với vùng nguyên liệu.", by=grant.user, at=at)


def _take(stage: Stage, told: dict[str, Any], idea: Idea, author: User, at: datetime) -> None:
    actions.decide(idea=idea, verdict="accepted", words="", by=stage.people["officer"], at=at)
    idea = ideas().get(pk=idea.pk)
    first = at.date() + timedelta(days=10)
    for place, (what, money) in enumerate((("Thiết kế bao bì, in nhãn", 15_000_000), ("Mua máy sấy", 60_000_000))):
        actions.put_step(
            idea=idea,
            what=what,
            who=author.full_name,
            starts_on=first,
            ends_on=first + timedelta(days=20 + 60 * place),
            own_money=money,
            support_money=money // 2,
            by=author,
            at=at,
        )


def _carry_out(stage: Stage, told: dict[str, Any], idea: Idea, author: User, at: datetime) -> None:
    assert idea.product is not None, "a plan belongs to a product"
    answer_interview(stage, told["subject"], idea.product, at)
    actions.send_plan(idea=idea, by=author, at=at)
    actions.decide(idea=ideas().get(pk=idea.pk), verdict="plan_agreed", words="", by=stage.people["officer"], at=at)
    step = idea.steps.first()
    assert step is not None, "the plan has steps"
    later = at + timedelta(days=15)
    actions.report_step(step=step, percent=60, spent=8_000_000, words="Đã chọn mẫu nhãn.", by=author, at=later)
