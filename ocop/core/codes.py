"""Public codes that people type off a paper: random, without look-alikes, with a check sign. Pure."""

from __future__ import annotations

import secrets

# Crockford's base 32 has no I, L, O, U: a code read aloud or off a label is not mistaken. Without Z, 31 signs are a
# prime, so the check sign notices every wrong and every swapped sign.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
CODE_SIGNS = 10
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "Z": "2"})


def new_code() -> str:
    """A fresh public code: ten random signs (49 bits) and a check sign, e.g. 7K3M9QXT2FA."""
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
