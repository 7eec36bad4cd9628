"""Writes of administrative units: only the shipped list is loaded."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.db import transaction

from ocop.core.search import fold
from ocop.places.models import Unit

BOOK = Path(__file__).parent / "book" / "units.yaml"


@transaction.atomic
def load_units() -> int:
    """Bring every unit of the shipped list into the database; idempotent. Returns how many were new."""
    listed = yaml.safe_load(BOOK.read_text(encoding="utf-8"))["units"]
    by_key: dict[str, Unit] = {}
    new = 0
    for entry in listed:
        parent = by_key.get(entry["parent"] or "")
        by_key[entry["key"]], created = Unit.objects.update_or_create(
            level=entry["level"],
            code=entry["code"],
            valid_from=entry["valid_from"],
            defaults={
                "name": entry["name"],
                "parent": parent,
                "valid_to": entry.get("valid_to"),
                "search": fold(entry["name"], entry["code"]),
            },
        )
        new += created
    return new
