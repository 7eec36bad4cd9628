"""Files on their way: started, sent in pieces, finished, claimed by what they are for, tidied away when forgotten.

None of this is an act of the office: a file enters the ledger with the paper that claims it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, ProtectedError, Sum

from ocop.accounts.models import User
from ocop.core.errors import Refused, Stale
from ocop.files.actions.keeping import clean_name, keep, limit_of, take_in
from ocop.files.models import StoredFile, Upload
from ocop.files.queries import held_uploads, waiting_uploads
from ocop.files.rules import kind_of, refusal_of_name, size_refusal
from ocop.files.store import drop_part, part_path, part_size, write_part

MEGABYTE = 1024 * 1024
HOLDS = timedelta(days=2)  # since the last byte; a lost signal, a night, a market day
HOLDS_SENT = timedelta(days=1)  # what came with a form that was refused: whoever sent it sits before that form
MOST_WAITING = 100
MOST_WAITING_BYTES = 600 * MEGABYTE
GONE = "Tệp này không còn được giữ tạm (để quá lâu hoặc đã bỏ). Hãy chọn lại tệp."
WAY_ON = "Hãy lưu chúng thành giấy tờ, hoặc bỏ bớt ở trang “Tệp đang chờ”, rồi thêm tiếp."


class WrongOffset(Stale):
    """The piece does not begin where the bytes kept so far end."""


@transaction.atomic
def start_upload(*, name: str, length: int, by: User, at: datetime) -> Upload:
    """Announce a file of `length` bytes; refused at once when it would be refused at the end."""
    name = clean_name(name)
    refusal = refusal_of_name(name) or size_refusal(length, limit_of(name), name)
    if not length:
        refusal = str(kind_of(b"", name))
    if refusal:
        raise Refused(refusal, field="file")
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    check_room(by, length, at)
    return Upload.objects.create(owner=by, name=name, length=length, started_at=at, expires_at=at + HOLDS)


def append_upload(*, upload: Upload, offset: int, content: BinaryIO, size: int, by: User, at: datetime) -> Upload:
    """Add a piece of `size` bytes that begins at `offset`; with the last one the file is checked and kept.

    A file that may not be kept is refused in words, and nothing of it stays.
    """
    with transaction.atomic():
        locked = lock_upload(upload, by=by, at=at)
        if locked.offset != offset:
            raise WrongOffset(f"Đã có {locked.offset} byte của tệp, phần gửi lên bắt đầu ở {offset}.", field="file")
        if offset + size > locked.length:
            raise Refused("Tệp dài hơn đã báo. Hãy chọn lại tệp.", field="file")
        if locked.stored_id is None:
            if part_size(locked.key) < offset:  # the store was put back to an older state
                raise Refused(GONE, field="file")
            locked.offset = write_part(locked.key, offset, content)
            locked.expires_at = at + HOLDS
            locked.save(update_fields=["offset", "expires_at"])
    if locked.is_whole and locked.stored_id is None:
        finish_upload(upload=locked, by=by, at=at)
    return locked


def finish_upload(*, upload: Upload, by: User, at: datetime) -> StoredFile:
    """Check and keep a file whose bytes have all come, once; refused in words, and then nothing of it stays."""
    if upload.stored is not None:
        return upload.stored
    if not upload.is_whole:
        raise Refused(f"Tệp “{upload.name}” chưa tải lên hết. Chờ thanh tiến độ chạy xong rồi lưu lại.", field="file")
    try:
        with part_path(upload.key).open("rb") as content:
            taken = take_in(File(content, name=upload.name))
    except FileNotFoundError as error:
        raise Refused(GONE, field="file") from error
    except Refused:
        end_upload(upload=upload, by=by, at=at)
        raise
    with transaction.atomic():
        locked = lock_upload(upload, by=by, at=at)
        if locked.stored is None:
            locked.stored = keep(taken, by=by, at=at)
            locked.save(update_fields=["stored"])
    upload.stored = locked.stored
    drop_part(upload.key)
    return locked.stored


def finish_uploads(*, keys: Sequence[UUID], by: User, at: datetime) -> list[StoredFile]:
    """The files of uploads in the order of `keys`; one whose last answer got lost on the way is finished now."""
    whole = held_uploads(by, at, keys)
    if len(whole) < len(set(keys)):
        raise Refused(
            "Có tệp chưa tải lên hết, hoặc đã để quá lâu. Chờ tải xong, hoặc bỏ và chọn lại tệp ấy.",
            field="file",
        )
    return [finish_upload(upload=upload, by=by, at=at) for upload in whole]


def hold_upload(*, file: File, by: User, at: datetime) -> Upload:
    """Check and hold a file that came whole with a form, so that a refusal of the form does not lose it."""
    check_room(by, file.size or 0, at)  # before the long work; once more when it counts
    taken = take_in(file)
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=by.pk)
        check_room(by, taken.size, at)
        stored = keep(taken, by=by, at=at)
        return Upload.objects.create(
            owner=by,
            name=stored.name,
            length=stored.size,
            offset=stored.size,
            started_at=at,
            expires_at=at + HOLDS_SENT,
            stored=stored,
        )


def claim_uploads(*, keys: Sequence[UUID], by: User, at: datetime) -> list[StoredFile]:
    """The files of finished uploads in the order of `keys`, claimed for something inside the caller's transaction."""
    rows = Upload.objects.select_for_update(of=("self",)).filter(key__in=keys, owner=by, expires_at__gt=at)
    found = {upload.key: upload.stored for upload in rows.select_related("stored") if upload.stored}
    if len(found) < len(set(keys)):
        raise Refused(GONE, field="file")
    Upload.objects.filter(key__in=found).update(claimed_at=at)
    return [found[key] for key in dict.fromkeys(keys)]


