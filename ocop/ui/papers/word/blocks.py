"""Each block of a document as it stands in a Word file; `document.typ` prints its twin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import _Cell

from ocop.ui.papers.blocks import (
    NO_PLACE,
    Bases,
    Block,
    Corner,
    Fields,
    Heading,
    National,
    PageBreak,
    Qr,
    Signatures,
    Signed,
    Table,
    Text,
    Ticks,
    Title,
    To,
)
from ocop.ui.papers.word.foot import write_qr
from ocop.ui.papers.word.parts import (
    BODY_WIDTH,
    CENTRE,
    Holder,
    add,
    dots,
    drop_first,
    grid,
    keep_whole,
    length_of,
    lines_of,
    rule,
    say,
    set_widths,
    tick_box,
)

INDENT = 10  # mm, of the first line
GAP, LEAST_GAP = 2, 8  # mm between dots and what follows; a narrower place is no place to write
MOTTO_RULE, ISSUER_RULE = 58, 24  # mm: the motto's full length, part of the issuing body's name
TITLE_RULE = 50  # mm: a third of the line, below what the paper is about
TO_LEFT = 40  # mm: several addressees begin there
LONG_CELL = 400  # letters; a longer row may be parted by a page
ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def long_date(day: date | None) -> str:
    """The day in words as papers have it: a zero before days under 10 and before January and February only."""
    if day is None:
        return "ngày ..... tháng ..... năm ......"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def write_block(paper: WordDocument, block: Block, *, stays: bool) -> None:
    """The block at the end of the paper; a text that `stays` is not parted from what follows."""
    if isinstance(block, Text):
        _text(paper, block, stays=stays)
    else:
        WRITERS[type(block)](paper, block)


def _motto(holder: Holder, width: float) -> None:
    add(holder, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12.5, after=0, **CENTRE)
    add(holder, "Độc lập - Tự do - Hạnh phúc", bold=True, size=13.5, after=1, **CENTRE)
    rule(holder, MOTTO_RULE, width)


def _national(paper: WordDocument, block: National) -> None:
    if not block.issuer:
        _motto(paper, BODY_WIDTH)
        return
    left, right = grid(paper, [69, 94])
    if block.parent:
        add(left, block.parent.upper(), size=12.5, after=0, **CENTRE)
    add(left, block.issuer.upper(), bold=True, size=12.5, after=1, **CENTRE)
    rule(left, ISSUER_RULE, 69)
    number = block.number
    if number.startswith("/"):
        number = f".......{number}"
    elif number[:1].isdigit() and number[1:2] == "/":
        number = f"0{number}"
    add(left, f"Số: {number}", **CENTRE)
    if block.about:
        add(left, f"V/v {block.about}", size=12, **CENTRE)
    _motto(right, 94)
    if block.dated:
        add(right, f"{block.place or NO_PLACE}, {long_date(block.signed_on)}", italic=True, **CENTRE)
    for cell in (left, right):
        drop_first(cell)


def _corner(paper: WordDocument, block: Corner) -> None:
    add(paper, block.text, bold=True, align=WD_ALIGN_PARAGRAPH.RIGHT, indent=False)


def _title(paper: WordDocument, block: Title) -> None:
    add(paper, block.kind.upper(), bold=True, size=14, before=12, after=2, **CENTRE)
    if block.about:
        for line in lines_of(block.about):
            add(paper, line, bold=True, after=2, **CENTRE)
        if block.ruled:
            rule(paper, TITLE_RULE, BODY_WIDTH)
    if block.note:
        add(paper, block.note, italic=True, after=2, **CENTRE)
    paper.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _to(paper: WordDocument, block: To) -> None:
    if len(block.names) == 1:
        add(paper, f"Kính gửi: {block.names[0]}", before=10, after=12, **CENTRE)
        return
    add(paper, "Kính gửi:", before=10, left=TO_LEFT, align=ALIGNS["left"], indent=False)
    for place, name in enumerate(block.names, start=1):
        last = place == len(block.names)
        words = f"- {name.rstrip(' ;.,')}{'.' if last else ';'}"
        add(paper, words, left=TO_LEFT + 10, align=ALIGNS["left"], indent=False, after=12 if last else None)


def _bases(paper: WordDocument, block: Bases) -> None:
    for place, item in enumerate(block.items, start=1):
        add(paper, f"{item.rstrip(' ;.,')}{'.' if place == len(block.items) else ';'}", italic=True)


def _heading(paper: WordDocument, block: Heading) -> None:
    align = WD_ALIGN_PARAGRAPH.CENTER if block.centred else WD_ALIGN_PARAGRAPH.LEFT
    lines = lines_of(block.text)
    for place, line in enumerate(lines, start=1):
        before, after = 6 if place == 1 else 0, 4.3 if place == len(lines) else 0
        add(paper, line, bold=True, align=align, indent=False, stays=True, before=before, after=after)


def _text(paper: WordDocument, block: Text, *, stays: bool) -> None:
    looks: dict[str, dict[str, Any]] = {
        "bold": {"bold": True, "indent": False, "stays": True},
        "italic": {"italic": True},
        "centre": CENTRE,
        "small": {"size": 11, "indent": False},
    }
    look = {"stays": stays} | looks.get(block.style, {})
    for line in lines_of(block.text):
        add(paper, line, **look)


def _fields(paper: WordDocument, block: Fields) -> None:
    said = [(item, lines_of(item.value)) for item in block.items]
    paragraph = add(paper, align=WD_ALIGN_PARAGRAPH.LEFT)
    texts = [f"{item.label}: {lines[0] if lines else ''}" for item, lines in said]
    room = BODY_WIDTH - INDENT - sum(map(length_of, texts))
    share = max(room / len(said), 0)  # what is left of the line goes to the gaps and dots alike, as in `document.typ`
    reached = float(INDENT)
    for place, (text, (_, lines)) in enumerate(zip(texts, said, strict=True), start=1):
        say(paragraph, text)
        reached += length_of(text) + share
        last, narrow = place == len(said), share < LEAST_GAP
        if not lines and last:
            dots(paragraph)
        elif not lines and not narrow:
            dots(paragraph, reached - GAP)
        elif narrow and not last:
            say(paragraph, "  " if lines else f"{NO_PLACE}  ")
        if not last and not narrow:
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(reached), WD_TAB_ALIGNMENT.LEFT)
            paragraph.add_run("\t")
    for item, lines in said:
        for _ in range(item.lines - 1 if not lines else 0):
            dots(add(paper, indent=False, align=WD_ALIGN_PARAGRAPH.LEFT))
        for line in lines[1:]:
            add(paper, line)


def _ticks(paper: WordDocument, block: Ticks) -> None:
    if block.inline:
        paragraph = add(paper, f"{block.label}:", align=WD_ALIGN_PARAGRAPH.LEFT)
        for option in block.options:
            label = option.label.replace(" ", "\u00a0")  # a box is never parted from its words
            say(paragraph, f"   {label}\u00a0")
            tick_box(paragraph, option.chosen)
        return
    if block.label:
        add(paper, block.label)
    for option in block.options:
        tick_box(add(paper, f"{option.label} ", align=WD_ALIGN_PARAGRAPH.LEFT), option.chosen)


def _table(paper: WordDocument, block: Table) -> None:
    rest = block.widths.count(0)
    widths = [width or (BODY_WIDTH - sum(block.widths)) / rest for width in block.widths]
    table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    set_widths(table, widths)
    for place, texts in enumerate([block.head, *block.rows]):
        row = table.add_row()
        if place == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        if place == 0 or (len(texts) > 1 and max(map(len, texts)) <= LONG_CELL):
            keep_whole(row)
        if len(texts) == 1 < len(widths):
            keep_whole(row)
            whole = row.cells[0].merge(row.cells[-1])
            add(whole, texts[0], bold=True, size=12, before=1, after=1, stays=True, align=ALIGNS["left"], indent=False)
            drop_first(whole)
            continue
        for cell, text, width, align in zip(row.cells, texts, widths, block.aligns, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
            look: dict[str, Any] = CENTRE if place == 0 else {"align": ALIGNS[align], "indent": False}
            for line in lines_of(text) or [""]:
                add(cell, line, bold=place == 0, size=12, before=1, after=1, **look)
            drop_first(cell)
    add(paper, " ", size=4, after=0)


def _signed(cell: _Cell, signed: Signed) -> None:
    cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    if signed.dated:
        add(cell, f"{signed.place or NO_PLACE}, {long_date(signed.signed_on)}", italic=True, after=1, **CENTRE)
    for line in signed.lines:
        add(cell, line.upper(), bold=True, after=0, **CENTRE)
    if signed.note:
        add(cell, signed.note, italic=True, after=0, **CENTRE)
    add(cell, signed.name or " ", bold=True, before=56, **CENTRE)
    cell.paragraphs[1].paragraph_format.space_before = Pt(8)


def _signatures(paper: WordDocument, block: Signatures) -> None:
    if len(block.cells) == 1:
        left, right = grid(paper, [75, 88])
        _recipients(left, block.recipients)
        _signed(right, block.cells[0])
        cells = [left, right]
    else:
        cells = grid(paper, [BODY_WIDTH / len(block.cells)] * len(block.cells))
        for cell, signed in zip(cells, block.cells, strict=True):
            _signed(cell, signed)
    for cell in cells:
        drop_first(cell)
    if len(block.cells) > 1:
        _recipients(paper, block.recipients)


def _recipients(holder: Holder, names: tuple[str, ...]) -> None:
    if not names:
        return
    add(holder, "Nơi nhận:", bold=True, italic=True, size=12, align=ALIGNS["left"], indent=False, after=0)
    for place, name in enumerate(names, start=1):
        end = ";" if place < len(names) else "."
        words = f"- {name.rstrip(' ;.,')}{end}"
        add(holder, words, size=11, align=ALIGNS["left"], indent=False, after=0)


def _page_break(paper: WordDocument, block: PageBreak) -> None:
    add(paper, after=0, indent=False).add_run().add_break(WD_BREAK.PAGE)


WRITERS: dict[type, Callable[[WordDocument, Any], None]] = {
    National: _national,
    Corner: _corner,
    Title: _title,
    To: _to,
    Bases: _bases,
    Heading: _heading,
    Fields: _fields,
    Ticks: _ticks,
    Table: _table,
    Signatures: _signatures,
    Qr: write_qr,
    PageBreak: _page_break,
}
