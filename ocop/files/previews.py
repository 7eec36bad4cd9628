"""Small JPEGs of pictures and of the pages of a PDF: upright, without the place where they were taken, made once."""

from __future__ import annotations

import io
import subprocess
import sys
from threading import BoundedSemaphore
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from ocop.files.contents import draw
from ocop.files.contents.pictures import upright_jpeg
from ocop.files.models import StoredFile, path_of

PAGE, SMALL = 1600, 320  # points of the longer side: to read, and to recognise
SECONDS = 6  # of work for a page of a PDF
LONGEST = 20.0  # seconds that a page waits for its turn, and then for the machine
AT_ONCE = BoundedSemaphore(2)


def make_previews(sha256: str, source: BinaryIO) -> None:
    """Make what is missing of a picture's previews."""
    if all(default_storage.exists(preview_path(sha256, side)) for side in (PAGE, SMALL)):
        return
    page, _, _ = upright_jpeg(source, PAGE)
    _keep_both(sha256, 0, page)


def make_page(sha256: str, number: int) -> None:
    """Draw a page of a kept PDF; one that cannot be drawn is noted by empty previews, so that it is tried once."""
    if not default_storage.exists(preview_path(sha256, SMALL, number)):
        drawn = _drawn(default_storage.path(path_of(sha256)), number)
        if drawn is not None:
            _keep_both(sha256, number, drawn)


def open_preview(stored: StoredFile, side: int) -> File:
    """The preview of a picture; a file kept before previews were made gets its own now."""
    if not default_storage.exists(preview_path(stored.sha256, side)):
        with default_storage.open(stored.path) as original:
            make_previews(stored.sha256, original)  # type: ignore[arg-type]
    return default_storage.open(preview_path(stored.sha256, side))


def has_page(stored: StoredFile, number: int) -> bool:
    """Whether a page of a PDF can be shown as a picture; it is drawn when it is first asked for."""
    make_page(stored.sha256, number)
    path = preview_path(stored.sha256, PAGE, number)
    return default_storage.exists(path) and default_storage.size(path) > 0


def open_page(stored: StoredFile, number: int, side: int) -> File:
    """The picture of a page that `has_page`."""
    return default_storage.open(preview_path(stored.sha256, side, number))


def preview_path(sha256: str, side: int, number: int = 0) -> str:
    """Where the preview of that hash lies in the store; of a PDF, of that page."""
    return f"previews/{sha256[:2]}/{sha256}-{f'p{number}-' if number else ''}{side}.jpg"


def _keep_both(sha256: str, number: int, page: bytes) -> None:
    small = upright_jpeg(io.BytesIO(page), SMALL)[0] if page else b""
    for side, content in ((PAGE, page), (SMALL, small)):
        default_storage.save(preview_path(sha256, side, number), ContentFile(content))


def _drawn(place: str, number: int) -> bytes | None:
    """The page as a JPEG; nothing in it when it cannot be drawn, None when there was no time to find out."""
    if not AT_ONCE.acquire(timeout=LONGEST):
        return None
    try:
        # The place is one of the store's own, named by a hash.
        command = [sys.executable, "-I", draw.__file__, place, str(number), str(PAGE), str(SECONDS)]
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    finally:
        AT_ONCE.release()
    return done.stdout if done.returncode == 0 else b""
