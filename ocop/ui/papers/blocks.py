"""What a paper is made of: blocks in reading order, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TEXT_STYLES = ("body", "bold", "italic", "centre", "small")
NO_PLACE = ".........."


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """The top of a paper: motto of the state, with the issuing body on the left where there is one."""

    parent: str = ""
    issuer: str = ""
    number: str = ""
    about: str = ""
    place: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """The form's number, at the right above everything else."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """Name of the kind of paper in capitals, what it is about, and a line in italics; centred."""

    kind: str
    about: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading in bold that stays with what follows; centred for a part of the paper."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; `style` is one of TEXT_STYLES."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A label and its value; an empty one prints as dotted lines to be filled in by hand."""

    label: str
    value: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Fields that share a line."""

    items: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A box to tick, after its words."""

    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """Boxes one below the other, or beside each other behind a label."""

    label: str = ""
    options: tuple[Tick, ...]
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose head comes again on every page.

    `widths` are in mm, 0 takes what is left; `aligns` are left, center or right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    aligns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A place to sign: place and day in italics (when `dated`), authority lines, how to sign, the name."""

    dated: bool = False
    place: str = ""
    signed_on: date | None = None
    lines: tuple[str, ...]
    note: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """One place to sign at the right, or several side by side; recipients at the left of the only one."""

    cells: tuple[Signed, ...]
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Qr:
    """A QR code with words beside it."""

    address: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows starts on a new page."""


Block = National | Corner | Title | Heading | Text | Fields | Ticks | Table | Signatures | Qr | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper to press. `title` and `author` are its properties, not printed."""

    title: str
    author: str = ""
    blocks: tuple[Block, ...]
