"""Phone numbers, temporary passwords, and when a role is held. Pure."""

from __future__ import annotations

import re
import secrets
from datetime import date

from ocop.accounts.states import GrantState

# No letter or figure that is misread for another (0/o, 1/l, i/j).
LETTERS = "abcdefghkmnpqrstuvwxyz"
FIGURES = "23456789"


def normal_phone(text: str) -> str:
    """A phone number as stored: digits only, 84… written as 0…."""
    digits = re.sub(r"\D", "", text)
    return "0" + digits[2:] if digits.startswith("84") and len(digits) >= 11 else digits


def phone_is_plausible(phone: str) -> bool:
    """A Vietnamese number as stored: 0 and nine or ten more digits."""
    return re.fullmatch(r"0\d{9,10}", phone) is not None


def temporary_password() -> str:
    """A random password to read out over the phone once: three groups of four, about 47 bits."""
    groups = ("".join(secrets.choice(kind) for _ in range(4)) for kind in (LETTERS, FIGURES, LETTERS))
    return "-".join(groups)


def grant_state(valid_from: date, valid_to: date | None, day: date) -> GrantState:
    """A role is held from its first to its last day, both included."""
    if day < valid_from:
        return GrantState.COMING
    return GrantState.OVER if valid_to is not None and valid_to < day else GrantState.HELD
