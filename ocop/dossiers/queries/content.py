"""What the subject hands in, as one content to be frozen; the same content twice has the same fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ocop.audit.rules import fingerprint
from ocop.dossiers.models import Dossier, Evidence, ReadBack
from ocop.dossiers.queries.evidence import live_evidence
from ocop.dossiers.queries.supports import frozen_supports
from ocop.dossiers.queries.typed import last_read_back
from ocop.interview.queries import answers_of
from ocop.registration.queries import subject_values

# What follows from what the subject says, or confirms it: two submissions are compared without these parts.
DERIVED = ("measures", "supports", "read_back")


def snapshot(dossier: Dossier) -> dict[str, Any]:
    """Everything the subject hands in, what the figures support of it, and how it was read back."""
    read = last_read_back(dossier)
    return {
        **content_of(dossier),
        **frozen_supports(dossier),
        "read_back": _read(read) if read is not None else None,
    }


def said_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the subject itself says in a frozen content."""
    return {key: value for key, value in content.items() if key not in DERIVED}


def content_sha256(dossier: Dossier) -> str:
    """The fingerprint of what would be handed in now."""
    return fingerprint(content_of(dossier))


def is_read_back(dossier: Dossier) -> bool:
    """Whether the subject read back and confirmed the very content that the dossier holds now."""
    read = last_read_back(dossier)
    return read is not None and read.sha256 == content_sha256(dossier)


def content_of(dossier: Dossier) -> dict[str, Any]:
    """What the subject says now. Personal answers (sex, ethnicity, disability, home address) never stand in it."""
    registration = dossier.registration
    subject = registration.product.subject
    programme = registration.batch.programme
    return {
        "product": {"name": registration.product.name, "code": registration.code},
        "subject": {
            "name": subject.name,
            "kind": subject.kind,
            "business_number": subject.business_number,
            "printed": subject_values(subject),
        },
        "unit": {"code": subject.unit.code, "name": subject.unit.name},
        "batch": {"year": programme.year, "number": registration.batch.number},
        "kind": registration.kind,
        "target_star": registration.target_star,
        "regime": {"code": programme.regime_version.code, "version": programme.regime_version.version},
        "set": {
            "regime": registration.set_version.regime_code,
            "set_no": registration.set_version.set_no,
            "version": registration.set_version.version,
            "sha256": registration.set_version.sha256,
        },
        "choices": dossier.choices,
        "explanations": dossier.explanations,
        "changes_note": dossier.changes_note,
        "change_comments": dossier.change_comments,
        "item_answers": dossier.item_answers,
        "started_from": dossier.started_from.sha256 if dossier.started_from is not None else None,
        "evidence": [_cited(item) for item in live_evidence(dossier)],
        "answers": answers_of(subject, registration.product, programme.year),
        "typed": dossier.typed,
    }


def _cited(item: Evidence) -> dict[str, Any]:
    paper = item.paper
    return {
        "title": item.title,
        "file": paper.file.name,
        "sha256": paper.file.sha256,
        "cites": item.cites,
        "paper": paper.pk,
        "kind": paper.kind,
        "number": paper.number,
        "issuer": paper.issuer,
        "issued_on": _day(paper.issued_on),
        "expires_on": _day(paper.expires_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _read(read: ReadBack) -> dict[str, Any]:
    return {"by": read.by.full_name, "how": read.how, "at": read.at.isoformat(), "sha256": read.sha256}
