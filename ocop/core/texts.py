"""Texts as people type them: tidied before they are kept, never cut short."""

from __future__ import annotations

from ocop.core.errors import Refused


def tidy(text: str) -> str:
    """The text with one kind of line end and nothing around it: a form sends other line ends than a script does."""
    return text.replace("\r\n", "\n").strip()


def check_length(text: str, most: int, *, what: str, field: str | None, advice: str = "hãy rút gọn.") -> None:
    """Refuse a text of more than `most` letters, with both numbers: nothing is cut off in silence."""
    if len(text) > most:
        raise Refused(f"{what} dài {len(text)} chữ cái, nhiều nhất {most}: {advice}", field=field)
