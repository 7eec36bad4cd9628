"""Finding people, whom an administrator looks after, and the accounts of the demo."""

from datetime import date

import pytest

from ocop.accounts.models import RoleGrant
from ocop.accounts.queries import demo_groups, find_by_login, holders, people, people_under, units_under
from ocop.accounts.states import Role
from tests.factories import person, unit

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 16)


@pytest.mark.parametrize("query", ["nguyen hoa", "NGUYỄN", "hoà", "0912345678", "hoa@vi-du"])
def test_people_are_found_without_accents(query):
    hoa = person("Nguyễn Thị Hòa")
    hoa.phone, hoa.email = "0912345678", "hoa@vi-du.vn"
    hoa.save()
    person("Trần Văn Bình")
    assert list(people(query)) == [hoa]


def test_one_person_by_any_way_of_signing_in():
    hoa = person("Nguyễn Thị Hòa")
    hoa.phone, hoa.email = "0912345678", "hoa@vi-du.vn"
    hoa.save()
    assert find_by_login(" HOA@vi-du.vn ") == find_by_login("+84 912 345 678") == hoa
    assert find_by_login("") is None
    assert find_by_login("abc") is None


def test_an_administrator_looks_after_the_own_unit_and_those_without_a_role():
    city = unit("Thành phố Bắc Giang")
    admin = person("Quản trị", Role.ADMIN, city)
    ward = person("Cán bộ phường", Role.COMMUNE_OFFICER, unit("Phường Thọ Xương"))
    fresh = person("Mới")
    above = person("Cán bộ tỉnh", Role.LIAISON, unit("Tỉnh Bắc Giang"))
    assert set(people_under(admin, DAY)) == {admin, ward, fresh}
    assert above not in people_under(admin, DAY)


def test_units_under_exist_on_the_day():
    admin = person("Quản trị", Role.ADMIN, unit("Thành phố Bắc Giang"))
    names = {found.name for found in units_under(admin, (Role.ADMIN,), DAY)}
    assert {"Thành phố Bắc Giang", "Xã Song Mai"} <= names
    assert "Tỉnh Bắc Giang" not in names
    later = {found.name for found in units_under(admin, (Role.ADMIN,), date(2025, 2, 1))}
    assert "Phường Song Mai" in later
    assert "Xã Song Mai" not in later


def test_holders_are_active_and_hold_the_role_on_the_day():
    ward = unit("Phường Thọ Xương")
    now = person("Đang giữ", Role.COMMUNE_OFFICER, ward)
    gone = person("Đã khóa", Role.COMMUNE_OFFICER, ward)
    gone.is_active = False
    gone.save()
    over = person("Đã thôi", Role.COMMUNE_OFFICER, ward)
    over.grants.update(valid_to=date(2024, 1, 1))
    assert list(holders((Role.COMMUNE_OFFICER,), unit("Thành phố Bắc Giang"), DAY)) == [now]


def test_the_demo_accounts_stand_by_year_and_lead_office(django_assert_num_queries):
    city = unit("Thành phố Bắc Giang")
    for number, (role, where) in enumerate(
        [(Role.SUBJECT, unit("Phường Thọ Xương")), (Role.LEAD_OFFICER, city), (Role.SUBJECT, unit("Xã Song Mai"))]
    ):
        made = person(f"Vai {number}", role, where)
        made.email, made.practice_day = f"vai{number}@demo.saolang.vn", DAY
        made.save()
    person("Người thật", Role.LEADER, city)
    with django_assert_num_queries(1):
        (group,) = demo_groups()
    assert (group.year, group.unit) == (2024, city)
    assert [grant.user.full_name for grant in group.first] == ["Vai 0", "Vai 1"]
    assert [grant.user.full_name for grant in group.others] == ["Vai 2"]
    assert RoleGrant.objects.count() == 4
