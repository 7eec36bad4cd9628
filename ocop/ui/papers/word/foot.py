"""How a paper is checked, as it stands in a Word file: QR codes, the foot of an issued paper, the mark of a draft."""

from __future__ import annotations

import io
from typing import Any

import segno
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from ocop.ui.papers.blocks import Foot, Qr
from ocop.ui.papers.word.parts import BODY_WIDTH, add, drop_first, grid, lines_of, rule, say

LEFT = WD_ALIGN_PARAGRAPH.LEFT


def write_draft_mark(paper: WordDocument) -> None:
    """The words that no copy of a draft loses."""
    add(paper, "DỰ THẢO", bold=True, align=LEFT, indent=False)


def write_foot(paper: WordDocument, foot: Foot) -> None:
    """How anybody checks the paper, ruled off below it, and its code on every page."""
    rule(paper, BODY_WIDTH, BODY_WIDTH)
    left, right = grid(paper, [23, BODY_WIDTH - 23])
    _picture(add(left, indent=False), foot.address, 20)
    say_small: dict[str, Any] = {"size": 9.5, "align": LEFT, "indent": False, "after": 2}
    words = add(right, "Mã kiểm tra ", **say_small)
    say(words, foot.code, bold=True, size=9.5)
    say(words, f". Ai cũng kiểm tra được văn bản này: quét mã bên, hoặc mở {foot.address}", size=9.5)
    if foot.head_hash:
        head = f"Sổ nhật ký khi phát hành: việc số {foot.head_seq}, dấu {foot.head_hash}"
        add(right, head, **say_small)
    right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for cell in (left, right):
        drop_first(cell)
    section = paper.sections[0]
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.paragraph_format.first_line_indent = Mm(0)
        say(line, f"Mã kiểm tra: {foot.code}", size=9)


def _picture(paragraph: Paragraph, address: str, width: int) -> None:
    picture = io.BytesIO()
    segno.make(address, error="q", micro=False).save(picture, kind="png", scale=8, border=4)
    picture.seek(0)
    paragraph.add_run().add_picture(picture, width=Mm(width))


def write_qr(paper: WordDocument, block: Qr) -> None:
    """A QR code with words beside it."""
    left, right = grid(paper, [34, 129])
    _picture(add(left, indent=False), block.address, 30)
    for line in lines_of(block.words):
        add(right, line, size=12, align=LEFT, indent=False)
    right.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for cell in (left, right):
        drop_first(cell)
