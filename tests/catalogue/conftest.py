"""The city of 2024; doors are entered on a practice day, so the demo is on."""

import pytest

from tests.factories import World, city_2024


@pytest.fixture
def world(db, settings) -> World:
    settings.OCOP_DEMO = True
    return city_2024()
