"""What nobody wants any more goes: uploads whose time is over, bytes that no row names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from ocop.files.actions.uploads import forget
from ocop.files.models import StoredFile, Upload

FORGOTTEN = timedelta(days=1)  # bytes are put down before their row is written; a day is more than any request lasts
NAME_LENGTH = 64


def tidy_uploads(*, at: datetime) -> int:
    """Let go of every upload whose time is over; how many went."""
    gone = 0
    for upload in Upload.objects.filter(expires_at__lte=at).select_related("stored").iterator(chunk_size=200):
        with transaction.atomic():
            upload.delete()
            forget(upload)
        gone += 1
    return gone


def sweep_store(*, at: datetime) -> int:
    """Remove bytes and previews that no row names and that nobody wanted for a day; how many files went."""
    gone = 0
    for folder in sorted(Path(default_storage.path("")).glob("*")):
        old = [place for place in _files_in(folder) if place.stat().st_mtime < (at - FORGOTTEN).timestamp()]
        named = _named(folder, old)
        for place in old:
            if place.name.split("-")[0] not in named:
                place.unlink(missing_ok=True)
                gone += 1
    return gone


def _files_in(folder: Path) -> Iterator[Path]:
    return (place for place in folder.rglob("*") if place.is_file())


def _named(folder: Path, places: list[Path]) -> set[str]:
    """Those of the places' names that some row still names."""
    if folder.name == "uploads":
        return {key.hex for key in Upload.objects.values_list("key", flat=True)}
    named: set[str] = set()
    hashes = sorted({place.name.split("-")[0][:NAME_LENGTH] for place in places})
    for start in range(0, len(hashes), 500):
        named |= set(StoredFile.objects.filter(sha256__in=hashes[start : start + 500]).values_list("sha256", flat=True))
    return named
