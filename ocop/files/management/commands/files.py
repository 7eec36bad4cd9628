"""`ocop files verify`: has every kept file the content its hash names? `tidy`: let go of what nobody wants."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.core.clock import now
from ocop.files.actions import sweep_store, tidy_uploads
from ocop.files.models import StoredFile, path_of


class Command(BaseCommand):
    help = "verify: nội dung từng tệp có đúng mã băm đã ghi; tidy: dọn tệp tải dở đã quá hạn giữ và tệp không ai dùng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "tidy"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "tidy":
            uploads, files = tidy_uploads(at=now()), sweep_store(at=now())
            self.stdout.write(f"Đã dọn {uploads} tệp tải dở và {files} tệp không ai dùng trong kho.")
            return
        hashes = StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
        count, wrong = 0, []
        for sha256 in hashes.iterator(chunk_size=500):
            count += 1
            if not _is_whole(sha256):
                wrong.append(sha256)
        for sha256 in wrong:
            self.stderr.write(f"Tệp thiếu hoặc hỏng: {path_of(sha256)}")
        if wrong:
            raise CommandError(f"{len(wrong)}/{count} tệp thiếu hoặc hỏng. Lấy lại từ bản sao lưu.", returncode=1)
        self.stdout.write(f"Kho tệp nguyên vẹn: {count} tệp.")


def _is_whole(sha256: str) -> bool:
    path = path_of(sha256)
    if not default_storage.exists(path):
        return False
    digest = hashlib.sha256()
    with default_storage.open(path) as kept:
        for chunk in kept.chunks():
            digest.update(chunk)
    return digest.hexdigest() == sha256
