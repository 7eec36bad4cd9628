"""What anybody may read: certificates by code or number, and the latest recognised products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ocop.catalogue.rules import sought
from ocop.certificates.models import Certificate
from ocop.certificates.queries import by_code, certificates, status_of
from ocop.certificates.states import STATUS_TONES, CertificateStatus

MOST_FOUND = 20  # numbers are given once per authority, so a few authorities may share one


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate with where it stands on a day."""

    certificate: Certificate
    status: CertificateStatus
    tone: str


def shown_on(certificate: Certificate, day: date) -> Shown:
    """The certificate as it stands on `day`."""
    status = status_of(certificate, day)
    return Shown(certificate, status, STATUS_TONES[status])


def found_by(typed: str) -> list[Certificate]:
    """The certificates that a typed code, number or address names; several only when authorities share a number."""
    text = sought(typed)
    by_its_code = by_code(text)
    if by_its_code is not None:
        return [by_its_code]
    return list(certificates().filter(number__iexact=text).order_by("-pk")[:MOST_FOUND]) if text else []


def latest_recognised(day: date, most: int) -> list[Shown]:
    """The products recognised last whose certificates hold on `day`."""
    rows = certificates().filter(valid_from__lte=day, valid_to__gte=day).order_by("-decided_on", "-pk")[:most]
    return [shown_on(row, day) for row in rows]
