"""The letter that sends dossiers and samples to the next level (QĐ 26, Art. 6 and 7.3e)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from ocop.ui.papers import Frame, render


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePart:
    """One part of the package and whether it is enclosed."""

    name: str
    enclosed: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardedProduct:
    """A product sent up, with its points at this level and the number of its samples."""

    product: str
    product_code: str
    subject: str
    points: Fraction
    samples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingFacts:
    """A letter (`kind` empty: công văn) or a submission (`kind`: Tờ trình) with its package."""

    frame: Frame
    kind: str = ""
    about: str
    to: str
    opening: str
    request: str
    parts: tuple[PackagePart, ...]
    products: tuple[ForwardedProduct, ...]


def forwarding_letter(facts: ForwardingFacts) -> bytes:
    """The letter with the list of products and samples and the checklist of the package."""
    return render(Path(__file__).with_suffix(".typ"), asdict(facts))
