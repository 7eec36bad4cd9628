"""What lies inside a file: opened once, judged in Vietnamese words; nothing inside is ever run. Bytes in, words out."""

from __future__ import annotations

from typing import BinaryIO

from ocop.files.contents.media import media_refusal
from ocop.files.contents.office import office_refusal
from ocop.files.contents.pdf import pdf_refusal
from ocop.files.contents.pictures import picture_refusal
from ocop.files.rules import Kind


def content_refusal(kind: Kind, source: BinaryIO, name: str) -> str | None:
    """A Vietnamese sentence when what lies inside the file may not be kept, else None."""
    source.seek(0)
    if kind.is_picture:
        return picture_refusal(source, name)
    if kind.is_pdf:
        return pdf_refusal(source, name)
    if kind.is_media:
        return media_refusal(kind, source, name)
    return office_refusal(kind, source, name)
