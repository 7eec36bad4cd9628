"""A paper as a row of blocks, pressed as PDF and as a Word file: the same words in the same order in both."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from ocop.ui.papers import cleaned, qr_svg, render
from ocop.ui.papers.blocks import (
    NO_PLACE,
    Bases,
    Block,
    Corner,
    Document,
    Field,
    Fields,
    Foot,
    Heading,
    National,
    PageBreak,
    Qr,
    Signatures,
    Signed,
    Table,
    Text,
    Tick,
    Ticks,
    Title,
    To,
)
from ocop.ui.papers.word import write

__all__ = [
    "NO_PLACE",
    "PRESSES",
    "Bases",
    "Block",
    "Corner",
    "Document",
    "Field",
    "Fields",
    "Foot",
    "Heading",
    "National",
    "PageBreak",
    "Qr",
    "Signatures",
    "Signed",
    "Table",
    "Text",
    "Tick",
    "Ticks",
    "Title",
    "To",
    "press_docx",
    "press_pdf",
]


def press_pdf(document: Document) -> bytes:
    """The paper as PDF/A; the same document gives the same bytes."""
    top = next((block for block in document.blocks if isinstance(block, National)), National())
    facts = {
        "title": document.title,
        "frame": asdict(top) | {"issuer": top.issuer or document.author, "place": top.place or NO_PLACE},
        "blocks": [_told(block) for block in document.blocks],
        "foot": _foot(document.foot),
        "draft": document.draft,
    }
    return render(Path(__file__).with_suffix(".typ"), facts)


def press_docx(document: Document) -> bytes:
    """The paper as a Word file that people can go on writing in; the same document gives the same bytes."""
    return write(_clean(document))


PRESSES = {"pdf": press_pdf, "docx": press_docx}  # by the ending of the file


def _told(block: Block) -> dict[str, Any]:
    told = {"block": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Qr):
        told["picture"] = qr_svg(block.address)
    return told


def _foot(foot: Foot | None) -> dict[str, Any] | None:
    return None if foot is None else {**asdict(foot), "picture": qr_svg(foot.address)}


T = TypeVar("T")


def _clean(value: T) -> T:
    """The value with all its words free of invisible and unprintable signs."""
    if isinstance(value, str):
        return cleaned(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_clean(item) for item in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _clean(getattr(value, field.name)) for field in fields(value)})
    return value
