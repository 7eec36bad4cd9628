"""Small JPEGs of pictures: upright, without the place where they were taken, made once and kept beside the files."""

from __future__ import annotations

import io
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from ocop.files.contents.pictures import upright_jpeg
from ocop.files.models import StoredFile

PAGE, SMALL = 1600, 320  # points of the longer side: to read, and to recognise


def make_previews(sha256: str, source: BinaryIO) -> None:
    """Make what is missing of a picture's previews."""
    if all(default_storage.exists(preview_path(sha256, side)) for side in (PAGE, SMALL)):
        return
    page, _, _ = upright_jpeg(source, PAGE)
    small, _, _ = upright_jpeg(io.BytesIO(page), SMALL)
    for side, content in ((PAGE, page), (SMALL, small)):
        default_storage.save(preview_path(sha256, side), ContentFile(content))


def open_preview(stored: StoredFile, side: int) -> File:
    """The preview of a picture; a file kept before previews were made gets its own now."""
    if not default_storage.exists(preview_path(stored.sha256, side)):
        with default_storage.open(stored.path) as original:
            make_previews(stored.sha256, original)  # type: ignore[arg-type]
    return default_storage.open(preview_path(stored.sha256, side))


def preview_path(sha256: str, side: int) -> str:
    """Where the preview of that hash lies in the store."""
    return f"previews/{sha256[:2]}/{sha256}-{side}.jpg"
