"""Who gives which role where, and who looks after whose account."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.permissions import (
    can_give_role,
    can_invite_again,
    can_manage_person,
    check_give_role,
    check_invite_again,
    check_manage_person,
    holds,
    sits_in,
    stands_above,
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


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        (Role.ADMIN, "Thành phố Bắc Giang", True),
        (Role.ADMIN, "Phường Thọ Xương", False),
        (Role.COMMUNE_OFFICER, "Phường Thọ Xương", False),
        (Role.LEAD_OFFICER, "Thành phố Bắc Giang", False),
        (Role.SUBJECT, "Phường Thọ Xương", False),
    ],
)
def test_a_subjects_account_is_looked_after_from_above_its_commune(role, where, may):
    by = person("Người kia", role, unit(where))
    assert can_manage_person(by, DAY, person("Chủ", Role.SUBJECT, unit("Phường Thọ Xương"))) is may


def test_roles_that_are_over_still_protect_an_account():
    within = person("Quản trị phường", Role.ADMIN, unit("Phường Thọ Xương"))
    owner = person("Chủ", Role.SUBJECT, unit("Phường Thọ Xương"))
    owner.grants.update(valid_to=date(2024, 9, 15))
    assert not can_manage_person(within, DAY, owner)


def test_above_a_commune_is_nobody_who_is_its_officer_as_well():
    ward, city = unit("Phường Thọ Xương"), unit("Thành phố Bắc Giang")
    lead = person("Chủ trì", Role.LEAD_OFFICER, city)
    assert stands_above(lead, DAY, Role.LEAD_OFFICER, unit=ward)
    assert stands_above(lead, DAY, Role.LEAD_OFFICER, unit=city)
    assert not stands_above(person("Ở xã", Role.LEAD_OFFICER, ward), DAY, Role.LEAD_OFFICER, unit=ward)
    both = person("Cả hai", Role.LEAD_OFFICER, city)
    both.grants.create(role=Role.COMMUNE_OFFICER, unit=ward, valid_from=date(2020, 1, 1))
    assert not stands_above(both, DAY, Role.LEAD_OFFICER, unit=ward)


def test_only_who_is_nothing_but_a_subjects_person_is_invited_again():
    ward = unit("Phường Thọ Xương")
    by = person("Cán bộ", Role.COMMUNE_OFFICER, ward)
    owner, officer = person("Chủ", Role.SUBJECT, ward), person("Cả hai", Role.SUBJECT, ward)
    officer.grants.create(role=Role.MEMBER, unit=unit("Tỉnh Bắc Giang"), valid_from=date(2020, 1, 1))
    assert can_invite_again(by, DAY, owner)
    check_invite_again(by, DAY, owner)
    owner.is_active = False
    for other in (owner, officer, by, person("Không vai trò"), person("Nơi khác", Role.SUBJECT, unit("Xã Song Mai"))):
        with pytest.raises(PermissionDenied):
            check_invite_again(by, DAY, other)
