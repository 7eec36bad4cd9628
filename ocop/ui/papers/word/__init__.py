"""A paper's blocks as a Word file: A4, margins and letters of NĐ 30/2020/NĐ-CP, as `document.typ` prints them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ocop.ui.papers.blocks import Document, Signatures, Text
from ocop.ui.papers.word.blocks import INDENT, write_block
from ocop.ui.papers.word.foot import write_draft_mark, write_foot
from ocop.ui.papers.word.parts import LETTERS, SIZE, set_letters

FIXED = datetime(2020, 3, 5, tzinfo=UTC)  # NĐ 30/2020/NĐ-CP; a file must not change with the moment of printing


def write(document: Document) -> bytes:
    """The Word file of a document whose words are clean."""
    paper = docx.Document()
    _page(paper, document)
    if document.draft:
        write_draft_mark(paper)
    for place, block in enumerate(document.blocks):
        following = document.blocks[place + 1] if place + 1 < len(document.blocks) else None
        write_block(paper, block, stays=isinstance(block, Text) and isinstance(following, Signatures))
    if document.foot is not None:
        write_foot(paper, document.foot)
    out = io.BytesIO()
    paper.save(out)
    return timeless(out.getvalue())


def _page(paper: WordDocument, document: Document) -> None:
    properties = paper.core_properties
    properties.title, properties.author = document.title[:255], document.author[:255]
    properties.created = properties.modified = FIXED
    properties.last_modified_by, properties.comments, properties.language = "", "", "vi-VN"
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    section.header_distance, section.footer_distance = Mm(10), Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.first_line_indent = Mm(0)
    _page_number(number)
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = LETTERS, Pt(SIZE)
    set_letters(style.element.get_or_add_rPr(), LETTERS)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(4.3), 1.1
    form.first_line_indent, form.alignment = Mm(INDENT), WD_ALIGN_PARAGRAPH.JUSTIFY


def _page_number(paragraph: Paragraph) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def timeless(file: bytes) -> bytes:
    """The same file with every part dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
