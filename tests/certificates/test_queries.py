"""Who sees which certificate, and what waits."""

from fractions import Fraction

import pytest

from ocop.accounts.states import Role
from ocop.certificates.queries import (
    awaiting_register,
    by_code,
    decision_about,
    decisions_of,
    from_above,
    register_of,
    to_sign,
    waiting_by_batch,
)
from ocop.core.codes import shown_code
from tests.factories import person, unit
from tests.factories.certificates import (
    HIGHER_DOCUMENT,
    certificates_of,
    draft,
    entered_from_above,
    recognised_above,
    signed,
    waiting_results,
)


def test_the_register_of_each_person(world):
    issued = certificates_of(signed(world, 2))
    day = world.at.date()
    owner = issued[0].product.subject.people.get()
    province = person("", Role.LIAISON, world.unit.parent)
    assert list(register_of(owner, day)) == [issued[0]]
    for user in (world.officer, world.leader, world.commune_officer, province):
        assert list(register_of(user, day)) == issued[::-1]
    for stranger in (person("", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ")), person("", Role.SUBJECT, world.commune)):
        assert not register_of(stranger, day)


@pytest.mark.parametrize("words", ["{product}", "{subject}", "{number}", "tho xuong", ""])
def test_the_register_is_searched_without_accents(world, words):
    [issued] = certificates_of(signed(world))
    query = words.format(product=issued.product_name, subject=issued.subject_name, number=issued.number)
    assert list(register_of(world.officer, world.at.date(), query)) == [issued]
    assert not register_of(world.officer, world.at.date(), f"{query} khong-co")


def test_the_register_by_star(world):
    [three] = certificates_of(signed(world))
    four = entered_from_above(world)
    assert list(register_of(world.officer, world.at.date(), star=4)) == [four]
    assert list(register_of(world.officer, world.at.date(), star=3)) == [three]


def test_a_code_is_found_however_it_is_typed(world):
    [issued] = certificates_of(signed(world))
    assert by_code(shown_code(issued.code).lower()) == issued
    assert by_code("7K3M9QXT2FA") is None


def test_what_waits_stands_by_batch_with_star_and_mean(world):
    [result] = waiting_results(world)
    [(batch, [row])] = waiting_by_batch([world.unit], world.officer)
    assert batch == world.batch
    assert (row.result, row.star, row.mean) == (result, 3, Fraction(62))


def test_what_a_level_above_recognised(world):
    recognised_above(world)
    [row] = [from_above(result) for result in awaiting_register([world.unit], world.officer)]
    assert (row.star, row.document, row.decided_on) == (4, HIGHER_DOCUMENT, world.at.date())
    assert row.authority == "Ủy ban nhân dân tỉnh Bắc Giang"


def test_decisions_are_seen_by_those_who_draft_and_sign(world):
    made = draft(world, 2)
    dossier = made.lines.first().dossier
    day = world.at.date()
    for user in (world.officer, world.leader):
        assert decisions_of(user, day).get().line_count == 2
        assert decision_about(dossier, user, day).line_count == 2
    assert list(to_sign(world.leader, day)) == [made]
    assert not to_sign(world.officer, day)
    assert not decisions_of(world.commune_officer, day)
    assert decision_about(dossier, world.commune_officer, day) is None
