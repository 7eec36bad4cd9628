"""`ocop people add-admin`: the first administrator of an installation; all others are opened on the screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ocop.accounts.rules import temporary_password
from ocop.accounts.states import Role
from ocop.audit.actions import open_account
from ocop.core.clock import day_of, now
from ocop.core.errors import Refused
from ocop.places.queries import units_on


class Command(BaseCommand):
    help = "Mở tài khoản quản trị đầu tiên của một đơn vị và in mật khẩu tạm một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["add-admin"])
        parser.add_argument("--name", required=True, help="họ và tên")
        parser.add_argument("--login", required=True, help="thư điện tử hoặc số điện thoại")
        parser.add_argument("--unit", required=True, help="tên đơn vị, ví dụ “Tỉnh Bắc Ninh”")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = now()
        units = list(units_on(day_of(moment)).filter(name=options["unit"]))
        if len(units) != 1:
            raise CommandError(
                f"Hôm nay có {len(units)} đơn vị tên “{options['unit']}”. Chạy “ocop units load” và ghi đúng tên."
            )
        login, password = options["login"], temporary_password()
        try:
            user = open_account(
                full_name=options["name"],
                password=password,
                role=Role.ADMIN,
                unit=units[0],
                email=login if "@" in login else "",
                phone="" if "@" in login else login,
                by=None,
                at=moment,
            )
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Đã mở tài khoản quản trị cho {user.full_name}, đăng nhập bằng {user.login}.")
        self.stdout.write(f"Mật khẩu tạm (chỉ hiện lần này): {password}")
