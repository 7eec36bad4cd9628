"""Codes of samples, and which dates of them are near. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from ocop.core.codes import ALPHABET, MISREAD, check_sign

BODY_SIGNS = 5
SOON = timedelta(days=7)  # a sample that keeps no longer than that is named


def sample_code(body: str) -> str:
    """A sample's code: five signs that tell nothing of product or subject, and a check sign."""
    return body + check_sign(body)


def clean_sample_code(typed: str) -> str | None:
    """The code as stored, from what was typed or scanned (an address of a label too), or None if it is none."""
    plain = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    code = "".join(plain.upper().split()).replace("-", "").translate(MISREAD)
    if len(code) != BODY_SIGNS + 1 or any(sign not in ALPHABET for sign in code):
        return None
    return code if check_sign(code[:-1]) == code[-1] else None


def shown_sample_code(code: str) -> str:
    """The code in two groups that can be read aloud: 7K3-M9Q."""
    return f"{code[:3]}-{code[3:]}"


def keeps_until(best_before: date | None, day: date) -> str:
    """How a sample's best-before day stands on `day`: "", "soon" or "over"."""
    if best_before is None or best_before > day + SOON:
        return ""
    return "over" if best_before < day else "soon"


def lower_first(words: str) -> str:
    """Words inside a sentence: names in them keep their capitals."""
    return words[:1].lower() + words[1:]
