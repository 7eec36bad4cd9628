"""Where the bytes lie: a file appears under its name whole or not at all, also when the power fails."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage


class WholeFileStorage(FileSystemStorage):
    """Writes beside the place and moves the finished file there in one step."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: a name is the hash of its content, so what lies there is the same or a stump."""
        return name

    def _save(self, name: str, content: File) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.{uuid4().hex}")
        try:
            with beside.open("wb") as out:
                for chunk in content.chunks():
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            if self.file_permissions_mode is not None:
                beside.chmod(self.file_permissions_mode)
            beside.replace(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        return name


def touch(name: str) -> None:
    """Say that the file is wanted now, so that nobody tidies it away as forgotten."""
    with suppress(FileNotFoundError):
        os.utime(default_storage.path(name))


def last_wanted(name: str) -> datetime:
    """When the file was written or asked for by its content last."""
    return default_storage.get_modified_time(name)


def part_path(key: UUID) -> Path:
    """Where the bytes of an upload lie while it is on its way."""
    return Path(default_storage.path(f"uploads/{key.hex}"))


def write_part(key: UUID, offset: int, content: BinaryIO) -> int:
    """Write `content` at `offset` of an upload's bytes and give the new end; whatever lay behind it is dropped.

    The bytes are on the disk before the caller notes the new end: a process killed in between leaves the old end, and
    the next piece is written over what it left.
    """
    place = part_path(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place, "r+b" if place.exists() else "w+b") as out:
        out.seek(offset)
        shutil.copyfileobj(content, out)
        end = out.tell()
        out.truncate(end)
        out.flush()
        os.fsync(out.fileno())
    return end


def part_size(key: UUID) -> int:
    """How many bytes of an upload lie in the store."""
    place = part_path(key)
    return place.stat().st_size if place.exists() else 0


def drop_part(key: UUID) -> None:
    """Forget the bytes of an upload."""
    part_path(key).unlink(missing_ok=True)
