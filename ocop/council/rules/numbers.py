"""Exact numbers and how they are shown. Rounding is for the eye, except where the bylaws ask for it."""

from __future__ import annotations

from fractions import Fraction


def rounded(value: Fraction, decimals: int) -> Fraction:
    """`value` (never negative) rounded half-up to `decimals` places, still exact."""
    scale = 10**decimals
    return Fraction(_half_up(value.numerator, value.denominator, scale), scale)


def shown(value: Fraction | int) -> str:
    """`value` (never negative) with two decimals, half-up: 244/3 → "81.33"."""
    whole, cents = divmod(_half_up(value.numerator, value.denominator, 100), 100)
    return f"{whole}.{cents:02d}"


def exact(value: Fraction) -> str:
    """The reduced fraction, or the whole number without a slash: "244/3", "81"."""
    return str(value)


def _half_up(numerator: int, denominator: int, scale: int) -> int:
    return (2 * numerator * scale + denominator) // (2 * denominator)
