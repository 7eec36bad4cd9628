"""Which programmes and batches a person sees, and which batch takes in a product."""

from datetime import date, timedelta

import pytest

from ocop.accounts.states import Role
from ocop.planning.actions import close_batch, open_batch
from ocop.planning.queries import batches_of, latest_programme, next_batch, open_batches, programmes_of
from tests.factories import city_2024, person, province_2026, unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "where", "sees"),
    [
        (Role.LEAD_OFFICER, "Thành phố Bắc Giang", True),
        (Role.SUBJECT, "Phường Thọ Xương", True),
        (Role.LIAISON, "Tỉnh Bắc Giang", True),
        (Role.ADMIN, "Thành phố Bắc Giang", True),
    ],
)
def test_programmes_of_the_own_units_those_above_and_those_under(role, where, sees):
    world = city_2024()
    other = province_2026()
    seen = list(programmes_of(person("Ai đó", role, unit(where)), world.at.date()))
    assert (world.batch.programme in seen) is sees
    assert other.batch.programme not in seen


def test_somebody_without_a_role_sees_nothing():
    world = city_2024()
    assert not programmes_of(person("Mới"), world.at.date()).exists()
    assert not batches_of(person("Mới"), world.at.date()).exists()


def test_a_batch_is_open_for_products_of_its_units():
    world = city_2024()
    day = world.at.date()
    assert open_batches(world.commune, day) == [world.batch]
    assert open_batches(unit("Tỉnh Bắc Giang"), day) == []
    assert open_batches(world.commune, date(2024, 10, 1)) == []
    close_batch(batch=world.batch, by=world.officer, at=world.at)
    assert open_batches(world.commune, day) == []


def test_the_batch_that_opens_next():
    world = city_2024()
    day = world.at.date()
    assert next_batch(world.commune, day) is None
    coming = open_batch(
        programme=world.batch.programme,
        number=3,
        name="Đợt 3",
        opens_on=day + timedelta(days=20),
        closes_on=day + timedelta(days=60),
        by=world.officer,
        at=world.at,
    )
    assert next_batch(world.commune, day) == coming
    assert next_batch(unit("Tỉnh Bắc Giang"), day) is None
    assert latest_programme(world.commune) == world.batch.programme
