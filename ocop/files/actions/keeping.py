"""Keeping an uploaded file, and pages joined into one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from ocop.accounts.models import User
from ocop.core.errors import Refused
from ocop.files.contents import content_refusal
from ocop.files.contents.pdf import join
from ocop.files.models import StoredFile, path_of, store_holds
from ocop.files.previews import make_page, make_previews
from ocop.files.rules import is_media_name, kind_of, size_refusal
from ocop.files.store import touch

MOST_PAGES = 40  # files joined into one; more belong into two papers


def clean_name(name: str) -> str:
    """A file name without folders, control signs or more than 150 characters, its ending kept."""
    plain = "".join(ch for ch in PurePath(name.replace("\\", "/")).name if ch.isprintable()).strip() or "tep"
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= 150 else f"{stem[: 149 - len(ending)]}{dot}{ending}"


def limit_of(name: str) -> int:
    """How many bytes a file of that name may have: sound and film have a limit of their own."""
    return (settings.OCOP_MAX_MEDIA_MB if is_media_name(name) else settings.OCOP_MAX_FILE_MB) * 1024 * 1024


def take_in(upload: File) -> StoredFile:
    """Check a file and put its bytes into the store; raises `Refused` with what to do. Gives the row, not yet kept.

    Nothing in the file is ever run. The work is long, so that it may be done before a transaction begins; bytes that
    no row names are tidied away.
    """
    name, size = clean_name(upload.name or "tep"), upload.size or 0
    refusal = size_refusal(size, limit_of(name), name)
    if refusal:
        raise Refused(refusal, field="file")
    source: Any = upload.file
    source.seek(0)
    kind = kind_of(source.read(8192), name)
    if isinstance(kind, str):
        raise Refused(kind, field="file")
    refusal = content_refusal(kind, source, name)
    if refusal:
        raise Refused(refusal, field="file")
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    _store(sha256, File(source), size)
    if kind.is_picture:
        make_previews(sha256, source)
    elif kind.is_pdf:
        make_page(sha256, 1)
    return StoredFile(sha256=sha256, name=name, content_type=kind.content_type, size=size)


def keep(taken: StoredFile, *, by: User | None, at: datetime) -> StoredFile:
    """Note who brought a file that was taken in, and when."""
    taken.uploaded_by, taken.uploaded_at = by, at
    taken.save(force_insert=True)
    return taken


def keep_upload(upload: File, *, by: User, at: datetime) -> StoredFile:
    """Check an upload and keep it; raises `Refused` with what to do, and keeps nothing then."""
    return keep(take_in(upload), by=by, at=at)


def keep_paper(content: bytes, *, name: str, content_type: str, by: User | None, at: datetime) -> StoredFile:
    """Keep a paper that the program itself made."""
    sha256 = hashlib.sha256(content).hexdigest()
    _store(sha256, ContentFile(content), len(content))
    return keep(StoredFile(sha256=sha256, name=name, content_type=content_type, size=len(content)), by=by, at=at)


def keep_made(
    source: IO[bytes], *, sha256: str, size: int, name: str, content_type: str, by: User | None, at: datetime
) -> StoredFile:
    """Keep something big that the program itself made (an archive), copied piece by piece."""
    source.seek(0)
    _store(sha256, File(source), size)
    return keep(StoredFile(sha256=sha256, name=name, content_type=content_type, size=size), by=by, at=at)


def joined_content(pages: Sequence[StoredFile]) -> bytes:
    """Pictures and PDF files as one PDF in their order, photos upright; the same pages give the same bytes.

    It writes nothing: whoever keeps the result may make it before its transaction begins.
    """
    if len(pages) > MOST_PAGES:
        raise Refused(
            f"Một giấy tờ ghép nhiều nhất {MOST_PAGES} tệp, đang có {len(pages)}. Hãy tách thành nhiều giấy tờ.",
            field="file",
        )
    for page in pages:
        if page.shape in {"sound", "film"}:
            raise Refused(
                f"“{page.name}” là bản ghi âm hoặc đoạn phim, không ghép được với trang khác. "
                "Bỏ tệp ấy khỏi danh sách, rồi thêm nó thành một giấy tờ riêng.",
                field="file",
            )
        if page.shape == "other":
            raise Refused(
                f"Chỉ ghép được ảnh và PDF; “{page.name}” là loại khác. Hãy tải tệp ấy thành một giấy tờ riêng.",
                field="file",
            )
    with ExitStack() as opened:
        content, _ = join(
            [(opened.enter_context(default_storage.open(page.path)), not page.has_preview) for page in pages]  # type: ignore[misc]
        )
    refusal = size_refusal(len(content), settings.OCOP_MAX_FILE_MB * 1024 * 1024, "ghép từ các trang")
    if refusal:
        raise Refused(refusal, field="file")
    return content


def join_pages(pages: Sequence[StoredFile], *, name: str, by: User, at: datetime) -> StoredFile:
    """Keep several pictures and PDF files as one PDF, their order kept."""
    content = joined_content(pages)
    return keep_paper(content, name=clean_name(f"{name}.pdf"), content_type="application/pdf", by=by, at=at)


def _store(sha256: str, content: File, size: int) -> None:
    """Put the bytes under their hash, once; a stump that an older program left is replaced."""
    if store_holds(sha256, size):
        touch(path_of(sha256))
        return
    content.seek(0)
    default_storage.save(path_of(sha256), content)
