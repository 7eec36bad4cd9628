"""Files on their way, by the tus protocol (1.0: creation, expiration, termination), for their owner alone."""

from __future__ import annotations

import base64
import binascii
import tempfile
from collections.abc import Callable
from functools import wraps
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.files.actions import MOST_WAITING, WrongOffset, append_upload, end_upload, end_waiting_uploads, start_upload
from ocop.files.delivery import show_file
from ocop.files.models import Upload
from ocop.files.queries import uploads_of, waiting_uploads
from ocop.files.rules import keys_in

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
PIECE = "application/offset+octet-stream"
MEGABYTE = 1024 * 1024

View = Callable[..., HttpResponseBase]


def speaks_tus(view: View) -> View:
    """Every answer names the protocol's version, a client of another one is told so; a refusal is 422 with words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412)
            response["Tus-Version"] = VERSION
        else:
            try:
                response = view(request, *args, **kwargs)
            except Refused as refused:
                status = 409 if isinstance(refused, WrongOffset) else 422
                response = JsonResponse({"message": refused.message}, status=status)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return guarded


@signed_in
@require_http_methods(["OPTIONS", "POST"])
@speaks_tus
def uploads(request: OfficeRequest) -> HttpResponse:
    """What this server takes, or a new upload."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Tus-Version"] = VERSION
        response["Tus-Extension"] = EXTENSIONS
        response["Tus-Max-Size"] = max(settings.OCOP_MAX_FILE_MB, settings.OCOP_MAX_MEDIA_MB) * MEGABYTE
        return response
    length = whole(request.headers.get("Upload-Length", ""))
    if length is None:
        return HttpResponse(status=400)
    name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    started = start_upload(name=name, length=length, by=request.user, at=request.now)
    response = HttpResponse(status=201)
    response["Location"] = reverse("files:upload", args=[started.key])
    return _with_end(response, started)


@signed_in
@require_http_methods(["HEAD", "PATCH", "DELETE"])
@speaks_tus
def upload(request: OfficeRequest, key: UUID) -> HttpResponse:
    """How far an upload has come, its next piece, or its end."""
    found = _own_upload(request, key)
    if request.method == "DELETE":
        end_upload(upload=found, by=request.user, at=request.now)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        if request.content_type != PIECE:
            return HttpResponse(status=415)
        offset = whole(request.headers.get("Upload-Offset", ""))
        if offset is None:
            return HttpResponse(status=400)
        with tempfile.SpooledTemporaryFile(max_size=2 * MEGABYTE) as piece:
            size = _receive(request, piece, most=found.length - found.offset + 1)  # type: ignore[arg-type]
            found = append_upload(
                upload=found,
                offset=offset,
                content=piece,  # type: ignore[arg-type]
                size=size,
                by=request.user,
                at=request.now,
            )
    response = HttpResponse(status=204 if request.method == "PATCH" else 200)
    response["Upload-Offset"] = found.offset
    response["Upload-Length"] = found.length
    return _with_end(response, found)


@signed_in
@require_GET
def upload_preview(request: OfficeRequest, key: UUID) -> HttpResponseBase:
    """What has come, for the page on which its owner still types."""
    found = _own_upload(request, key)
    if found.stored is None:
        raise Http404("Tệp chưa tải lên hết.")
    return show_file(request, found.stored)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: OfficeRequest) -> HttpResponse:
    """What a person has sent and not put to use yet, each to look at or let go of."""
    if request.method == "POST":
        if "all" in request.POST:
            gone = end_waiting_uploads(by=request.user, at=request.now)
            messages.success(request, f"Đã bỏ {gone} tệp đang chờ." if gone else "Không còn tệp nào đang chờ.")
            return redirect("files:waiting")
        keys = keys_in([request.POST.get("drop", "")])
        found = waiting_uploads(request.user, request.now).filter(key__in=keys).first()
        if found is not None:
            end_upload(upload=found, by=request.user, at=request.now)
            messages.success(request, f"Đã bỏ “{found.name}”.")
        return redirect("files:waiting")
    rows = list(waiting_uploads(request.user, request.now).order_by("pk")[:MOST_WAITING])
    weight = sum(row.length for row in rows)
    return render(request, "files/waiting.html", {"rows": rows, "weight": weight, "most": MOST_WAITING})


def _own_upload(request: OfficeRequest, key: UUID) -> Upload:
    return get_object_or_404(uploads_of(request.user, request.now), key=key)


def _with_end(response: HttpResponse, upload: Upload) -> HttpResponse:
    response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response


def _receive(request: HttpRequest, piece: BinaryIO, *, most: int) -> int:
    """Take what comes of the body, at most `most` bytes; what came before the line broke is kept as well."""
    taken = 0
    try:
        while taken < most and (chunk := request.read(min(256 * 1024, most - taken))):
            taken += piece.write(chunk)
    except (UnreadablePostError, OSError):
        pass
    piece.seek(0)
    return taken


def _metadata(header: str) -> dict[str, str]:
    """The key-value pairs of an Upload-Metadata header; what cannot be read is left out."""
    found = {}
    for pair in header.split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
