"""Papers: facts in, PDF out. The layout of administrative papers (NĐ 30/2020/NĐ-CP) is in `nd30.typ`."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
import typst

from ocop.core.errors import Refused

FONTS = Path(__file__).parent / "fonts"
ROOT = Path(__file__).parents[2]  # templates of every room import /ui/papers/nd30.typ from here

_UNPRINTABLE = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNSEEN = ("Cc", "Cf", "Cs", "Cn")  # controls, formats, halves of pairs, signs that no table knows
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class PaperError(Refused):
    """A paper was not made; the message says why in words an officer can act on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs: authority and title lines as printed (TM., KT., TL. …), then the name."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the text of an administrative paper: issuing body, number, place and day, signature, recipients.

    `number` is printed as given ("15/QĐ-UBND"); one that still awaits its number starts with the stroke ("/QĐ-UBND").
    """

    parent: str = ""
    issuer: str
    number: str
    place: str
    signed_on: date | None
    signature: Signature
    recipients: tuple[str, ...] = ()


def render(template: Path, facts: dict[str, Any]) -> bytes:
    """The paper as a PDF/A-2b; the same facts give the same bytes, so that its hash can stand in the ledger.

    A sign that no font of the house has (an emoji in a text that was accepted long ago) is left out of the paper.
    """
    told = json.dumps(_plain(facts), ensure_ascii=False)
    while True:
        try:
            pdf, warnings = _press(template, told)
        except typst.TypstError as error:
            printable = _without_unprintable(told, error.diagnostic)
            if printable == told:
                raise PaperError(error.message.removeprefix("assertion failed: ")) from error
            told = printable
        else:
            if warnings:
                raise PaperError("; ".join(warning.message for warning in warnings))
            return pdf


def qr_svg(text: str) -> str:
    """A QR code as SVG: level Q (a quarter may be smudged or stamped over) with the quiet zone scanners need."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue().decode()


def points_text(points: Fraction) -> str:
    """Points as papers print them: two decimals, comma, halves up.

    The mean of at most a hundred whole-point sheets is never rounded up into the next band.
    """
    hundredths = (abs(points) * 200 + 1) // 2
    return f"{'-' if points < 0 else ''}{hundredths // 100},{hundredths % 100:02d}"


def cleaned(text: str) -> str:
    """The text composed, with line ends as they are typed here and without signs that nobody can see."""
    # text pasted from Word or macOS carries invisible and decomposed letters
    composed = unicodedata.normalize("NFC", "\n".join(text.expandtabs(1).splitlines()))
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in _UNSEEN)


def _press(template: Path, facts: str) -> tuple[bytes, list[typst.TypstWarning]]:
    return typst.compile_with_warnings(
        template,
        root=ROOT,
        font_paths=_fonts(),
        sys_inputs={"facts": facts},
        format="pdf",
        pdf_standards="a-2b",
        timestamp=0,  # the document's date is the day of signing, never the moment of printing
    )


def _without_unprintable(facts: str, diagnostic: str) -> str:
    """The facts without the signs the press could not print; marks first: they spoil the letter they stand on."""
    named = "".join(_UNPRINTABLE.findall(diagnostic))
    signs = {sign for sign in _ESCAPED.sub(lambda code: chr(int(code[1], 16)), named) if not sign.isascii()}
    marks = {sign for sign in signs if unicodedata.category(sign).startswith("M")}
    return facts.translate(dict.fromkeys(map(ord, marks or signs)))


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts of this folder: a paper must not change with the machine it is printed on."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _plain(value: Any) -> Any:
    match value:
        case str():
            return cleaned(value)
        case datetime():
            return (value.astimezone(_VIETNAM) if value.tzinfo else value).isoformat()
        case date():
            return value.isoformat()
        case Fraction():
            return points_text(value)
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            return value
