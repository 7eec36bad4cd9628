"""Handing a kept file to a person whom a view has let in: there is no other way to the bytes. And uploads on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from ocop.core.pages import whole
from ocop.files.models import StoredFile, Upload
from ocop.files.previews import PAGE, SMALL, has_page, open_page, open_preview
from ocop.files.queries import pages_in

# A file runs nothing and loads nothing. The browser's own pages for a picture, a PDF and a recording need their inline
# style, plug-in and player.
FILE_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'"
)
BLOCK = 64 * 1024
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
IN_A_PAGE = {"pdf", "sound", "film"}  # shapes that the viewer shows in a small page of their own


def hand_out(stored: StoredFile, request: HttpRequest | None = None) -> FileResponse:
    """The file, shown in the page when a browser can show it safely, else as a download; never cached by others.

    With the request a part of it is answered as well: players seek in sound and film, some play nothing without.
    """
    if not default_storage.exists(stored.path):
        raise Http404("Không tìm thấy tệp trong kho.")
    content: Any = default_storage.open(stored.path)
    response = FileResponse(
        content,
        as_attachment=not stored.shows_in_page,
        filename=stored.name,
        content_type=stored.content_type,
    )
    response["Accept-Ranges"] = "bytes"
    response.block_size = BLOCK
    if request is not None:
        _narrow(response, content, request.headers.get("Range", ""))
    return _guarded(response)


def hand_out_preview(stored: StoredFile, *, small: bool = False) -> FileResponse:
    """What a page shows of the file as a picture: upright and telling no place, the first page of a PDF when small."""
    if stored.shape == "pdf" and small:
        return hand_out_page(stored, 1, small=True)
    if not stored.has_preview:
        return hand_out(stored)
    if not default_storage.exists(stored.path):
        raise Http404("Không tìm thấy tệp trong kho.")
    return _guarded(FileResponse(open_preview(stored, SMALL if small else PAGE), content_type="image/jpeg"))


def hand_out_page(stored: StoredFile, number: int, *, small: bool = False) -> FileResponse:
    """A page of a PDF as a picture; not found where there is none or where it cannot be drawn."""
    if stored.shape != "pdf" or not default_storage.exists(stored.path) or not 1 <= number <= pages_in(stored):
        raise Http404("Không có trang này.")
    if not has_page(stored, number):
        raise Http404("Trang này không vẽ được thành ảnh.")
    return _guarded(FileResponse(open_page(stored, number, SMALL if small else PAGE), content_type="image/jpeg"))


def show_file(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """What the evidence viewer shows of a file, under one address of the owning room.

    A picture is itself; PDF, sound and film are a small page with `?trang=` the page shown. That page asks the same
    address for `?anh=` (a page of the PDF as a picture) and `?goc` (the file itself); lists ask for `?nho`.
    """
    if "goc" in request.GET:
        return hand_out(stored, request)
    if "anh" in request.GET:
        return hand_out_page(stored, whole(request.GET["anh"]) or 0)
    if "nho" in request.GET or stored.shape not in IN_A_PAGE:
        return hand_out_preview(stored, small="nho" in request.GET)
    if not default_storage.exists(stored.path):
        raise Http404("Không tìm thấy tệp trong kho.")
    context: dict[str, Any] = {"file": stored}
    if stored.shape == "pdf":
        pages = pages_in(stored)
        number = min(max(whole(request.GET.get("trang", "")) or 1, 1), pages)
        context |= {
            "number": number,
            "pages": pages,
            "before": number - 1,
            "after": number + 1 if number < pages else 0,
            "drawn": has_page(stored, number),
        }
    response: HttpResponse = render(request, "files/show.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def shown_at(stored: StoredFile, address: str) -> str:
    """Where the viewer shows a file whose door hands it out at `address` and shows it with `?xem`."""
    return address if stored.is_picture or stored.shape == "other" else f"{address}?xem"


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
        "waiting_url": reverse("files:waiting"),
        "limit_mb": settings.OCOP_MAX_FILE_MB,
        "media_limit_mb": settings.OCOP_MAX_MEDIA_MB,
    }


class _Part:
    """A file read from `start` and no further than `length` bytes."""

    def __init__(self, content: IO[bytes], start: int, length: int) -> None:
        content.seek(start)
        self.content, self.left = content, length

    def read(self, size: int = -1) -> bytes:
        taken = self.content.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(taken)
        return taken

    def close(self) -> None:
        self.content.close()


def _narrow(response: FileResponse, content: IO[bytes], wanted: str) -> None:
    """Answer the one range of bytes that was asked for; anything else is answered with the whole file."""
    asked = RANGE.fullmatch(wanted.strip())
    if asked is None or not any(asked.groups()):
        return
    size = int(response["Content-Length"])
    first, last = (int(text) if text else None for text in asked.groups())
    start = max(size - (last or 0), 0) if first is None else first
    end = size - 1 if first is None or last is None else min(last, size - 1)
    if start > end:
        response.status_code = 416
        response["Content-Range"] = f"bytes */{size}"
        start, end = 0, -1
    else:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.streaming_content = _Part(content, start, end - start + 1)  # type: ignore[assignment]
    response["Content-Length"] = str(end - start + 1)


def _guarded(response: FileResponse) -> FileResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = FILE_POLICY
    return response
