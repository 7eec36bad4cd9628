"""Worlds and visits for the team."""

from __future__ import annotations

import pytest

from tests.factories import World, city_2024, province_2026
from tests.factories.dossiers import visits

__all__ = ["visits"]


@pytest.fixture
def city() -> World:
    return city_2024()


@pytest.fixture
def province() -> World:
    return province_2026()
