"""Handing a kept file to a person whom a view has let in. There is no other way to the bytes."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from ocop.files.models import StoredFile

# A file runs nothing and loads nothing. The browser's own picture and PDF pages need their inline style and plug-in.
FILE_POLICY = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'"
)


def hand_out(stored: StoredFile) -> FileResponse:
    """The file, shown in the page when a browser can show it safely, else as a download; never cached by others."""
    if not default_storage.exists(stored.path):
        raise Http404("Không tìm thấy tệp trong kho.")
    response = FileResponse(
        default_storage.open(stored.path),
        as_attachment=not stored.shows_in_page,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response
