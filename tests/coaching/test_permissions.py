"""Who plans, who only reads, who writes what steps cost."""

from __future__ import annotations

import pytest

from ocop.accounts.states import Role
from ocop.coaching.permissions import can_plan, can_write_steps
from tests.factories import city_2024, person, province_2026
from tests.factories.coaching import assessed
from tests.factories.cycle import owner_of, subject

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [city_2024, province_2026])
def test_the_subject_and_its_lead_office_plan(make):
    world = make()
    dossier, day = assessed(world), world.at.date()
    assert can_plan(owner_of(dossier.registration.product.subject), day, dossier)
    assert can_plan(world.officer, day, dossier)
    for other in (
        world.leader,
        world.commune_officer,
        world.liaison,
        owner_of(subject(world)),
        person("Tổ giúp việc", Role.HELPER, world.unit),
    ):
        assert not can_plan(other, day, dossier)


def test_only_the_lead_office_of_the_unit_itself_writes_steps():
    world = city_2024()
    day = world.at.date()
    assert can_write_steps(world.officer, day, world.unit)
    assert not can_write_steps(world.officer, day, world.commune)
    assert not can_write_steps(world.leader, day, world.unit)
