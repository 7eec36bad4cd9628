"""Who registers subjects and products, and who sees them."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.registration.permissions import (
    can_register_product,
    can_register_subject,
    can_see_subject,
    check_register_product,
    check_register_subject,
    check_see_subject,
)
from ocop.registration.queries import acts_for, is_of, own_subjects, subjects_of
from tests.factories import city_2024, person, subject, unit

pytestmark = pytest.mark.django_db

CASES = [
    # role, unit, registers subjects there, registers their products, sees them
    (Role.COMMUNE_OFFICER, "Phường Thọ Xương", True, True, True),
    (Role.COMMUNE_OFFICER, "Xã Song Mai", False, False, False),
    (Role.LEAD_OFFICER, "Thành phố Bắc Giang", True, True, True),
    (Role.HELPER, "Thành phố Bắc Giang", False, False, True),
    (Role.LEADER, "Thành phố Bắc Giang", False, False, True),
    (Role.MEMBER, "Thành phố Bắc Giang", False, False, False),
    (Role.SUBJECT, "Phường Thọ Xương", False, False, False),
]


@pytest.mark.parametrize(("role", "where", "subjects", "products", "sees"), CASES)
def test_by_role_and_unit(role, where, subjects, products, sees):
    world = city_2024()
    made, day = subject(world), world.at.date()
    who = person("Ai đó", role, unit(where))
    for may, can, check, thing in (
        (subjects, can_register_subject, check_register_subject, world.commune),
        (products, can_register_product, check_register_product, made),
        (sees, can_see_subject, check_see_subject, made),
    ):
        assert can(who, day, thing) is may
        if may:
            check(who, day, thing)
        else:
            with pytest.raises(PermissionDenied):
                check(who, day, thing)


def test_its_own_people_see_it_and_register_its_products():
    world = city_2024()
    owner = person("Chủ", Role.SUBJECT, world.commune)
    made, day = subject(world, owner=owner), world.at.date()
    assert can_see_subject(owner, day, made)
    assert can_register_product(owner, day, made)
    assert not can_register_subject(owner, day, world.commune)


def test_a_subjects_person_acts_only_while_the_role_is_held():
    world = city_2024()
    made = subject(world)
    owner, day = made.people.get(), world.at.date()
    assert acts_for(owner, day, made)
    assert can_see_subject(owner, day, made)
    assert can_register_product(owner, day, made)
    owner.grants.update(valid_to=day - timedelta(days=1))
    gone = User.objects.get(pk=owner.pk)
    assert not acts_for(gone, day, made)
    assert not can_see_subject(gone, day, made)
    assert not can_register_product(gone, day, made)
    assert not own_subjects(gone, day).exists()
    assert not subjects_of(gone, day).exists()
    assert acts_for(gone, day - timedelta(days=1), made)
    assert is_of(gone, made)


def test_a_role_elsewhere_does_not_make_a_person_act():
    world = city_2024()
    made = subject(world, owner=person("Hoàng Thị Khác", Role.SUBJECT, unit("Phường Mỹ Độ")))
    assert not acts_for(made.people.get(), world.at.date(), made)
