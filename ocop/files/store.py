"""Where the bytes lie: a file appears under its name whole or not at all, also when the power fails."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


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
