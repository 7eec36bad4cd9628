"""Who drafts, who signs, who takes the printed certificate."""

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.states import Role
from ocop.certificates.permissions import can_prepare, can_sign, check_prepare, check_read_paper, check_sign
from tests.factories import person, unit
from tests.factories.certificates import certificates_of, signed


def test_the_lead_office_drafts_and_a_leader_signs(world):
    day = world.at.date()
    assert [can_prepare(user, day, world.unit) for user in (world.officer, world.leader)] == [True, False]
    assert [can_sign(user, day, world.unit) for user in (world.officer, world.leader)] == [False, True]


def test_neither_for_another_unit_nor_for_one_below(world):
    day, province = world.at.date(), world.unit.parent
    assert not can_prepare(world.officer, day, province)
    assert not can_sign(person("", Role.LEADER, province), day, world.unit)
    with pytest.raises(PermissionDenied, match="Chỉ cơ quan chủ trì"):
        check_prepare(world.leader, day, world.unit)
    with pytest.raises(PermissionDenied, match="Chỉ lãnh đạo"):
        check_sign(world.officer, day, world.unit)


def test_the_subject_and_its_offices_take_the_paper(world):
    [issued] = certificates_of(signed(world))
    owner = issued.product.subject.people.get()
    for user in (owner, world.officer, world.leader, world.commune_officer):
        check_read_paper(user, world.at.date(), issued)


def test_nobody_else_takes_it(world):
    [issued] = certificates_of(signed(world))
    elsewhere = unit("Phường Mỹ Độ")
    for user in (person("", Role.COMMUNE_OFFICER, elsewhere), person("", Role.SUBJECT, world.commune), person()):
        with pytest.raises(PermissionDenied):
            check_read_paper(user, world.at.date(), issued)
