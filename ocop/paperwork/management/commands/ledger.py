"""`ocop ledger verify`: is the chain of acts whole, and is it the one whose ends were printed on papers?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.audit.queries import verify
from ocop.paperwork.queries import paper_off_the_chain

BROKEN, REWRITTEN = 1, 2  # exit codes


class Command(BaseCommand):
    help = (
        "Kiểm tra sổ nhật ký: mỗi việc nối đúng với việc trước nó, và khớp dấu đã in trên văn bản phát hành. "
        "Mã thoát: 0 nguyên vẹn, 1 chuỗi bị đứt, 2 chuỗi khác với dấu đã in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        if found.broken is not None:
            words = f"Sổ nhật ký bị sửa: sai từ việc số {found.broken.seq}. {found.broken.words}"
            raise CommandError(words, returncode=BROKEN)
        paper = paper_off_the_chain()
        if paper is not None:
            words = (
                f"Sổ nhật ký đã bị viết lại: việc số {paper.head_seq} không còn mang dấu in trên "
                f"{paper.title} số {paper.number} ngày {paper.signed_on:%d/%m/%Y}."
            )
            raise CommandError(words, returncode=REWRITTEN)
        self.stdout.write(f"Sổ nhật ký nguyên vẹn: {found.count} việc, dấu cuối {found.hash}.")
