"""A bar shuts one dossier for one person until it is lifted; set again, it shuts again."""

import pytest

from ocop.core.clock import day_of
from ocop.dossiers.actions import bar_reading, lift_reading_bar
from ocop.dossiers.models import ReadingBar
from ocop.dossiers.queries import counts_by_batch, dossier_list, filters_of, is_barred, visible_batches, visible_to
from tests.factories import city_2024, submitted_dossier
from tests.factories.cycle import owner_of

pytestmark = pytest.mark.django_db


def test_a_bar_shuts_one_dossier_for_one_person_until_it_is_lifted():
    world = city_2024()
    shut, other = submitted_dossier(world, name="Sản phẩm kín"), submitted_dossier(world)
    day, user = day_of(world.at), world.officer
    for at in (world.at, world.later):  # shut, opened, shut again, opened again
        bar_reading(dossier=shut, users=[user, world.leader], at=at)
        assert is_barred(user, shut)
        assert not is_barred(user, other)
        assert list(visible_to(user, day)) == [other]
        assert not dossier_list(user, day, query="san pham kin").exists()
        assert sum(counts_by_batch(user, day)[world.batch.pk].values()) == 1
        assert visible_to(world.commune_officer, day).count() == 2
        lift_reading_bar(dossier=shut, user=user, at=at)
        assert visible_to(user, day).count() == 2
        assert is_barred(world.leader, shut)
    assert ReadingBar.objects.count() == 2
    assert filters_of(user, day).batches == list(visible_batches(user, day)) == [world.batch]


def test_ones_own_dossier_is_never_shut():
    world = city_2024()
    dossier = submitted_dossier(world)
    owner = owner_of(dossier.registration.product.subject)
    bar_reading(dossier=dossier, users=[owner], at=world.at)
    assert list(visible_to(owner, day_of(world.at))) == [dossier]
