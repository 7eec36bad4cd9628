"""The number on the electronic receipt: the office's own series, in the shape that the regime's data gives it."""

from __future__ import annotations

from ocop.core.models import next_number
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of
from ocop.places.queries import upwards

ELECTRONIC = "electronic"  # the code of the receipt that the system itself gives, among those of a regime


def next_receipt_number(dossier: Dossier, year: int) -> str:
    """The next number of the office that runs the programme, counted by year; empty where the regime has no such."""
    rules = regime_of(dossier).receipt(ELECTRONIC)
    if rules is None:
        return ""
    codes = {unit.level: unit.code for unit in upwards(dossier.registration.product.subject.unit)}
    office = dossier.registration.batch.programme.unit
    series = f"receipt:{ELECTRONIC}:{office.level}:{office.code}:{year}"
    return rules.numbered(codes, seq=next_number(series), year=year)
