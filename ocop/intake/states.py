"""Words of the receiving desks."""

from __future__ import annotations

from django.db.models import TextChoices


class MarkOf(TextChoices):
    """What the check of one row of the list came to."""

    OK = "ok", "Đạt"
    MISSING = "missing", "Thiếu"
    WRONG = "wrong", "Sai"


MARK_TONES = {MarkOf.OK: "good", MarkOf.MISSING: "warn", MarkOf.WRONG: "bad"}
MARK_KEYS = {MarkOf.OK: "D", MarkOf.MISSING: "T", MarkOf.WRONG: "S"}

# How long a subject is proposed to have for what it was asked for; the law is silent, the officer changes it.
PROPOSED_DAYS = 10  # working days

# Beside the contents the law names: what was said at a meeting, if the chair called one (QĐ 26/2026 Art. 7.2).
MEETING = "meeting"
