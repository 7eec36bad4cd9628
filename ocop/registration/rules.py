"""Product codes, and the stars a product may register for. Pure."""

from __future__ import annotations

from ocop.regime.rules import Regime


def product_code(pattern: str, *, province: str, district: str | None, commune: str, seq: int, year: int) -> str:
    """The product code by the regime's pattern, e.g. 24-213-07201-3-2024 (QĐ 26/2026, Phụ lục II; before 2025 with a
    district part)."""
    return pattern.format(province=province, district=district or "", commune=commune, seq=seq, year=year)


def target_stars(regime: Regime) -> range:
    """The stars a product may register for: from the least that is recognised at all to the highest band."""
    least = min(star for level in regime.levels for star in level.recognises)
    return range(least, max(band.star for band in regime.bands) + 1)
