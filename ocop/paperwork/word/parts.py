"""The parts of a Word file as XML, read without fetching, unfolding or running anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_UNPACKED = 20 * 1024 * 1024
PLACES = (("word/header", "đầu trang"), ("word/footer", "chân trang"), ("word/footnotes", "chú thích"))


class Unreadable(Exception):
    """The file is no Word file that is safe to read; the text says why in Vietnamese."""


def parts_of(file: bytes) -> Iterator[tuple[str, etree._Element]]:
    """Each XML part with its name; `Unreadable` for what no honest program writes."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            listed = packed.infolist()
            names = [part.filename.lower() for part in listed]
            if len(set(names)) < len(names):
                raise Unreadable("có hai phần trùng tên")
            if sum(part.file_size for part in listed) > MOST_UNPACKED:
                raise Unreadable("bung ra quá lớn")
            for part in listed:
                if part.filename.lower().endswith((".xml", ".rels")):
                    yield part.filename, _parsed(packed.read(part))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise Unreadable("bị hỏng, không đọc được") from error


def place_of(part: str) -> str:
    """Where a part stands in the paper, in Vietnamese."""
    return next((words for start, words in PLACES if part.startswith(start)), "thân văn bản")


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise Unreadable("có khai báo lạ (DOCTYPE)")
    return root
