"""Steps of an office, plans and their tasks: each way out, and a refusal writes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.coaching.actions import add_task, end_improvement, plan_improvement, update_task, withdraw_step
from ocop.coaching.letters import plan_cost_words
from ocop.coaching.models import NO_DAY, ImprovementPlan, StepAdvice, TaskNote
from ocop.coaching.queries import advices_for, live_plan, shipped, standing_of
from ocop.coaching.states import TaskState
from ocop.core.errors import Refused
from ocop.dossiers.queries import criteria_of
from tests.factories import city_2024, person, subject
from tests.factories.coaching import assessed, office_step, planned
from tests.factories.cycle import owner_of
from tests.factories.wallet import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def owner(plan):
    return owner_of(plan.dossier.registration.product.subject)


def acts():
    return list(LedgerEntry.objects.order_by("seq").values_list("act", flat=True))


# Steps of an office


def test_a_step_of_the_office_replaces_the_shipped_one(world):
    row = office_step(world, code="barcode", name="Mã vạch", papers=("barcode",), cost_low=1, cost_high=2)
    known = {advice.code: advice for advice in advices_for(world.commune, "qd148-2023", world.at.date())}
    assert (known["barcode"].cost_high, known["barcode"].unit, known["barcode"].mark) == (2, world.unit.name, "")
    assert acts()[-1] == "write_step"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE coaching_stepadvice SET cost_high = 9 WHERE id = %s", [row.pk])


def test_new_steps_of_one_name_get_codes_of_their_own(world):
    assert [office_step(world).code for _ in range(3)] == ["in-nhan-moi", "in-nhan-moi-2", "in-nhan-moi-3"]
    assert office_step(world, name="Mới").code == "moi-2"  # "moi" is the page that adds a step


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"criteria": (), "papers": ()}, "criteria"),
        ({"cost_low": None}, "cost_low"),
        ({"cost_high": None}, "cost_high"),
        ({"cost_low": 3_000_000}, "cost_high"),
        ({"support_percent": 50}, "support_name"),
        ({"support_percent": 101, "support_name": "Quỹ"}, "support_percent"),
        ({"valid_to": date(2020, 1, 1)}, "valid_to"),
        ({"what": "x" * 1001}, "what"),
    ],
)
def test_a_wrong_step_is_refused_at_its_field(world, wrong, field):
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        office_step(world, **wrong)
    assert refused.value.field == field
    assert not StepAdvice.objects.exists()
    assert LedgerEntry.objects.count() == before


def test_only_the_lead_office_of_the_unit_writes_steps(world):
    for other in (world.leader, world.commune_officer, person("Chủ trì xã", Role.LEAD_OFFICER, world.commune)):
        with pytest.raises(PermissionDenied):
            office_step(world, by=other)
    assert not StepAdvice.objects.exists()


def test_a_step_taken_off_leads_nowhere_any_more(world):
    withdraw_step(unit=world.unit, code="barcode", by=world.officer, at=world.at)
    codes = {advice.code for advice in advices_for(world.commune, "qd148-2023", world.at.date())}
    assert "barcode" not in codes
    with pytest.raises(Refused):
        withdraw_step(unit=world.unit, code="barcode", by=world.officer, at=world.at)
    assert StepAdvice.objects.count() == 1
    office_step(world, code="barcode")
    assert "barcode" in {advice.code for advice in advices_for(world.commune, "qd148-2023", world.at.date())}


# Plans


def test_a_plan_is_made_of_the_picked_steps(world):
    dossier = assessed(world, total=64)
    way = standing_of(dossier, None, world.at.date()).way
    picks = [way.steps[0].key, way.steps[-1].key]
    plan = plan_improvement(
        dossier=dossier, star=way.star, picks=picks, by=owner_of(dossier.registration.product.subject), at=world.at
    )
    tasks = list(plan.tasks.all())
    assert [f"{task.criterion}:{task.to_place}" for task in tasks] == sorted(
        picks, key=[step.key for step in way.steps].index
    )
    assert (plan.star, plan.open_tasks, plan.basis["total"]) == (4, 2, 64)
    assert plan.basis["choices"] == dossier.choices
    assert all(task.responsible == "Hoàng Thị Giám Đốc" for task in tasks)
    assert live_plan(dossier) == plan
    assert acts()[-1] == "plan_improvement"


def test_a_task_keeps_both_ends_of_its_cost(world):
    dossier = assessed(world)
    names = tuple(each.name for each in criteria_of(dossier).criteria.values())
    office_step(world, criteria=names, cost_low=1_000_000, cost_high=3_000_000)
    tasks = [task for task in planned(world, dossier).tasks.all() if task.what == "In nhãn mới"]
    assert tasks
    assert {(task.least, task.cost) for task in tasks} == {(1_000_000, 3_000_000)}
    assert plan_cost_words(tasks[:1]).replace("\xa0", " ") == "1.000.000 đ đến 3.000.000 đ"


def test_a_cost_nobody_knows_stays_unknown_in_the_plan(world):
    for code in shipped():
        withdraw_step(unit=world.unit, code=code, by=world.officer, at=world.at)
    assert {task.cost for task in planned(world).tasks.all()} == {None}


def test_the_lead_office_makes_the_plan_too(world):
    assert planned(world, by=world.officer).made_by == world.officer


def test_what_is_not_on_the_way_cannot_be_planned(world):
    dossier = assessed(world)
    by = owner_of(dossier.registration.product.subject)
    for picks, star in ((["1.a:99"], 4), ([], 4), (["3.b:2"], 4), (["x"], 5), (["x"], 1), (["x"], 99)):
        with pytest.raises(Refused):
            plan_improvement(dossier=dossier, star=star, picks=picks, by=by, at=world.at)
    assert not ImprovementPlan.objects.exists()
    assert "plan_improvement" not in acts()


def test_one_plan_lives_at_a_time(world):
    plan = planned(world)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        planned(world, plan.dossier)
    end_improvement(plan=plan, why="Đổi hướng", by=owner(plan), at=world.at)
    assert planned(world, plan.dossier).pk != plan.pk


def test_strangers_and_readers_do_not_plan(world):
    dossier = assessed(world)
    stranger = owner_of(subject(world))
    for other in (stranger, world.leader, world.commune_officer):
        with pytest.raises(PermissionDenied):
            planned(world, dossier, by=other)
    assert not ImprovementPlan.objects.exists()


# Tasks


def test_a_task_is_followed_with_its_notes_and_the_paper(world):
    plan = planned(world)
    task = plan.tasks.first()
    shown = paper(world, plan.dossier.registration.product.subject)
    due = world.at.date() + timedelta(days=3)
    update_task(
        task=task,
        state=TaskState.DOING,
        note="Đã gửi mẫu",
        responsible="Chị Hoa",
        due_on=due,
        by=owner(plan),
        at=world.at,
    )
    update_task(
        task=task,
        state=TaskState.DONE,
        responsible="Chị Hoa",
        due_on=due,
        paper=shown,
        by=world.officer,
        at=world.later,
    )
    task.refresh_from_db()
    assert (task.state, task.paper, task.responsible, task.due_on) == (TaskState.DONE, shown, "Chị Hoa", due)
    assert [(note.state, note.text) for note in TaskNote.objects.all()] == [("doing", "Đã gửi mẫu"), ("done", "")]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM coaching_tasknote")
    assert acts()[-1] == "update_task"


def test_the_plan_keeps_its_first_day_and_its_open_tasks(world):
    plan = planned(world)
    soon = world.at.date() + timedelta(days=1)
    for place, task in enumerate(plan.tasks.all()):
        due = soon if place == 0 else None
        update_task(task=task, state=TaskState.TODO, due_on=due, by=owner(plan), at=world.at)
    plan.refresh_from_db()
    assert (plan.next_due, plan.open_tasks) == (soon, plan.tasks.count())
    for task in plan.tasks.all():
        update_task(task=task, state=TaskState.DONE, by=owner(plan), at=world.at)
    plan.refresh_from_db()
    assert (plan.next_due, plan.due, plan.open_tasks) == (NO_DAY, None, 0)


def test_giving_a_task_up_needs_a_reason_and_a_paper_lies_in_ones_own_wallet(world):
    plan = planned(world)
    task = plan.tasks.first()
    before = LedgerEntry.objects.count()
    strange = paper(world, subject(world))
    count = LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        update_task(task=task, state=TaskState.DROPPED, note=" ", by=owner(plan), at=world.at)
    assert refused.value.field == "note"
    with pytest.raises(Refused) as refused:
        update_task(task=task, state=TaskState.DONE, paper=strange, by=owner(plan), at=world.at)
    assert refused.value.field == "paper"
    with pytest.raises(Refused):
        update_task(task=task, state=TaskState.DONE, note="x" * 2001, by=owner(plan), at=world.at)
    task.refresh_from_db()
    assert task.state == TaskState.TODO
    assert not TaskNote.objects.exists()
    assert LedgerEntry.objects.count() == count > before


def test_a_task_in_ones_own_words(world):
    plan = planned(world)
    before = plan.open_tasks
    task = add_task(plan=plan, what=" Sửa nhà xưởng ", due_on=world.at.date(), cost=5, by=owner(plan), at=world.at)
    plan.refresh_from_db()
    assert (task.what, task.criterion, plan.open_tasks, plan.next_due) == (
        "Sửa nhà xưởng",
        "",
        before + 1,
        world.at.date(),
    )
    yesterday = world.at.date() - timedelta(days=1)
    for wrong, field in (({"what": " "}, "what"), ({"what": "x", "due_on": yesterday}, "due_on")):
        with pytest.raises(Refused) as refused:
            add_task(plan=plan, **wrong, by=owner(plan), at=world.at)
        assert refused.value.field == field
    assert plan.tasks.count() == before + 1


def test_a_plan_ends_with_a_reason_and_is_not_written_any_more(world):
    plan = planned(world)
    with pytest.raises(Refused) as refused:
        end_improvement(plan=plan, by=owner(plan), at=world.at)
    assert refused.value.field == "why"
    end_improvement(plan=plan, why="Hết vốn", by=owner(plan), at=world.at)
    for late in (
        lambda: update_task(task=plan.tasks.first(), state=TaskState.DONE, by=owner(plan), at=world.at),
        lambda: add_task(plan=plan, what="x", by=owner(plan), at=world.at),
        lambda: end_improvement(plan=plan, why="x", by=owner(plan), at=world.at),
    ):
        with pytest.raises(Refused, match="đã kết thúc"):
            late()
    assert acts()[-1] == "end_improvement"


def test_others_do_not_follow_tasks(world):
    plan = planned(world)
    for other in (world.leader, owner_of(subject(world))):
        with pytest.raises(PermissionDenied):
            update_task(task=plan.tasks.first(), state=TaskState.DONE, by=other, at=world.at)
    assert not TaskNote.objects.exists()
