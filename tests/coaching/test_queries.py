"""What counts for a dossier: steps of which office, figures, the batch's last day, whose plans, what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ocop.accounts.states import Role
from ocop.coaching.actions import end_improvement, update_task
from ocop.coaching.queries import (
    advices_for,
    deadline_of,
    known_to,
    plans_seen,
    shipped,
    standing_of,
    tasks_due,
    units_of_plans,
)
from ocop.coaching.states import TaskState
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from ocop.planning.actions import close_batch
from ocop.rubric.queries import as_rules as set_as_rules
from ocop.rubric.queries import paper_kinds, sets_of
from tests.factories import city_2024, person, province_2026
from tests.factories.coaching import assessed, office_step, planned
from tests.factories.cycle import fresh, owner_of, subject
from tests.factories.interview import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def test_the_shipped_steps_are_whole():
    names = [
        criterion.name
        for code in ("qd148-2023", "qd26-2026")
        for version in sets_of(code)
        for criterion in set_as_rules(type(version).objects.get(pk=version.pk)).criteria.values()
    ]
    from ocop.coaching.rules import matches

    for advice in shipped().values():
        assert advice.mark in "VSRU"
        assert set(advice.papers) <= set(paper_kinds())
        assert advice.criteria or advice.papers
        assert (advice.cost_low is None) == (advice.cost_high is None)
        assert advice.cost_high is None or advice.cost_low <= advice.cost_high
        for words in advice.criteria:
            assert any(matches([words], name) for name in names), words


def test_the_nearest_office_has_the_last_word(world):
    day = world.at.date()
    above = person("Chủ trì tỉnh", Role.LEAD_OFFICER, world.unit.parent)
    office_step(world, code="barcode", unit=world.unit.parent, by=above, cost_low=1, cost_high=1)
    assert {a.code: a.cost_high for a in advices_for(world.commune, "qd148-2023", day)}["barcode"] == 1
    office_step(world, code="barcode", cost_low=2, cost_high=2)
    assert {a.code: a.cost_high for a in advices_for(world.commune, "qd148-2023", day)}["barcode"] == 2
    assert {k.advice.code: k.advice.cost_high for k in known_to(world.unit.parent)}["barcode"] == 1


def test_a_step_counts_between_its_days_and_under_its_regime_only(world):
    day = world.at.date()
    row = office_step(world, regime_code="qd148-2023", valid_from=day, valid_to=day + timedelta(days=5))
    for regime, on, counts in (
        ("qd148-2023", day, True),
        ("qd148-2023", day + timedelta(days=5), True),
        ("qd148-2023", day + timedelta(days=6), False),
        ("qd148-2023", day - timedelta(days=1), False),
        ("qd26-2026", day, False),
    ):
        assert (row.code in {advice.code for advice in advices_for(world.commune, regime, on)}) is counts


def test_todays_price_counts_until_the_next_one_is_in_force(world):
    day = world.at.date()
    office_step(world, code="barcode", cost_low=1, cost_high=1)
    office_step(world, code="barcode", cost_low=2, cost_high=2, valid_from=day + timedelta(days=10))
    for on, cost in ((day, 1), (day + timedelta(days=10), 2)):
        assert {a.code: a.cost_high for a in advices_for(world.commune, "qd148-2023", on)}["barcode"] == cost
    assert {k.advice.code: k.advice.cost_high for k in known_to(world.unit)}["barcode"] == 2


def test_the_way_to_the_next_star_and_to_the_registered_one(world):
    day = world.at.date()
    low = assessed(world, total=45, target_star=4)
    assert standing_of(low, None, day).targets == (3, 4)
    assert standing_of(low, None, day).way.star == 3
    assert standing_of(low, 4, day).way.star == 4
    assert standing_of(low, 99, day).way.star == 3
    top = assessed(world, total=100, target_star=3)
    assert standing_of(top, None, day).way is None


def test_figures_that_hold_more_than_was_chosen_are_a_free_step(world):
    dossier = assessed(world, total=60)
    Dossier.objects.filter(pk=dossier.pk).update(choices={**dossier.choices, "3.c": 1})
    answered(world, dossier.registration.product, {"workers": "10", "workers_district": "9"})
    found = standing_of(fresh(dossier), None, world.at.date())
    assert [(step.criterion.code, step.to_place) for step in found.way.free] == [("3.c", 2)]


def test_until_when_it_reaches_this_batch(world):
    dossier, day = assessed(world), world.at.date()
    assert deadline_of(dossier, day).day == world.batch.closes_on
    assert deadline_of(dossier, world.batch.closes_on + timedelta(days=1)).day is None
    dossier.state, dossier.due_on = DossierState.RETURNED, date(2024, 10, 5)
    assert deadline_of(dossier, date(2024, 10, 5)).day == date(2024, 10, 5)
    assert deadline_of(dossier, date(2024, 10, 6)).day is None
    dossier.state = DossierState.SUBMITTED
    assert deadline_of(dossier, day).day is None
    closed = assessed(world)
    close_batch(batch=world.batch, by=world.officer, at=world.at)
    assert deadline_of(fresh(closed), day).day is None


def test_each_sees_the_plans_of_the_own_part(world):
    plan, day = planned(world), world.at.date()
    for user in (owner_of(plan.dossier.registration.product.subject), world.officer, world.leader):
        assert list(plans_seen(user, day)) == [plan]
    stranger = owner_of(subject(world))
    assert not plans_seen(stranger, day).exists()
    assert units_of_plans(world.officer, day) == [world.commune]


def test_a_commune_that_only_assesses_contents_sees_no_plan():
    world = province_2026()
    plan, day = planned(world), world.at.date()
    assert not plans_seen(world.commune_officer, day).exists()
    assert list(plans_seen(world.officer, day)) == [plan]


def test_plans_are_narrowed(world):
    plan, day = planned(world), world.at.date()
    late = plan.next_due + timedelta(days=1)
    name = plan.dossier.registration.product.name
    assert plans_seen(world.officer, day, query=name).exists()
    assert not plans_seen(world.officer, day, query="khong co").exists()
    assert plans_seen(world.officer, day, unit=world.commune.pk).exists()
    assert not plans_seen(world.officer, day, unit=world.unit.pk).exists()
    assert plans_seen(world.officer, late, state="tre").exists()
    assert not plans_seen(world.officer, day, state="tre").exists()
    assert plans_seen(world.officer, day, state="dang-lam").exists()
    assert not plans_seen(world.officer, day, state="xong").exists()
    end_improvement(plan=plan, why="x", by=world.officer, at=world.at)
    assert plans_seen(world.officer, day, state="ket-thuc").exists()


def test_what_is_due_stands_on_the_own_desk(world):
    plan, day = planned(world), world.at.date()
    owner = owner_of(plan.dossier.registration.product.subject)
    first, *others = plan.tasks.all()
    for task in others:
        update_task(task=task, state=TaskState.DONE, by=owner, at=world.at)
    for due, shown in ((day + timedelta(days=14), True), (day + timedelta(days=15), False), (day, True)):
        update_task(task=first, state=TaskState.DOING, due_on=due, by=owner, at=world.at)
        assert tasks_due(owner, day).exists() is shown
    assert not tasks_due(world.officer, day).exists()
    update_task(task=first, state=TaskState.DONE, due_on=day, by=owner, at=world.at)
    assert not tasks_due(owner, day).exists()
