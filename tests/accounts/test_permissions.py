"""Who gives which role where, and who looks after whose account."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.permissions import (
    can_give_role,
    can_manage_person,
    check_give_role,
    check_manage_person,
    holds,
    sits_in,
)
from ocop.accounts.states import Role
from tests.factories import person, unit

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 16)


@pytest.mark.parametrize(
    ("giver", "where", "role", "may"),
    [
        (Role.ADMIN, "Phường Thọ Xương", Role.COMMUNE_OFFICER, True),
        (Role.ADMIN, "Thành phố Bắc Giang", Role.ADMIN, True),
        (Role.ADMIN, "Tỉnh Bắc Giang", Role.LIAISON, False),
        (Role.LEAD_OFFICER, "Phường Thọ Xương", Role.SUBJECT, True),
        (Role.LEAD_OFFICER, "Phường Thọ Xương", Role.COMMUNE_OFFICER, False),
        (Role.LEADER, "Phường Thọ Xương", Role.SUBJECT, False),
        (Role.MEMBER, "Thành phố Bắc Giang", Role.MEMBER, False),
    ],
)
def test_who_gives_which_role_in_the_city(giver, where, role, may):
    by = person("Người giao", giver, unit("Thành phố Bắc Giang"))
    assert can_give_role(by, DAY, role, unit(where)) is may
    if not may:
        with pytest.raises(PermissionDenied, match=role.label):
            check_give_role(by, DAY, role, unit(where))


def test_a_commune_opens_accounts_only_for_its_own_subjects():
    by = person("Cán bộ", Role.COMMUNE_OFFICER, unit("Phường Thọ Xương"))
    assert can_give_role(by, DAY, Role.SUBJECT, unit("Phường Thọ Xương"))
    assert not can_give_role(by, DAY, Role.SUBJECT, unit("Xã Song Mai"))


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        (Role.COMMUNE_OFFICER, "Phường Thọ Xương", True),
        (Role.LIAISON, "Tỉnh Bắc Giang", False),
        (None, None, True),
    ],
)
def test_nobody_takes_over_a_higher_account(role, where, may):
    admin = person("Quản trị", Role.ADMIN, unit("Thành phố Bắc Giang"))
    other = person("Người kia", role, unit(where) if where else None)
    assert can_manage_person(admin, DAY, other) is may
    if not may:
        with pytest.raises(PermissionDenied):
            check_manage_person(admin, DAY, other)


def test_a_role_to_come_protects_the_account_already():
    admin = person("Quản trị", Role.ADMIN, unit("Thành phố Bắc Giang"))
    other = person("Người kia", Role.LIAISON, unit("Tỉnh Bắc Giang"), since=date(2024, 12, 1))
    assert not can_manage_person(admin, DAY, other)


def test_an_ended_role_gives_nothing():
    admin = person("Quản trị", Role.ADMIN, unit("Thành phố Bắc Giang"))
    admin.grants.update(valid_to=date(2024, 9, 15))
    assert not holds(admin, DAY, Role.ADMIN)
    assert not can_manage_person(admin, DAY, person("Người kia"))


def test_a_role_above_holds_below_but_does_not_sit_there():
    lead = person("Chủ trì", Role.LEAD_OFFICER, unit("Thành phố Bắc Giang"))
    ward = unit("Phường Thọ Xương")
    assert holds(lead, DAY, Role.LEAD_OFFICER, unit=ward)
    assert not sits_in(lead, DAY, Role.LEAD_OFFICER, unit=ward)
