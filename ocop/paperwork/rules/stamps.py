"""What a paper is given when it is issued, and what its composer gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ocop.ui.papers.blocks import Document

Values = Mapping[str, str | Sequence[Mapping[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Number, day, check code and the head of the ledger; of a draft only the day and the sign of the number."""

    number: str
    signed_on: date
    code: str = ""
    check_url: str = ""
    head_seq: int = 0
    head_hash: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The paper in the standard layout, and the same facts by the merge fields of its kind for an office's template."""

    document: Document
    values: Values = field(default_factory=dict)
