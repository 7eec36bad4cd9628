"""Handing a kept file to a person whom a view has let in: there is no other way to the bytes. And uploads on a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.urls import reverse

from ocop.files.models import StoredFile, Upload
from ocop.files.previews import PAGE, SMALL, open_preview

# A file runs nothing and loads nothing. The browser's own picture and PDF pages need their inline style and plug-in.
FILE_POLICY = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'"
)


def hand_out(stored: StoredFile) -> FileResponse:
    """The file, shown in the page when a browser can show it safely, else as a download; never cached by others."""
    if not default_storage.exists(stored.path):
        raise Http404("Không tìm thấy tệp trong kho.")
    return _guarded(
        FileResponse(
            default_storage.open(stored.path),
            as_attachment=not stored.shows_in_page,
            filename=stored.name,
            content_type=stored.content_type,
        )
    )


def hand_out_preview(stored: StoredFile, *, small: bool = False) -> FileResponse:
    """What a page shows of the file: of a picture an upright JPEG that tells no place, else the file itself."""
    if not stored.has_preview:
        return hand_out(stored)
    if not default_storage.exists(stored.path):
        raise Http404("Không tìm thấy tệp trong kho.")
    return _guarded(FileResponse(open_preview(stored, SMALL if small else PAGE), content_type="image/jpeg"))


def held_card(upload: Upload) -> dict[str, Any]:
    """A held upload as the page's list shows it."""
    return {
        "key": upload.key,
        "name": upload.name,
        "size": upload.length,
        "shape": upload.stored.shape if upload.stored else "other",
        "address": reverse("files:upload", args=[upload.key]),
        "url": reverse("files:upload-preview", args=[upload.key]),
    }


def upload_context(held: Iterable[Upload]) -> dict[str, Any]:
    """What the upload field of a page needs."""
    return {
        "held": [held_card(upload) for upload in held],
        "upload_url": reverse("files:uploads"),
        "limit_mb": settings.OCOP_MAX_FILE_MB,
    }


def _guarded(response: FileResponse) -> FileResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response
