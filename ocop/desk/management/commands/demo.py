"""`ocop demo load [--reset]` and `ocop demo accounts [--json]`: the 2024 programme in mid-flight, to look and learn."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.core.appendonly import empty_all_tables
from ocop.core.clock import now
from ocop.desk.demo.loader import DEMO_DOMAIN, demo_accounts, load
from ocop.places.actions import load_units
from ocop.rubric.actions import publish_rulebook


class Command(BaseCommand):
    help = "Bản trình diễn: chương trình OCOP 2024 của thành phố Bắc Giang và một đợt 2026 của tỉnh Bắc Ninh."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        loading = what.add_parser("load", help="nạp dữ liệu trình diễn; có rồi thì thôi")
        loading.add_argument("--reset", action="store_true", help="xóa hết dữ liệu và nạp lại từ đầu")
        accounts = what.add_parser("accounts", help="liệt kê tài khoản trình diễn")
        accounts.add_argument("--json", action="store_true", dest="as_json", help="in dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "accounts":
            self._accounts(as_json=options["as_json"])
        else:
            self._load(reset=options["reset"])

    def _accounts(self, *, as_json: bool) -> None:
        accounts = demo_accounts()
        if as_json:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=2))
            return
        for account in accounts:
            label = Role(account["role"]).label
            self.stdout.write(f"{label:<24} {account['login']:<34} {account['password']}")

    def _load(self, *, reset: bool) -> None:
        if not settings.OCOP_DEMO:
            raise CommandError(
                "Bản cài này không phải bản trình diễn (OCOP_DEMO đang tắt), không nạp dữ liệu bịa vào đây."
            )
        if User.objects.filter(email__endswith=f"@{DEMO_DOMAIN}").exists() and not reset:
            self.stdout.write("Dữ liệu trình diễn đã có, giữ nguyên. Muốn làm lại từ đầu: ocop demo load --reset")
            return
        with transaction.atomic():
            if reset:
                self.stdout.write("Xóa dữ liệu cũ…")
                empty_all_tables()
            load_units()
            publish_rulebook(by=None, at=now())
            load(self.stdout.write)
        self.stdout.write("Xong: 2024 có 26 sản phẩm của 11 chủ thể; 2026 có một đợt nhỏ theo QĐ 26/2026.")
