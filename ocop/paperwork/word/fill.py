"""A template with its merge fields filled: values go in as text, rows of a group repeat their table row."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping

from django.core.files.storage import default_storage
from mailmerge import MailMerge

from ocop.core.errors import Refused
from ocop.files.models import StoredFile
from ocop.paperwork.rules import Kind, Values
from ocop.paperwork.word.fields import fields_in
from ocop.paperwork.word.parts import W, parts_of
from ocop.ui.papers import cleaned
from ocop.ui.papers.word import timeless

NOT_FILLED = (
    "Mẫu Word của cơ quan không điền được. Hãy vào Văn thư → Mẫu văn bản, dùng lại mẫu chuẩn hoặc tải mẫu khác lên."
)


def fill(template: StoredFile, kind: Kind, values: Values) -> bytes:
    """A kept template filled; refused with the way out when that cannot be done."""
    with default_storage.open(template.path) as file:
        return filled(file.read(), kind, values)


def filled(template: bytes, kind: Kind, values: Values) -> bytes:
    """The template filled with the values of its kind; the same values give the same bytes."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library warns of switches that the check lets pass as text
            made = timeless(_merged(template, kind, values))
        left = [field for _, root in parts_of(made) for field in fields_in(root) if not field.counts_pages]
    except Exception as error:  # the library may stumble over a broken template in any way
        raise Refused(NOT_FILLED, field="file") from error
    if left:
        raise Refused(NOT_FILLED, field="file")
    return made


def _merged(template: bytes, kind: Kind, values: Values) -> bytes:
    singles = {name: cleaned(value) for name, value in values.items() if isinstance(value, str)}
    out = io.BytesIO()
    with MailMerge(io.BytesIO(template)) as merge:
        for group in kind.groups:
            told = values.get(group.name, ())
            assert not isinstance(told, str), "rows of a group are mappings"
            rows = [_row(row, [field.name for field in group.fields]) for row in told]
            for field in group.fields:
                if rows:
                    merge.merge_rows(field.name, rows)
                else:
                    _drop_rows(merge, field.name)
        merge.merge(**{name: singles.get(name, "") for name in kind.names})
        merge.write(out)
    return out.getvalue()


def _row(row: Mapping[str, str], names: list[str]) -> dict[str, str]:
    return {name: cleaned(row.get(name, "")) for name in names}


def _drop_rows(merge: MailMerge, name: str) -> None:
    """A group without rows leaves no empty row behind, nor a table without any."""
    for part in merge.docx.get_parts():
        for element in part["part"].findall(f'.//MergeField[@name="{name}"]'):
            row = next(element.iterancestors(f"{W}tr"), None)
            if row is None or row.getparent() is None:
                continue
            table = row.getparent()
            table.remove(row)
            if table.find(f".//{W}tr") is None and table.getparent() is not None:
                table.getparent().remove(table)
