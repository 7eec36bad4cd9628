"""Reads of uploads on their way, and of what lies in a kept file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.files.contents.pdf import page_count
from ocop.files.models import StoredFile, Upload


def uploads_of(user: User, at: datetime) -> QuerySet[Upload]:
    """The uploads of a person whose time is not over."""
    return Upload.objects.filter(owner=user, expires_at__gt=at).select_related("stored")


def waiting_uploads(user: User, at: datetime) -> QuerySet[Upload]:
    """The uploads of a person that nothing has claimed yet."""
    return uploads_of(user, at).filter(claimed_at__isnull=True)


def ready_uploads(user: User, at: datetime) -> QuerySet[Upload]:
    """What a person has sent whole and not put to any use yet: left behind when a page was lost, oldest first."""
    return waiting_uploads(user, at).filter(stored__isnull=False).order_by("pk")


def held_uploads(user: User, at: datetime, keys: Collection[UUID]) -> list[Upload]:
    """The person's whole uploads among `keys`, in the order of the keys."""
    found = {upload.key: upload for upload in uploads_of(user, at).filter(key__in=keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found and found[key].is_whole]


def pages_in(stored: StoredFile) -> int:
    """How many pages a kept file has: those of a PDF, else one."""
    if stored.content_type != "application/pdf":
        return 1
    with default_storage.open(stored.path) as content:
        return page_count(content)  # type: ignore[arg-type]
