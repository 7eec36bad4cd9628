"""Which subjects a person sees, how they are found, and the groups of products to pick from."""

from datetime import date, timedelta

import pytest

from ocop.accounts.states import Role
from ocop.registration.queries import (
    active_people,
    helpers_of,
    lead_officers_above,
    products_of,
    registrations_of,
    registrations_seen,
    sets_by_sector,
    subject_list,
    subjects_of,
)
from tests.factories import city_2024, person, registration, subject, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.mark.parametrize(
    ("role", "where", "sees"),
    [
        (Role.COMMUNE_OFFICER, "Phường Thọ Xương", True),
        (Role.COMMUNE_OFFICER, "Xã Song Mai", False),
        (Role.LEAD_OFFICER, "Thành phố Bắc Giang", True),
        (Role.LEADER, "Tỉnh Bắc Giang", True),
        (Role.MEMBER, "Thành phố Bắc Giang", False),
        (Role.ADMIN, "Thành phố Bắc Giang", False),
        (Role.SUBJECT, "Phường Thọ Xương", False),
    ],
)
def test_who_sees_a_subject_of_the_ward(world, role, where, sees):
    made = subject(world)
    assert subjects_of(person("Ai đó", role, unit(where)), world.at.date()).contains(made) is sees


def test_a_person_sees_the_subject_it_acts_for(world):
    owner = person("Chủ", Role.SUBJECT, world.commune)
    made = subject(world, owner=owner)
    subject(world)
    entered = registration(world, of=made)
    assert list(subjects_of(owner, world.at.date())) == [made]
    assert list(registrations_seen(owner, world.at.date())) == [entered] == list(registrations_of(made))


@pytest.mark.parametrize("query", ["mật ong", "MAT ONG dong son", "tho xuong", "giam doc"])
def test_subjects_are_found_without_accents(world, query):
    made = subject(world, name="Hợp tác xã Mật ong Đồng Sơn")
    assert made in subject_list(world.officer, world.at.date(), query)
    assert not subject_list(world.officer, world.at.date(), query + " khong co").exists()


def test_products_come_with_their_registrations(world):
    made = subject(world)
    entered = registration(world, of=made, name="Mỳ gạo")
    (product,) = products_of(made)
    assert product.entered == [entered]


def test_whom_a_subject_asks(world):
    assert list(helpers_of(world.commune, world.at.date())) == [world.commune_officer]
    assert not helpers_of(unit("Xã Song Mai"), world.at.date()).exists()


def test_the_groups_of_products():
    every = sets_by_sector("qd26-2026")
    assert sum(len(sets) for _, sets in every) == 26
    assert len(every) == 6
    ((sector, sets),) = sets_by_sector("qd26-2026", "ruou trang")
    assert "UỐNG" in sector
    assert [each.name for each in sets] == ["Rượu trắng"]
    found = {each.set_no for _, sets in sets_by_sector("qd26-2026", "ruou trang", 6) for each in sets}
    assert 6 in found, "nhóm đang chọn không biến mất khi tìm"
    assert sets_by_sector("qd26-2026", "khong co nhom nay") == []


def test_who_can_act_for_a_subject_has_an_open_account_and_the_role_there(world):
    made, day = subject(world), world.at.date()
    owner = made.people.get()
    made.people.add(person("Không vai trò"), person("Nơi khác", Role.SUBJECT, unit("Xã Song Mai")))
    assert list(active_people(made, day)) == [owner]
    owner.grants.update(valid_to=day)
    assert active_people(made, day).exists()
    assert not active_people(made, day + timedelta(days=1)).exists()
    made.people.update(is_active=False)
    assert not active_people(made, day).exists()


def test_a_commune_asks_the_lead_office_above_it(world):
    person("Ở xã", Role.LEAD_OFFICER, world.commune)
    person("Nơi khác", Role.LEAD_OFFICER, unit("Xã Song Mai"))
    assert list(lead_officers_above(world.commune, world.at.date())) == [world.officer]
    assert not lead_officers_above(world.commune, date(2019, 12, 31)).exists()
