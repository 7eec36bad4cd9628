"""Mẫu 03: the commune's report on a dossier (QĐ 26, Art. 7.2 and Phụ lục III)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from ocop.ui.papers import Frame, render


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalContent:
    """One of the contents the commune assesses: what the subject states, what the commune finds."""

    name: str
    statement: str
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneReportFacts:
    """The report. What is left empty prints as a dotted line, to be filled in by hand.

    Sex, ethnic group and permanent address are on the legal form and sensitive: the caller gives them or not.
    """

    frame: Frame
    to: str
    subject: str
    subject_kind: str
    address: str
    phone: str
    email: str = ""
    representative: str
    sex: str = ""
    ethnic_group: str = ""
    permanent_address: str = ""
    product: str
    product_code: str
    dossier_kind: str
    contents: tuple[LocalContent, ...]
    proposal: str


def commune_report(facts: CommuneReportFacts) -> bytes:
    """Mẫu 03 with general facts, the assessed contents and the closing proposal."""
    return render(Path(__file__).with_suffix(".typ"), asdict(facts))
