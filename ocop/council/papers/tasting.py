"""Labels of a tasting: the cups' codes on A4."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ocop.council.models import Session
from ocop.ui.papers import render


def cup_labels(session: Session, codes: Sequence[str]) -> bytes:
    """The codes to cut out, in the order of the table; they name no product."""
    facts = {"about": f"{session.name}, ngày {session.held_on:%d/%m/%Y}", "codes": list(codes)}
    return render(Path(__file__).with_name("cup_labels.typ"), facts)
