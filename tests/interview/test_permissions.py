"""Who may read what is personal."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.states import Role
from ocop.interview.permissions import can_read_personal, check_read_personal
from tests.factories import city_2024, person, subject, unit
from tests.factories.consent import consent
from tests.factories.cycle import owner_of

pytestmark = pytest.mark.django_db


def test_the_subject_its_helper_and_its_own_commune_read_personal_answers_nobody_else() -> None:
    world = city_2024()
    producer = subject(world)
    day = world.at.date()
    assert can_read_personal(owner_of(producer), day, producer)
    assert can_read_personal(world.commune_officer, day, producer)
    elsewhere = person("Cán Bộ Xã Khác", Role.COMMUNE_OFFICER, unit("Xã Song Mai"))
    for who in (world.officer, world.leader, world.liaison, elsewhere, person("Người Lạ", Role.SUBJECT, world.commune)):
        assert not can_read_personal(who, day, producer)
        with pytest.raises(PermissionDenied):
            check_read_personal(who, day, producer)
    consent(world, producer, world.officer)
    assert can_read_personal(world.officer, day, producer)
