"""Terms, signatures and status of certificates. Pure."""

from __future__ import annotations

import re
from datetime import date

from ocop.certificates.states import CertificateStatus
from ocop.core.clock import add_months
from ocop.regime.rules import Regime

CHAIR, MINISTER = "Chủ tịch ", "Bộ trưởng "


def last_day(valid_from: date, months: int) -> date:
    """The last day of a certificate: `months` after its first day (36 months, QĐ 26/2026 Art. 4.3)."""
    return add_months(valid_from, months)


def body_of(authority: str) -> str:
    """The body in whose name a paper goes out: the committee of a chair, the ministry of a minister, else itself."""
    return authority.removeprefix(CHAIR).removeprefix(MINISTER)


def signature_lines(authority: str, title: str) -> tuple[str, ...]:
    """The lines above a signature (NĐ 30/2020, Annex I, II.7.a): TM. for a collective body, KT. when a deputy signs."""
    own = re.sub(r"\s+(UBND|Ủy ban nhân dân)\b.*$", "", title.strip(), flags=re.IGNORECASE).upper()
    collective = (f"TM. {authority.upper()}",) if body_of(authority) == authority else ()
    head = (f"KT. {own.removeprefix('PHÓ ')}",) if own.startswith("PHÓ ") else ()
    return tuple(line for line in (*collective, *head, own) if line)


def status_on(regime: Regime, valid_from: date, valid_to: date, day: date) -> CertificateStatus:
    """Where a certificate stands on `day`; the window before expiry is the regime's data."""
    if day < valid_from:
        return CertificateStatus.NOT_YET
    if day > valid_to:
        return CertificateStatus.EXPIRED
    left = (valid_to - day).days
    warned = any(
        window.code == "expiring" and window.days_before_expiry_to <= left <= window.days_before_expiry_from
        for window in regime.windows
    )
    return CertificateStatus.EXPIRING if warned else CertificateStatus.VALID
