"""`ocop ledger verify`: is the chain of acts whole?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.audit.models import LedgerEntry
from ocop.audit.queries import break_in_chain


class Command(BaseCommand):
    help = "Kiểm tra sổ nhật ký: mỗi việc nối đúng với việc trước nó."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        broken = break_in_chain()
        if broken is not None:
            raise CommandError(f"Sổ nhật ký bị sửa: sai từ việc số {broken}.", returncode=1)
        self.stdout.write(f"Sổ nhật ký nguyên vẹn: {LedgerEntry.objects.count()} việc.")
