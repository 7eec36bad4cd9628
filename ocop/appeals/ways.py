"""The ways that stay open beside an appeal, shipped as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

BOOK = Path(__file__).parent / "book" / "further_ways.yaml"


@dataclass(frozen=True, slots=True)
class FurtherWay:
    """A way of the general law, in a sentence, and how sure it is."""

    law: str
    words: str
    mark: str


@cache
def further_ways() -> dict[str, FurtherWay]:
    """Every further way by its code."""
    content = yaml.safe_load(BOOK.read_text(encoding="utf-8"))
    return {code: FurtherWay(row["law"], row["words"].strip(), row["mark"]) for code, row in content.items()}
