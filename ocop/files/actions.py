"""Keeping an uploaded file."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from ocop.accounts.models import User
from ocop.core.errors import Refused
from ocop.files.models import StoredFile, path_of, store_holds
from ocop.files.rules import kind_of, size_refusal

MOST_PIXELS = 80_000_000


def clean_name(name: str) -> str:
    """A file name without folders, control signs or more than 150 characters, its ending kept."""
    plain = "".join(ch for ch in PurePath(name.replace("\\", "/")).name if ch.isprintable()).strip() or "tep"
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= 150 else f"{stem[: 149 - len(ending)]}{dot}{ending}"


def keep_upload(upload: UploadedFile, *, by: User, at: datetime) -> StoredFile:
    """Check an upload and keep it; raises `Refused` with what to do, and keeps nothing then."""
    name = clean_name(upload.name or "tep")
    refusal = size_refusal(upload.size or 0, settings.OCOP_MAX_FILE_MB * 1024 * 1024, name)
    if refusal:
        raise Refused(refusal, field="file")
    upload.seek(0)
    kind = kind_of(upload.read(8192), name)
    if isinstance(kind, str):
        raise Refused(kind, field="file")
    if kind.content_type in {"image/jpeg", "image/png", "image/webp"}:
        _check_picture(upload, name)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    _store(sha256, File(upload), upload.size or 0)
    return StoredFile.objects.create(
        sha256=sha256,
        name=name,
        content_type=kind.content_type,
        size=upload.size or 0,
        uploaded_by=by,
        uploaded_at=at,
    )


def keep_paper(content: bytes, *, name: str, content_type: str, by: User | None, at: datetime) -> StoredFile:
    """Keep a paper that the program itself made."""
    sha256 = hashlib.sha256(content).hexdigest()
    _store(sha256, ContentFile(content), len(content))
    return StoredFile.objects.create(
        sha256=sha256, name=name, content_type=content_type, size=len(content), uploaded_by=by, uploaded_at=at
    )


def _store(sha256: str, content: File, size: int) -> None:
    """Put the bytes under their hash, once; a stump that an older program left is replaced."""
    if store_holds(sha256, size):
        return
    content.seek(0)
    default_storage.save(path_of(sha256), content)


def _check_picture(upload: UploadedFile, name: str) -> None:
    """Open the picture once: a broken one or one of too many pixels is refused."""
    upload.seek(0)
    try:
        with Image.open(upload) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise Refused(
                    f"Ảnh “{name}” quá lớn ({width} × {height} điểm ảnh). Hãy chụp lại ở cỡ nhỏ hơn.", field="file"
                )
            picture.verify()
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"Ảnh “{name}” bị hỏng, không mở được. Hãy chụp hoặc chọn lại.", field="file") from error
