"""Minutes of a council session ("Biên bản họp Hội đồng"; no form in QĐ 26, so NĐ 30/2020/NĐ-CP)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from ocop.ui.papers import Frame, Signature, render


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A seat of the council and whether its holder was there."""

    name: str
    role: str
    organisation: str
    present: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardProduct:
    """One product's hearing as closed: sheets, mean, spread, star, outcome and the sentences that lead to it."""

    product: str
    product_code: str
    subject: str
    sheets: int
    mean: Fraction | None
    spread: Fraction | None
    star: int | None
    outcome: str
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """A session's record. The chair signs in `frame.signature`, the secretary in `secretary_signature`."""

    frame: Frame
    about: str
    form: str
    place: str
    opened_at: datetime
    closed_at: datetime | None
    chair: str
    secretary: str
    secretary_signature: Signature
    quorum: str
    attendance: tuple[Attendee, ...]
    products: tuple[HeardProduct, ...]
    conclusions: tuple[str, ...]


def minutes(facts: MinutesFacts) -> bytes:
    """The minutes: attendance, a table of results, then how each result came about."""
    return render(Path(__file__).with_suffix(".typ"), asdict(facts))
