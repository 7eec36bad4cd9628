"""Spoken codes: how long they hold and how often one may guess. Pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

CODE_LENGTH = 6
CODE_HOLDS = timedelta(minutes=15)
MOST_TRIES = 5
# The longest a consent may last, and what is proposed: the office's choice, the law says nothing.
LONGEST_CONSENT = timedelta(days=366)
USUAL_CONSENT = timedelta(days=30)


def digest_of(code: str, *, subject: int, secret: str) -> str:
    """What is kept of a code: it cannot be read back and holds for one subject only."""
    return hmac.new(secret.encode(), f"{subject}:{tidy_code(code)}".encode(), hashlib.sha256).hexdigest()


def tidy_code(code: str) -> str:
    """The digits of a code as one types it: spaces and dashes do not count."""
    return "".join(sign for sign in code if sign.isdigit())
