"""The kinds of papers shipped with the room, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from ocop.paperwork.rules import Kind, parse_kinds

BOOK = Path(__file__).parent / "book" / "kinds.yaml"


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its code, in the order of the book; ValueError names the place of a mistake in it."""
    return parse_kinds(yaml.safe_load(BOOK.read_text(encoding="utf-8")))


def kind_of(code: str) -> Kind:
    """The kind of that code; KeyError when the book has none."""
    return kinds()[code]
