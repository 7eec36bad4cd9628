"""Word and Excel files: zipped folders that may hold a bomb, a macro or a way out of the house."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from ocop.files.contents.outward import outward_part
from ocop.files.rules import Kind

MEGABYTE = 1024 * 1024
MOST_PARTS = 3000
MOST_UNPACKED = 200 * MEGABYTE
# Drawings and tables pack well; what is large and packed tighter than this holds nothing a person wrote.
LARGE, TIGHTEST = 10 * MEGABYTE, 150
NESTED = {".zip", ".rar", ".7z", ".gz", ".docx", ".xlsx", ".docm", ".xlsm", ".pptx", ".jar", ".exe", ".bin"}
HARMLESS_BIN = re.compile(r"printerSettings\d*\.bin$", re.I)
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
SAVE_AGAIN = "Hãy mở tệp, chọn “Lưu thành PDF” rồi tải bản PDF lên."


def office_refusal(kind: Kind, source: BinaryIO, name: str) -> str | None:
    """A Vietnamese sentence when the file is broken, unfolds to too much, or holds a macro or another file."""
    try:
        with zipfile.ZipFile(source) as packed:
            return _refusal(packed, kind, name, source.seek(0, io.SEEK_END))
    except Exception:  # a reader may stumble over a broken file in any way
        return f"Tệp “{name}” bị hỏng, không mở được. Hãy mở bằng chương trình gốc, lưu lại rồi tải lên."


def _refusal(packed: zipfile.ZipFile, kind: Kind, name: str, size: int) -> str | None:
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    tight = _is_tight(unpacked, size) or any(_is_tight(part.file_size, part.compress_size) for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or tight:
        return f"Tệp “{name}” nén quá mức, bung ra sẽ rất lớn nên không nhận. {SAVE_AGAIN}"
    names = [part.filename for part in parts]
    if any("vbaproject" in each.lower() or "/activex/" in each.lower() for each in names):
        return f"Tệp “{name}” có macro (đoạn mã chạy được), không nhận được. {SAVE_AGAIN}"
    if any(map(_is_nested, names)):
        return f"Tệp “{name}” có tệp khác nén bên trong, không nhận được. {SAVE_AGAIN}"
    if MAIN_PARTS[kind.endings[0]] not in names:
        return (
            f"Tệp “{name}” mang đuôi .{kind.endings[0]} nhưng nội dung không phải {kind.name}. "
            "Hãy mở tệp bằng chương trình gốc, lưu lại đúng loại rồi tải lên."
        )
    if packed.testzip() is not None:
        raise zipfile.BadZipFile
    outward = outward_part(packed)
    return f"Tệp “{name}” {outward}, không nhận được. {SAVE_AGAIN}" if outward else None


def _is_tight(unpacked: int, packed: int) -> bool:
    return unpacked > LARGE and unpacked > TIGHTEST * max(packed, 1)


def _is_nested(part: str) -> bool:
    """Whether the part is a file of its own: an archive, a program, an object of another program."""
    place = PurePosixPath(part.lower())
    return "embeddings" in place.parts[:-1] or (place.suffix in NESTED and not HARMLESS_BIN.search(part))
