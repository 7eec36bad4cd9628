"""Builders that make the state of a test through the same actions the program uses."""

from __future__ import annotations

from tests.factories.cycle import (
    accepted_dossier,
    closed_hearing,
    council_of,
    draft_dossier,
    fill_in,
    first_places,
    open_hearing,
    photo,
    places_for,
    recognised,
    registration,
    score,
    session_of,
    subject,
    submitted_dossier,
)
from tests.factories.world import MORNING, World, city_2024, enter, load_law, person, province_2026, unit

__all__ = [
    "MORNING",
    "World",
    "accepted_dossier",
    "city_2024",
    "closed_hearing",
    "council_of",
    "draft_dossier",
    "enter",
    "fill_in",
    "first_places",
    "load_law",
    "open_hearing",
    "person",
    "photo",
    "places_for",
    "province_2026",
    "recognised",
    "registration",
    "score",
    "session_of",
    "subject",
    "submitted_dossier",
    "unit",
]
