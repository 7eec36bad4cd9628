"""Notes and photos taken in the field, each kept once and nothing overwritten unseen; surveys are kept the same way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.dateparse import parse_datetime

from ocop.accounts.models import User
from ocop.core.clock import OFFICE_ZONE
from ocop.core.errors import Refused, Stale
from ocop.core.pages import whole
from ocop.core.texts import check_length, tidy
from ocop.files.actions import keep_upload
from ocop.intake.models import NoteRow

LONGEST_TEXT = 5000
MOST_PHOTOS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """A note as it comes from the page or the device. `revision` is the one it was written on; 0 for none yet."""

    content: str
    key: UUID
    revision: int
    verdict: str = ""
    text: str = ""
    asked: str = ""
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    noted_at: datetime | None = None

    @property
    def said(self) -> tuple[str, str, str, str]:
        """What the officer wrote, tidied."""
        return self.verdict, tidy(self.text), tidy(self.asked), tidy(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoDraft:
    """A photo taken for a content, as it comes from the page or the device."""

    content: str
    key: UUID
    upload: UploadedFile
    taken_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class NoteConflict(Stale):
    """Somebody else noted something else on this content meanwhile; `newest` is what stands."""

    def __init__(self, newest: NoteRow) -> None:
        super().__init__(
            f"{newest.by.full_name} đã ghi nội dung này khác với bản của bạn. So hai bản rồi chọn; "
            "chưa bản nào bị ghi đè.",
            field=f"content-{newest.content}",
        )
        self.newest = newest


def check_note(draft: NoteDraft, names: Mapping[str, str], *, verdicts: Collection[str]) -> None:
    """Refuse a note under an unknown heading, with an unknown verdict, or one too long."""
    if draft.content not in names:
        raise Refused("Nội dung này không thuộc trang đang mở. Hãy mở lại trang.")
    what = names[draft.content]
    if draft.verdict and draft.verdict not in verdicts:
        raise Refused("Chọn một kết luận trong danh sách.", field=f"verdict-{draft.content}")
    check_length(tidy(draft.text), LONGEST_TEXT, what=f"Nhận xét “{what}”", field=f"content-{draft.content}")
    check_length(tidy(draft.asked), 300, what=f"Ô đã hỏi ai của “{what}”", field=f"asked-{draft.content}")
    check_length(tidy(draft.place), 200, what=f"Ô địa điểm của “{what}”", field=f"place-{draft.content}")


def keep_note(notes: Any, draft: NoteDraft, *, by: User, at: datetime) -> Any:
    """Keep a note in `notes` (the notes of one submission or survey): sent twice once, never over another's unseen."""
    known = notes.filter(key=draft.key).select_related("by").first()
    if known is not None:
        return known
    newest = notes.filter(content=draft.content).select_related("by").order_by("-revision").first()
    if newest is not None and (newest.verdict, newest.text, newest.asked, newest.place) == draft.said:
        return newest
    if newest is None and not any(draft.said):
        return notes.model(content=draft.content, revision=0, key=draft.key, by=by, at=at)
    if newest is not None and newest.revision != draft.revision:
        raise NoteConflict(newest)
    verdict, text, asked, place = draft.said
    return notes.create(
        content=draft.content,
        revision=newest.revision + 1 if newest is not None else 1,
        key=draft.key,
        verdict=verdict,
        text=text,
        asked=asked,
        place=place,
        latitude=draft.latitude,
        longitude=draft.longitude,
        noted_at=draft.noted_at,
        by=by,
        at=at,
    )


def keep_photo(photos: Any, draft: PhotoDraft, headings: Collection[str], *, by: User, at: datetime) -> Any:
    """Keep a photo in `photos` (the photos of one submission or survey): sent twice it is kept once."""
    known = photos.filter(key=draft.key).select_related("file", "by").first()
    if known is not None:
        return known
    if draft.content not in headings:
        raise Refused("Nội dung này không thuộc trang đang mở. Hãy mở lại trang.")
    if photos.filter(removed_at__isnull=True).count() >= MOST_PHOTOS:
        raise Refused(f"Đã có {MOST_PHOTOS} ảnh. Hãy bỏ bớt ảnh trùng.", field=f"photos-{draft.content}")
    stored = keep_upload(draft.upload, by=by, at=at)
    if not stored.content_type.startswith("image/"):
        raise Refused(f"“{stored.name}” không phải ảnh. Ở đây chỉ nhận ảnh chụp.", field=f"photos-{draft.content}")
    return photos.create(
        content=draft.content,
        key=draft.key,
        file=stored,
        taken_at=draft.taken_at,
        latitude=draft.latitude,
        longitude=draft.longitude,
        by=by,
        at=at,
    )


# ── what a device sends, one note or one photo at a time ──


def note_from(data: Mapping[str, Any], content: str, *, suffix: str = "", key: UUID) -> NoteDraft:
    """A note out of typed fields; places and hours that make no sense are left out, words never."""
    get = lambda name: str(data.get(f"{name}{suffix}", "") or "")  # noqa: E731
    return NoteDraft(
        content=content,
        key=key,
        revision=whole(get("revision")) or 0,
        verdict=get("verdict"),
        text=get("content" if suffix else "text"),
        asked=get("asked"),
        place=get("place"),
        latitude=_degrees(get("latitude"), 90),
        longitude=_degrees(get("longitude"), 180),
        noted_at=_moment(get("noted_at")),
    )


def photo_from(data: Mapping[str, Any], upload: UploadedFile) -> PhotoDraft:
    """A photo with what the device knows of it."""
    return PhotoDraft(
        content=str(data.get("content", "")),
        key=key_from(data),
        upload=upload,
        taken_at=_moment(str(data.get("noted_at", ""))),
        latitude=_degrees(str(data.get("latitude", "")), 90),
        longitude=_degrees(str(data.get("longitude", "")), 180),
    )


def key_from(data: Mapping[str, Any]) -> UUID:
    """The key that the device gave to what it sends."""
    try:
        return UUID(str(data.get("key", "")))
    except ValueError:
        raise Refused("Thiếu mã của mục gửi. Hãy tải lại trang; những gì đã gõ vẫn được giữ trên máy.") from None


def _degrees(text: str, most: int) -> Decimal | None:
    try:
        value = Decimal(text).quantize(Decimal("0.00001"))
    except InvalidOperation:
        return None
    return value if abs(value) <= most else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=OFFICE_ZONE)


def note_row(note: NoteRow) -> dict[str, Any]:
    """A note as a device shows it beside its own."""
    return {
        "revision": note.revision,
        "verdict": note.verdict,
        "text": note.text,
        "asked": note.asked,
        "place": note.place,
        "by": note.by.full_name,
        "at": f"{note.at.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}",
    }
