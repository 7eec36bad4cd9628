"""Numbers of papers: a sequence per office, kind and calendar year from 01 (NĐ 30/2020, Annex I), or as typed."""

from __future__ import annotations

from collections.abc import Collection

MOST_NUMBER = 60


def number_at(pattern: str, seq: int) -> str:
    """The number of that place in the series: 01 to 09 with their zero."""
    return pattern.format(seq=seq)


def draft_number(pattern: str) -> str:
    """The sign without its number: the press leaves room for it."""
    return "/" + pattern.partition("/")[2]


def number_refusal(number: str, taken: Collection[str]) -> str | None:
    """A Vietnamese sentence when a typed number cannot be given, else None."""
    if not number:
        return "Ghi số văn bản."
    if len(number) > MOST_NUMBER:
        return f"Số văn bản dài {len(number)} chữ cái, nhiều nhất {MOST_NUMBER}: hãy ghi gọn lại."
    if not number.isprintable():
        return "Số văn bản có ký tự không in được. Hãy gõ lại."
    if number.casefold() in {each.casefold() for each in taken}:
        return f"Số {number} đã cấp cho một văn bản khác cùng loại trong năm. Hãy ghi số khác hoặc để trống."
    return None
