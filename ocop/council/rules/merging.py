"""A sheet and what the same member chose when tasting blind, put together. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def merged(
    sheet: Mapping[str, int | None], tasting: Mapping[str, int | None], revised: Collection[str] = ()
) -> dict[str, int | None]:
    """The member's choices: what was tasted stands over the sheet, what was revised in a discussion over both."""
    return {**sheet, **{code: place for code, place in tasting.items() if code not in revised or code not in sheet}}
