"""Taking names out of what a dossier says, so that members may score it without knowing whose it is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Words that say what kind of business it is; what is left of a name without them is what people call it.
KIND_WORDS = """
hợp tác xã htx công ty tnhh cp cổ phần mtv một thành viên hộ kinh doanh tổ sản xuất dịch vụ nông nghiệp
thương mại cơ sở doanh nghiệp tư nhân liên hiệp
"""
KINDS = frozenset(KIND_WORDS.split())
PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[thư điện tử]"),
    (re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE), "[trang mạng]"),
    (re.compile(r"(?<!\d)(?:\+84|0)(?:[ .-]?\d){9}(?!\d)"), "[số điện thoại]"),
)


def core_of(name: str) -> str:
    """The name without the words that only say what kind of business it is: "HTX Mỳ Chũ Xuân" → "Mỳ Chũ Xuân"."""
    words = name.split()
    while words and unicodedata.normalize("NFC", words[0]).lower() in KINDS:
        words.pop(0)
    return " ".join(words)


def masked(text: str, names: Iterable[tuple[str, str]]) -> str:
    """`text` with every name replaced by its words in brackets, the longest name first, capitals aside.

    Names of two words and more are found without their marks too, of one word only as written: "Chũ" is no "chủ".
    """
    said = unicodedata.normalize("NFC", text)
    for pattern, words in PATTERNS:
        said = pattern.sub(words, said)
    for name, words in sorted(set(names), key=lambda pair: (-len(pair[0]), pair)):
        said = _without(said, unicodedata.normalize("NFC", name).split(), words)
    return said


def _without(text: str, name: list[str], words: str) -> str:
    if not name or sum(map(len, name)) < 2:
        return text
    plain = len(name) > 1
    wanted = r"\s+".join(re.escape(_folded(word) if plain else word.lower()) for word in name)
    # Letter for letter, so that what is found stands at the same place in the text.
    looked_in = _folded(text) if plain else "".join(letter.lower()[0] for letter in text)
    pieces, last = [], 0
    for found in re.finditer(rf"(?<!\w){wanted}(?!\w)", looked_in):
        pieces += [text[last : found.start()], words]
        last = found.end()
    return "".join([*pieces, text[last:]])


def _folded(text: str) -> str:
    """Each letter in lower case without its marks, one for one."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    lower = letter.lower()[0]
    return "d" if lower == "đ" else unicodedata.normalize("NFD", lower)[0]
