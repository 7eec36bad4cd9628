"""On a small telephone, held in one hand: nothing runs off the screen, and every button is big enough for a thumb."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import (
    World,
    accepted_dossier,
    closed_hearing,
    council_of,
    draft_dossier,
    fill_in,
    open_hearing,
    recognised,
    session_of,
    subject,
)
from tests.factories.cycle import owner_of
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
THUMB = 44  # CSS pixels

WIDER_THAN_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_SMALL = """(buttons, least) => buttons
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".visually-hidden"))
  .map((each) => [each.innerText.trim() || each.title || each.className, each.getBoundingClientRect().height])
  .filter(([, height]) => height > 1 && height < least)
  .map(([words, height]) => `${words}: ${height}`)"""
BUTTONS = "button, a.button, label.button, summary.button, input[type=submit], .bottom-bar a, .bottom-bar summary"


def fits(page: Page) -> list[str]:
    """What is wrong with the open page on this screen."""
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    over = page.evaluate(WIDER_THAN_SCREEN)
    small = page.locator(BUTTONS).evaluate_all(TOO_SMALL, THUMB)
    wrong = [f"rộng quá {over} px"] if over > 0 else []
    return [f"{page.url} ({page.title()}): {each}" for each in [*wrong, *small]]


class Walk:
    """Goes from page to page by tapping, and notes what does not fit."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong = fits(page)

    def tap(self, link: str) -> None:
        self._then(self.page.get_by_role("main").get_by_role("link", name=link, exact=True).first.tap)

    def press(self, button: str | re.Pattern[str]) -> None:
        self._then(self.page.get_by_role("main").get_by_role("button", name=button, exact=True).first.tap)

    def go(self, place: str) -> None:
        bar = self.page.get_by_role("navigation", name="Điều hướng trên điện thoại")
        expect(bar).to_be_visible()
        link = bar.get_by_role("link", name=place, exact=True)
        if not link.is_visible():
            bar.locator("summary").tap()
            expect(link).to_be_visible()
            self.wrong += fits(self.page)
        self._then(link.tap)

    def back(self) -> None:
        self.page.go_back()

    def _then(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation():
            act()
        self.wrong += fits(self.page)


@pytest.fixture
def busy(city: World) -> World:
    """One subject with a certificate, a result on its way and a draft; a council in the middle of a session."""
    producer = subject(city, name="Hợp tác xã Sản xuất và Tiêu thụ Mỳ gạo Thủ Dương")
    council = council_of(city, members=3)
    session = session_of(city, council)
    recognised(city, session=session, totals=(62, 63, 64), of=producer, name="Mỳ gạo Thủ Dương loại đặc biệt")
    closed_hearing(city, session=session, totals=(44, 44, 44), of=producer, name="Bánh đa nem Thổ Hà phơi sương")
    open_hearing(city, session=session, of=producer, name="Mỳ chũ ngũ sắc từ gạo bao thai hồng")
    accepted_dossier(city, name="Rượu làng Vân")
    fill_in(draft_dossier(city, of=producer, name="Bánh đa Kế vừng đen nướng sẵn"), city)
    city.people = {"owner": owner_of(producer), "member": steps.seats(council)["member"][0]}
    return city


def test_the_subject_on_the_phone(busy: World, comes: Comes) -> None:
    walk = Walk(comes(busy, busy.people["owner"], **PHONE))
    walk.tap("Làm tiếp")
    walk.tap("Tự đánh giá")
    walk.tap("Bánh đa Kế vừng đen nướng sẵn")
    walk.tap("Minh chứng của hồ sơ")
    walk.tap("Sửa tên, viện dẫn")
    walk.go("Hồ sơ")
    walk.tap("Bánh đa Kế vừng đen nướng sẵn")
    walk.tap("Nộp hồ sơ")
    walk.go("Chủ thể")
    walk.tap("Hợp tác xã Sản xuất và Tiêu thụ Mỳ gạo Thủ Dương")
    walk.tap("Đăng ký sản phẩm")
    walk.go("Chứng nhận")
    walk.tap("Mỳ gạo Thủ Dương loại đặc biệt")
    assert walk.wrong == []


def test_a_member_on_the_phone(busy: World, comes: Comes) -> None:
    walk = Walk(comes(busy, busy.people["member"], **PHONE))
    walk.go("Hội đồng")
    walk.tap("Phiên 1")
    walk.tap("Khai báo")
    walk.press("Không liên quan, vào chấm")
    walk.back()
    walk.go("Hội đồng")
    walk.tap("Phiên 1")
    walk.tap("Mỳ gạo Thủ Dương loại đặc biệt")
    walk.go("Bộ tiêu chí")
    assert walk.wrong == []


def test_the_office_on_the_phone(busy: World, comes: Comes) -> None:
    walk = Walk(comes(busy, busy.officer, **PHONE))
    walk.go("Hồ sơ")
    walk.tap("Rượu làng Vân")
    walk.go("Hội đồng")
    walk.tap("Phiên 1")
    walk.go("Các đợt")
    walk.tap("Mở bảng đợt")
    walk.go("Sau Hội đồng")
    walk.tap("Lập thông báo")
    walk.go("Chứng nhận")
    walk.tap("Quyết định")
    walk.go("Chương trình")
    assert walk.wrong == []


def test_the_shopper_on_the_phone(busy: World, street: Street) -> None:
    walk = Walk(street.passer_by(**PHONE))
    walk.tap("Mỳ gạo Thủ Dương loại đặc biệt")
    walk.tap("Kiểm tra giấy khác")
    walk.page.get_by_label("Kiểm tra giấy chứng nhận").fill("7K3M-9QXT-2FB")
    walk.press("Kiểm tra")
    assert walk.wrong == []
