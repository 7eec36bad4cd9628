"""What speaks against an office's Word template, each mistake with its place; nothing in it is ever run."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from ocop.paperwork.rules import Group, Kind
from ocop.paperwork.word.fields import FieldCode, fields_in, row_around
from ocop.paperwork.word.parts import Unreadable, W, parts_of, place_of

MOST_TEMPLATE_MB = 5
MOST_MISTAKES = 12
# Parts of other documents, programs and forms that a template does not need.
STRANGE = {"altChunk", "object", "subDoc", "control", "OLEObject", "MergeField"}
MAKE_FIELD = "Trong Word: Chèn → Phần nhanh → Trường → MergeField."


def mistakes_in(file: bytes, kind: Kind) -> list[str]:
    """Vietnamese sentences on all that must be mended before the template can be used; empty when it can."""
    try:
        found: list[str] = []
        named = 0
        for part, root in parts_of(file):
            found += _links(part, root)
            if part.startswith("word/") and part.endswith(".xml"):
                mistakes, count = _mistakes_in_part(part, root, kind)
                found += mistakes
                named += count
    except Unreadable as error:
        return [f"Tệp {error}. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên."]
    if not found and not named:
        return [f"Mẫu chưa có trường trộn thư nào của loại “{kind.name}”. {MAKE_FIELD}"]
    if len(found) > MOST_MISTAKES:
        rest = len(found) - MOST_MISTAKES
        return [*found[:MOST_MISTAKES], f"Còn {rest} lỗi nữa: sửa những lỗi trên rồi tải lại."]
    return found


def _mistakes_in_part(part: str, root: etree._Element, kind: Kind) -> tuple[list[str], int]:
    place, found, named = place_of(part), [], 0
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in STRANGE:
            found.append(f"{_where(place, element)}: có phần nhúng từ chương trình khác. Hãy xóa phần ấy.")
    fields = list(fields_in(root))
    groups = {field.name: group for group in kind.groups for field in group.fields}
    for field in fields:
        mistake = _mistake(field, kind)
        if mistake:
            found.append(f"{_where(place, field.element)}: {mistake}")
        elif field.name is not None:
            named += 1
            group = groups.get(field.name)
            if group is not None and row_around(field.element) is None:
                found.append(
                    f"{_where(place, field.element)}: trường “{field.name}” thuộc nhóm dòng “{group.label}”, "
                    "phải đặt trong một dòng của bảng."
                )
    return found + _mixed_rows(place, fields, groups), named


def _mistake(field: FieldCode, kind: Kind) -> str | None:
    if field.nested:
        return f"trường “{field.shown}” nằm lồng trong trường khác hoặc thiếu phần cuối. Hãy xóa rồi chèn lại."
    if field.counts_pages:
        return None
    if field.name is None:
        return f"trường “{field.shown}” không được dùng. Mẫu chỉ nhận MERGEFIELD và số trang; hãy xóa trường này."
    if field.name not in kind.names:
        return f"không có trường “{field.name[:60]}” trong loại “{kind.name}”. Xem danh sách trường và sửa lại tên."
    return None


def _mixed_rows(place: str, fields: list[FieldCode], groups: Mapping[str, Group]) -> list[str]:
    rows: dict[etree._Element, set[str]] = {}
    for field in fields:
        row = row_around(field.element)
        group = groups.get(field.name or "")
        if row is not None and group is not None:
            rows.setdefault(row, set()).add(group.name)
    return [
        f"{_where(place, row)}: một dòng của bảng chỉ chứa trường của một nhóm. Hãy tách thành hai bảng."
        for row, held in rows.items()
        if len(held) > 1
    ]


def _links(part: str, root: etree._Element) -> list[str]:
    """Links out of the paper: a mail address may stay, any other address is typed as text."""
    if not part.endswith(".rels"):
        return []
    return [
        f"Mẫu có liên kết tới “{target[:60]}”. Hãy bấm chuột phải vào liên kết, chọn “Loại bỏ siêu kết nối”."
        for target in (each.get("Target", "") for each in root if each.get("TargetMode", "").lower() == "external")
        if not target.lower().startswith("mailto:")
    ]


def _where(place: str, element: etree._Element) -> str:
    """Where somebody looks for it: the part of the paper and the words beside."""
    paragraph = next(element.iterancestors(f"{W}p"), None)
    if paragraph is None:
        paragraph = next(element.iter(f"{W}p"), None)
    words = " ".join("".join(paragraph.itertext(f"{W}t")).split()) if paragraph is not None else ""
    capital = place[:1].upper() + place[1:]
    return f"{capital}, chỗ “{words[:40]}{'…' if len(words) > 40 else ''}”" if words else capital
