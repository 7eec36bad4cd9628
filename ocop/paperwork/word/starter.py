"""A template to begin with: every merge field of a kind under its label, every group as a table row."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ocop.paperwork.rules import Kind
from ocop.ui.papers.word import timeless
from ocop.ui.papers.word.parts import LETTERS, SIZE, set_letters


def starter(kind: Kind) -> bytes:
    """The Word file; the same kind gives the same bytes."""
    paper = docx.Document()
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = LETTERS, Pt(SIZE)
    set_letters(style.element.get_or_add_rPr(), LETTERS)
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(17)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(kind.name.upper()).bold = True
    note = paper.add_paragraph()
    note.add_run(
        "Sửa bố cục, chữ, cỡ chữ tùy ý; giữ nguyên các trường trong ngoặc « ». "
        "Trường không cần thì xóa đi, dòng này cũng xóa đi."
    ).italic = True
    for field in kind.fields:
        merge_field(paper.add_paragraph(f"{field.label}: "), field.name)
    for group in kind.groups:
        paper.add_paragraph().add_run(group.label).bold = True
        table = paper.add_table(rows=2, cols=len(group.fields), style="Table Grid")
        for cell, field in zip(table.rows[0].cells, group.fields, strict=True):
            cell.paragraphs[0].add_run(field.label).bold = True
        for cell, field in zip(table.rows[1].cells, group.fields, strict=True):
            merge_field(cell.paragraphs[0], field.name)
    out = io.BytesIO()
    paper.save(out)
    return timeless(out.getvalue())


def merge_field(paragraph: Paragraph, name: str) -> None:
    """A merge field at the end of the paragraph, as Word itself writes one."""
    for kind, words in (("begin", ""), ("", f" MERGEFIELD {name} "), ("separate", ""), ("show", name), ("end", "")):
        run = paragraph.add_run(f"«{words}»" if kind == "show" else "")
        if kind == "":
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = words
            run._r.append(mark)
        elif kind != "show":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
