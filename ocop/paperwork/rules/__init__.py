"""Kinds of papers, their numbers and stamps, as pure rules."""

from __future__ import annotations

from .kinds import Field, Group, Kind, parse_kinds
from .numbers import MOST_NUMBER, draft_number, number_at, number_refusal
from .stamps import Composed, Stamp, Values

__all__ = [
    "MOST_NUMBER",
    "Composed",
    "Field",
    "Group",
    "Kind",
    "Stamp",
    "Values",
    "draft_number",
    "number_at",
    "number_refusal",
    "parse_kinds",
]