def hold_sent(*, file: File | None, key: str, by: User, at: datetime) -> Upload | None:
    """The one file of a form: what came with it, held; else what is held under `key` since it was refused before."""
    if file is not None:
        return hold_upload(file=file, by=by, at=at)
    try:
        held = held_uploads(by, at, [UUID(key)])
    except ValueError:
        return None
    return held[0] if held else None


@transaction.atomic
def end_upload(*, upload: Upload, by: User, at: datetime) -> None:
    """Its owner no longer wants the file: the row and the bytes go; what has claimed the file keeps it."""
    locked = lock_upload(upload, by=by, at=at)
    locked.delete()
    forget(locked)


@transaction.atomic
def end_waiting_uploads(*, by: User, at: datetime) -> int:
    """A person lets go of everything that waits and nothing has claimed; how many files went."""
    waiting = list(waiting_uploads(by, at).select_for_update(of=("self",)))
    for upload in waiting:
        upload.delete()
        forget(upload)
    return len(waiting)


def check_room(by: User, length: int, at: datetime) -> None:
    """Refuse one more file of `length` bytes where too many, or too heavy ones, wait for the person already."""
    waiting = waiting_uploads(by, at).aggregate(count=Count("pk"), bytes=Sum("length"))
    if waiting["count"] >= MOST_WAITING:
        raise Refused(f"Bạn đang có {waiting['count']} tệp chờ. {WAY_ON}", field="file")
    if (waiting["bytes"] or 0) + length > MOST_WAITING_BYTES:
        raise Refused(
            f"Thêm tệp này thì các tệp đang chờ nặng quá {MOST_WAITING_BYTES // MEGABYTE} MB. {WAY_ON}", field="file"
        )


def forget(upload: Upload) -> None:
    """Drop the bytes of an upload that is over, and the file that it held unless something refers to it."""
    drop_part(upload.key)
    if upload.stored is not None:
        with suppress(ProtectedError), transaction.atomic():
            upload.stored.delete()


def lock_upload(upload: Upload, *, by: User, at: datetime) -> Upload:
    """The upload, locked; refused when its time is over, and to everybody but its owner."""
    locked = Upload.objects.select_for_update(of=("self",)).filter(pk=upload.pk, expires_at__gt=at).first()
    if locked is None:
        raise Refused(GONE, field="file")
    if locked.owner_id != by.pk:
        raise PermissionDenied("Đây không phải tệp bạn đang tải lên.")
    return locked
