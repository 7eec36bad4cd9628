"""Word templates, good and hostile, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ocop.paperwork.rules import Kind, parse_kinds
from ocop.paperwork.word.starter import merge_field

KIND: Kind = parse_kinds(
    {
        "shared": {"so_van_ban": "Số, ký hiệu"},
        "kinds": {
            "minutes": {
                "name": "Biên bản họp",
                "number": "{seq:02d}/BB-HĐ",
                "fields": {"co_quan": "Cơ quan", "ket_luan": "Kết luận"},
                "groups": {
                    "san_pham": {"label": "Sản phẩm", "fields": {"ten_san_pham": "Tên", "diem": "Điểm"}},
                    "thanh_vien": {"label": "Thành viên", "fields": {"ho_ten": "Họ và tên"}},
                },
            }
        },
    }
)["minutes"]


def template(*fields: str, rows: tuple[str, ...] = (), also: Callable[[docx.document.Document], None] | None = None):
    """A template with merge fields, one a paragraph, and a table row of others."""
    paper = docx.Document()
    for name in fields:
        merge_field(paper.add_paragraph(f"Chỗ của {name}: "), name)
    if rows:
        table = paper.add_table(rows=2, cols=len(rows))
        for cell, name in zip(table.rows[1].cells, rows, strict=True):
            merge_field(cell.paragraphs[0], name)
    if also is not None:
        also(paper)
    return saved(paper)


def saved(paper: docx.document.Document) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def with_field(instruction: str) -> bytes:
    """A good template that holds one more field."""

    def add(paper: docx.document.Document) -> None:
        complex_field(paper.add_paragraph("Trường lạ: "), instruction)

    return template("co_quan", also=add)


def complex_field(paragraph, instruction: str, *, inner: str = "", ends: bool = True) -> None:
    """A field as Word writes it, a field within it when asked."""
    _mark(paragraph, "begin")
    _instruction(paragraph, instruction)
    if inner:
        complex_field(paragraph, inner)
    if ends:
        _mark(paragraph, "separate")
        paragraph.add_run("kết quả")
        _mark(paragraph, "end")


def simple_field(paragraph, instruction: str) -> None:
    """A field of one element."""
    words = instruction.replace("&", "&amp;").replace('"', "&quot;")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{words}"><w:r><w:t>x</w:t></w:r></w:fldSimple>')
    )


def repacked(file: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    """The file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(file)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in change(parts).items():
            new.writestr(name, content)
    return out.getvalue()


def body(parts: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """The parts with words of the body replaced."""
    text = parts["word/document.xml"].decode()
    assert old in text, f"{old} is nowhere in the body"
    return {**parts, "word/document.xml": text.replace(old, new, 1).encode()}


def with_link(file: bytes, target: str, kind: str = "hyperlink") -> bytes:
    """The file with a relation that leads out of it."""
    name = "word/_rels/document.xml.rels"
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )

    def change(parts: dict[str, bytes]) -> dict[str, bytes]:
        return {**parts, name: parts[name].decode().replace("</Relationships>", relation).encode()}

    return repacked(file, change)


def said(file: bytes) -> list[str]:
    """The paragraphs of a filled template."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs]


def tables(file: bytes) -> list[list[list[str]]]:
    """The tables of a filled template, row by row."""
    found = docx.Document(io.BytesIO(file)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def _mark(paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph, words: str) -> None:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = words
    paragraph.add_run()._r.append(element)
