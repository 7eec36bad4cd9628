"""Codes, terms and status of certificates. Pure."""

from __future__ import annotations

import re
import secrets
from datetime import date

from ocop.certificates.states import CertificateStatus
from ocop.core.clock import add_months
from ocop.regime.rules import Regime

# Crockford's base 32 has no I, L, O, U: a code read aloud or off a label is not mistaken. Without Z, 31 signs are a
# prime, so the check sign notices every wrong and every swapped sign.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
CODE_SIGNS = 10
CHAIR, MINISTER = "Chủ tịch ", "Bộ trưởng "
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "Z": "2"})


def new_code() -> str:
    """A fresh public code of a certificate: ten random signs (49 bits) and a check sign, e.g. 7K3M9QXT2FA."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_SIGNS))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """The check sign of a code's body: a sum weighted by place, so a wrong or swapped sign shows."""
    return ALPHABET[sum((place + 1) * ALPHABET.index(sign) for place, sign in enumerate(body)) % len(ALPHABET)]


def clean_code(typed: str) -> str | None:
    """The code as stored, from what a person typed (spaces, dashes, small letters, O for 0), or None if it is none."""
    code = "".join(typed.upper().split()).replace("-", "").translate(MISREAD)
    if len(code) != CODE_SIGNS + 1 or any(sign not in ALPHABET for sign in code):
        return None
    return code if check_sign(code[:-1]) == code[-1] else None


def shown_code(code: str) -> str:
    """The code in groups that can be read aloud: 7K3M-9QXT-2FA."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


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
