"""`ocop signer demo|show`: the certificate that papers are signed with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.core.errors import Refused
from ocop.paperwork.actions import make_demo_signer
from ocop.paperwork.signing import certificate_here


class Command(BaseCommand):
    help = "Chứng thư số ký văn bản: demo tạo chứng thư trình diễn, show cho biết đang dùng chứng thư nào."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["demo", "show"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "demo":
            if not settings.OCOP_DEMO:
                raise CommandError("Chứng thư trình diễn chỉ dùng khi chạy trình diễn.")
            make_demo_signer()
        try:
            name, until = certificate_here()
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Ký bằng: {name}, hết hạn {until:%d/%m/%Y}.")
