"""Texts kept one by one while they are typed: none is written over what somebody else wrote meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.dossiers.rules import mark_of_text


class Crossed(Stale):
    """Somebody else wrote other words meanwhile: `wrong` says so at each text, `seen` marks what stands there now."""

    def __init__(self, wrong: dict[str, str], seen: dict[str, str]) -> None:
        super().__init__("Có chỗ vừa được người khác ghi khác. Những gì bạn nhập vẫn còn trên màn hình: xem chỗ tô đỏ.")
        self.wrong, self.seen = wrong, seen


def fresh_texts(
    typed: Mapping[str, str],
    kept: Mapping[str, str],
    names: Mapping[str, str],
    *,
    seen: Mapping[str, str],
    longest: Mapping[str, int],
    gone: str,
) -> dict[str, str]:
    """Of the texts typed those that say something else than what is kept, tidied.

    `names` are the texts there are, `seen` marks the words each was typed over. Refused: a text that is not there any
    more (`gone` says so), one that is too long, and one that was changed by somebody else since it was seen.
    """
    fresh = {key: text for key, text in ((key, tidy(text)) for key, text in typed.items()) if kept.get(key, "") != text}
    for key, text in fresh.items():
        if key not in names:
            raise Refused(gone, field=key)
        check_length(text, longest.get(key, longest[""]), what=f"Lời về “{names[key]}”", field=key)
    crossed = {key: kept.get(key, "") for key in fresh if key in seen and seen[key] != mark_of_text(kept.get(key, ""))}
    if crossed:
        raise Crossed(
            {key: f"Vừa được ghi ở nơi khác là: “{text}”." for key, text in crossed.items()},
            {key: mark_of_text(text) for key, text in crossed.items()},
        )
    return fresh
