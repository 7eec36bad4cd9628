"""A household goes from an invitation to a submitted dossier with one small telephone, where the signal comes and goes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ocop.interview.queries import answers_of
from ocop.registration.models import Subject
from tests.factories import World
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street
from tests.journeys.test_phone import PHONE, Walk

pytestmark = pytest.mark.journey

HOUSEHOLD = "Hộ kinh doanh Hoàng Thị Mận"
PRODUCT = "Mỳ gạo Đa Mai phơi sương"
OWN_PASSWORD = "mỳ gạo bốn mùa 2026"


def registers(officer: Page) -> str:
    """The commune's officer registers the household and opens its account; gives what the QR of the invitation says."""
    steps.go(officer, "Chủ thể")
    steps.follow(officer, "Đăng ký chủ thể")
    steps.fill_in(
        officer,
        {
            "Tên chủ thể": HOUSEHOLD,
            "Số đăng ký kinh doanh": "20B8001234",
            "Địa chỉ": "Số 7, tổ dân phố Mai Đọ",
            "Người đại diện": "Hoàng Thị Mận",
            "Chức vụ": "Chủ hộ",
            "Số điện thoại": "0912 345 678",
        },
    )
    officer.get_by_role("radio", name="Hộ kinh doanh").check()
    steps.press(officer, "Đăng ký chủ thể")
    steps.is_told(officer, "Việc tiếp theo: mở tài khoản cho chủ thể")
    steps.follow(officer, "Thêm người thay mặt")
    steps.press(officer, "Mở tài khoản và xem mật khẩu tạm")
    return steps.qr_on(officer, "Mã QR mở lời mời")


def comes_in(street: Street, invitation: str) -> Walk:
    """The household scans the invitation with its telephone, chooses a password and stands before the day's work."""
    page = street.passer_by(**PHONE)
    page.goto(invitation)
    walk = Walk(page)
    steps.fill_in(page, {"Mật khẩu mới": OWN_PASSWORD, "Gõ lại mật khẩu mới": OWN_PASSWORD})
    walk.press("Đặt mật khẩu và vào")
    steps.stands_before(page, "Việc hôm nay")
    return walk


def registers_product(walk: Walk) -> None:
    """From the desk: the group is found by a word, the name typed, three stars wished for, the dossier opened."""
    page = walk.page
    expect(page.get_by_role("article")).to_contain_text("Đăng ký sản phẩm đầu tiên")
    walk.tap("Đăng ký sản phẩm")
    page.get_by_role("searchbox").fill("gạo")
    group = page.get_by_role("radio", name="Chế biến từ gạo, ngũ cốc")
    expect(page.locator("#cac-nhom details")).to_have_count(1)
    group.check()
    steps.fill_in(page, {"Tên sản phẩm": PRODUCT})
    page.get_by_role("radio", name="Đánh giá lần đầu").check()
    page.get_by_role("radio", name="3 sao").check()
    walk.press("Đăng ký sản phẩm")
    steps.stands_before(page, PRODUCT)
    walk.press("Lập hồ sơ")


def test_from_the_invitation_to_the_receipt(province: World, comes: Comes, street: Street) -> None:
    walk = comes_in(street, registers(comes(province, province.commune_officer)))
    page = walk.page
    registers_product(walk)
    walk.tap("Phỏng vấn")
    walk.tap("Bắt đầu trả lời")
    for _ in range(20):
        print(page.get_by_role("heading", level=1).inner_text())
        button = page.get_by_role("main").get_by_role("button", name=re.compile("^(Tiếp|Xong)$"))
        if not button.count(): break
        walk.press(button.inner_text())
    assert walk.wrong == []
