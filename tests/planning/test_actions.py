"""Opening a programme and batches, closing a batch: one test per way out."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused
from ocop.planning.actions import close_batch, open_batch, open_programme
from ocop.planning.models import Batch, Programme
from ocop.planning.permissions import can_plan
from ocop.regime.queries import current
from tests.factories import city_2024, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def programme(world, **changes):
    asked = {
        "unit": world.unit,
        "year": 2025,
        "title": "Chương trình OCOP thành phố Bắc Giang năm 2025",
        "regime_version": current("qd148-2023"),
        "lead_office": "Phòng Kinh tế",
        "by": world.officer,
        "at": world.at,
    }
    return open_programme(**{**asked, **changes})


def batch(world, **changes):
    asked = {
        "programme": world.batch.programme,
        "number": 3,
        "name": "Đợt 3",
        "opens_on": date(2024, 10, 1),
        "closes_on": date(2024, 11, 30),
        "by": world.officer,
        "at": world.at,
    }
    return open_batch(**{**asked, **changes})


def test_a_programme_is_opened(world):
    assert programme(world).year == 2025
    assert LedgerEntry.objects.latest("seq").act == "open_programme"


def test_one_programme_per_unit_and_year(world):
    entries = LedgerEntry.objects.count()
    with pytest.raises(Refused, match="đã có chương trình năm 2024") as refused:
        programme(world, year=2024)
    assert refused.value.field == "year"
    assert (Programme.objects.count(), LedgerEntry.objects.count()) == (1, entries)


@pytest.mark.parametrize("act", [programme, batch])
def test_only_the_lead_office_of_the_unit_plans(world, act):
    for role, where in [
        (Role.LEADER, world.unit),
        (Role.COMMUNE_OFFICER, world.commune),
        (Role.LEAD_OFFICER, unit("Tỉnh Bắc Giang")),
        (Role.LEAD_OFFICER, world.commune),
    ]:
        stranger = person("Ai đó", role, where)
        assert not can_plan(stranger, world.at.date(), world.unit)
        with pytest.raises(PermissionDenied):
            act(world, by=stranger)
    assert (Programme.objects.count(), Batch.objects.count()) == (1, 1)


def test_a_batch_is_opened(world):
    made = batch(world, forward_before=date(2024, 12, 1))
    assert str(made) == "Đợt 3 · 2024"
    assert LedgerEntry.objects.latest("seq").act == "open_batch"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2024, 9, 30)}, "closes_on"),
        ({"forward_before": date(2024, 9, 1)}, "forward_before"),
        ({"announce_before": date(2024, 9, 1)}, "announce_before"),
        ({"number": 2}, "number"),
    ],
)
def test_a_batch_is_refused_at_its_field(world, changes, field):
    entries = LedgerEntry.objects.count()
    with pytest.raises(Refused) as refused:
        batch(world, **changes)
    assert refused.value.field == field
    assert (Batch.objects.count(), LedgerEntry.objects.count()) == (1, entries)


def test_a_batch_is_closed_once(world):
    closed = close_batch(batch=world.batch, by=world.officer, at=world.at)
    assert not closed.is_open_on(world.at.date())
    entries = LedgerEntry.objects.count()
    with pytest.raises(Refused, match="đã đóng"):
        close_batch(batch=world.batch, by=world.officer, at=world.at)
    assert LedgerEntry.objects.count() == entries


def test_only_the_lead_office_closes(world):
    with pytest.raises(PermissionDenied):
        close_batch(batch=world.batch, by=world.leader, at=world.at)
    world.batch.refresh_from_db()
    assert world.batch.closed_at is None
