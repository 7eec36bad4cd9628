"""What a paper is made of: blocks in reading order, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TEXT_STYLES = ("body", "bold", "italic", "centre", "small")
NO_PLACE = ".........."


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """The top of a paper: motto of the state, with the issuing body on the left where there is one.

    Minutes have no place and day at the top (not `dated`): they say when the meeting began.
    """

    parent: str = ""
    issuer: str = ""
    number: str = ""
    about: str = ""
    place: str = ""
    signed_on: date | None = None
    dated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Corner:
    """The form's number, at the right above everything else."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """Name of the kind of paper in capitals, what it is about, and a line in italics; centred.

    `ruled` draws the line that NĐ 30/2020 has below what the paper is about.
    """

    kind: str
    about: str = ""
    note: str = ""
    ruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class To:
    """Who the paper is for (Kính gửi): one on the line, several one below the other."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """What the paper rests on (căn cứ), one a line in italics; semicolons between them, a full stop at the end."""

    items: tuple[str, ...]


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

    `widths` are in mm, 0 takes what is left; `aligns` are left, center or right. A row of one cell is a heading that
    spans the table and stays with the row after it.
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
    """One place to sign at the right, or several side by side; recipients at its left, or below several."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """How anybody can check an issued paper: address (as QR too), code, and the ledger's last number and hash."""

    address: str
    code: str
    head_seq: int
    head_hash: str


Block = National | Corner | Title | To | Bases | Heading | Text | Fields | Ticks | Table | Signatures | Qr | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper to press. `title` and `author` are its properties, not printed.

    A `draft` says so at its top; an issued paper has its `foot` (room `paperwork` puts both on).
    """

    title: str
    author: str = ""
    blocks: tuple[Block, ...]
    foot: Foot | None = None
    draft: bool = False
