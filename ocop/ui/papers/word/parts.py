"""What a Word file is built of: paragraphs, dots to write on, boxes to tick, tables of a given width."""

from __future__ import annotations

from functools import cache
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from PIL import ImageFont

from ocop.ui.papers import FONTS

LETTERS = "Times New Roman"  # metrically the same as Tinos of the PDF
SIZE = 13
BOXES = "Segoe UI Symbol"  # Times New Roman has no ☐
EMPTY, TICKED = "☐", "☒"
BODY_WIDTH = 163  # mm: A4 less the margins 30 and 17
CENTRE: dict[str, Any] = {"align": WD_ALIGN_PARAGRAPH.CENTER, "indent": False}
# What the schema puts after a paragraph's border; Word refuses a file that has it otherwise.
AFTER_BORDER = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")

Holder = WordDocument | _Cell


def set_letters(properties: Any, name: str) -> None:
    """The typeface of a run or style, for every script."""
    letters = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        letters.set(qn(script), name)


def add(
    holder: Holder,
    text: str = "",
    *,
    align: Any = None,
    indent: bool = True,
    bold: bool = False,
    italic: bool = False,
    size: float | None = None,
    before: float | None = None,
    after: float | None = None,
    stays: bool = False,
    left: float = 0,
) -> Paragraph:
    """A new paragraph of the holder; what is not said follows the body."""
    paragraph = holder.add_paragraph()
    form = paragraph.paragraph_format
    if align is not None:
        form.alignment = align
    if not indent:
        form.first_line_indent = Mm(0)
    if before is not None:
        form.space_before = Pt(before)
    if after is not None:
        form.space_after = Pt(after)
    if left:
        form.left_indent = Mm(left)
    form.keep_with_next = stays or None
    say(paragraph, text, bold=bold, italic=italic, size=size)
    return paragraph


def say(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: float | None = None
) -> None:
    """More words in the paragraph."""
    if text:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None
        if size is not None:
            run.font.size = Pt(size)


def tick_box(paragraph: Paragraph, chosen: bool) -> None:
    """A box, ticked or empty, behind the words of the paragraph."""
    set_letters(paragraph.add_run(TICKED if chosen else EMPTY)._r.get_or_add_rPr(), BOXES)


def dots(paragraph: Paragraph, until: float = BODY_WIDTH) -> None:
    """Dots to write on, from the last word to so many mm from the margin."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(until), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    paragraph.add_run("\t")


def rule(holder: Holder, length: float, width: float) -> None:
    """A centred line of that length below the last paragraph."""
    paragraph = add(holder, " ", size=2, after=3, **CENTRE)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(border, *AFTER_BORDER)
    paragraph.paragraph_format.line_spacing = 1
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((width - length) / 2)


def lines_of(value: str) -> list[str]:
    """The lines of a value that say something."""
    return [line.strip() for line in value.split("\n") if line.strip()]


def grid(paper: WordDocument, widths: list[float]) -> list[_Cell]:
    """One row of cells without borders, their first paragraph still empty."""
    table = paper.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    keep_whole(table.rows[0])
    set_widths(table, widths)
    _no_padding(table)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Mm(width)
    return list(table.rows[0].cells)


def set_widths(table: Any, widths: list[float]) -> None:
    """The widths of the columns, which not every program takes from the cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _no_padding(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def keep_whole(row: Any) -> None:
    """A row that no page parts."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def drop_first(cell: _Cell) -> None:
    """Takes away the empty paragraph a new cell begins with, once others are there."""
    if len(cell.paragraphs) > 1:
        cell._tc.remove(cell.paragraphs[0]._p)


def length_of(text: str) -> float:
    """How many mm the text takes on a line."""
    return _letters().getlength(text.replace("\n", " ")) / 1000 * SIZE * 25.4 / 72


@cache
def _letters() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "Tinos-Regular.ttf", 1000, layout_engine=ImageFont.Layout.BASIC)
