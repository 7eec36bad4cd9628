"""`ocop units load`: bring in the shipped list of administrative units."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ocop.places.actions import load_units


class Command(BaseCommand):
    help = "Nạp danh mục đơn vị hành chính kèm theo chương trình."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["load"])

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đơn vị hành chính: thêm mới {load_units()}.")
