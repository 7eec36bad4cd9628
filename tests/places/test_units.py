"""A unit is its code and its dates."""

from __future__ import annotations

from datetime import date

import pytest

from ocop.places.actions import load_units
from ocop.places.models import Unit
from ocop.places.queries import above_at, chain, units_on, within
from tests.factories import unit

pytestmark = pytest.mark.django_db


def test_the_city_had_sixteen_communes_in_2024_and_the_province_ninety_nine_since() -> None:
    city = unit("Thành phố Bắc Giang")
    assert units_on(date(2024, 9, 1)).filter(parent=city).count() == 16
    assert units_on(date(2025, 3, 1)).filter(parent=city).count() == 31
    province = unit("Tỉnh Bắc Ninh", date(2026, 1, 1))
    assert units_on(date(2026, 1, 1)).filter(parent=province).count() == 99
    assert not units_on(date(2026, 1, 1)).filter(level="district").exists()


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2024, 9, 1), "Phường Hoàng Văn Thụ"), (date(2026, 9, 1), "Phường Bắc Giang")],
)
def test_a_code_names_the_unit_of_its_day(day: date, name: str) -> None:
    assert units_on(day).get(level="commune", code="07210").name == name


def test_loading_again_changes_nothing() -> None:
    count = Unit.objects.count()
    assert load_units() == 0
    assert Unit.objects.count() == count


def test_the_chain_above_a_commune() -> None:
    commune = unit("Phường Thọ Xương")
    assert [step.level for step in chain(commune)] == ["commune", "district", "province", "centre"]
    city = above_at(commune, "district")
    assert city is not None
    assert commune in within(city)
    assert above_at(unit("Phường Đa Mai", date(2026, 1, 1)), "district") is None


def test_names_inside_sentences() -> None:
    city = unit("Thành phố Bắc Giang")
    assert (city.lower_name, city.bare_name, city.committee) == (
        "thành phố Bắc Giang",
        "Bắc Giang",
        "Ủy ban nhân dân thành phố Bắc Giang",
    )
