"""The interview on a telephone in the field: it saves itself and loses the line; two people see each other's answer."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from ocop.interview.queries import answers_of
from tests.factories import World
from tests.factories.cycle import owner_of
from tests.factories.interview import answered, product_of
from tests.journeys.conftest import Comes
from tests.journeys.test_phone import PHONE, fits

pytestmark = pytest.mark.journey


def open_card(page: Page, product: int, card: str) -> None:
    """Go straight to a card of the product's interview."""
    page.goto(urljoin(page.url, f"/phong-van/{product}/{card}/"))


def test_of_two_answers_the_one_that_cannot_be_true_is_named_and_the_other_is_kept(
    province: World, comes: Comes
) -> None:
    product = product_of(province)
    page = comes(province, owner_of(product.subject), **PHONE)
    open_card(page, product.pk, "people")
    page.get_by_label(re.compile("tất cả bao nhiêu lao động")).fill("52")
    page.get_by_label(re.compile("sống trong xã")).fill("60")
    page.get_by_label(re.compile("chia việc")).fill("Ba tổ sản xuất")
    page.get_by_label(re.compile("sống trong xã")).click()
    state = page.locator("[data-autosave-state]")
    expect(state).to_contain_text(re.compile("Chưa lưu: “.*sống trong xã.*Câu khác đã lưu lúc"))
    expect(page.get_by_text("Đang lưu…")).to_have_count(0)
    kept = answers_of(product.subject)
    assert (kept["workers"], kept["staff_structure"]) == (52, "Ba tổ sản xuất")
    assert "workers_commune" not in kept


def test_answers_outlive_a_lost_line_and_a_closed_page(province: World, comes: Comes) -> None:
    product = product_of(province)
    page = comes(province, owner_of(product.subject), **PHONE)
    open_card(page, product.pk, "people")
    page.get_by_label(re.compile("tất cả bao nhiêu lao động")).fill("52")
    page.get_by_label(re.compile("sống trong xã")).click()
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu lúc")
    assert answers_of(product.subject)["workers"] == 52

    page.context.set_offline(True)
    page.get_by_label(re.compile("sống trong xã")).fill("38")
    page.get_by_label(re.compile("chia việc")).fill("Ba tổ sản xuất")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Chưa gửi: mất kết nối")
    page.get_by_role("button", name="Tiếp").click()
    expect(page.get_by_label(re.compile("chia việc"))).to_have_value("Ba tổ sản xuất")
    assert "workers_commune" not in answers_of(product.subject)

    page.context.set_offline(False)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu lúc", timeout=20_000)
    kept = answers_of(product.subject)
    assert (kept["workers_commune"], kept["staff_structure"]) == (38, "Ba tổ sản xuất")
    assert fits(page) == []

    page.route("**/luu/**", lambda route: route.abort())
    page.get_by_label(re.compile("chia việc")).fill("Bốn tổ sản xuất")
    page.get_by_label(re.compile("sống trong xã")).click()
    expect(page.locator("[data-autosave-state]")).to_contain_text("Chưa gửi")
    page.unroute("**/luu/**")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_label(re.compile("chia việc"))).to_have_value("Bốn tổ sản xuất")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu lúc")
    assert answers_of(product.subject)["staff_structure"] == "Bốn tổ sản xuất"


def test_a_wrong_answer_is_said_at_its_field_while_the_others_are_kept(province: World, comes: Comes) -> None:
    product = product_of(province)
    page = comes(province, owner_of(product.subject), **PHONE)
    open_card(page, product.pk, "people")
    page.get_by_label(re.compile("tất cả bao nhiêu lao động")).fill("52")
    page.get_by_label(re.compile("sống trong xã")).fill("60")
    page.get_by_label(re.compile("chia việc")).fill("Ba tổ")
    page.get_by_role("button", name="Tiếp").click()
    expect(page.get_by_text(re.compile("60 người.*nhiều hơn.*52 người"))).to_be_visible()
    expect(page.locator('[data-answer="staff_structure"] [data-answer-state]')).to_contain_text("Đã lưu lúc")
    assert answers_of(product.subject)["staff_structure"] == "Ba tổ"
    expect(page.get_by_label(re.compile("sống trong xã"))).to_have_value("60")
    page.get_by_label(re.compile("sống trong xã")).fill("38")
    with page.expect_navigation():
        page.get_by_role("button", name="Tiếp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tiền bán hàng và tiền lãi")
    assert answers_of(product.subject)["workers_commune"] == 38


def test_two_people_see_each_other_s_answer_and_one_decides(province: World, comes: Comes) -> None:
    product = product_of(province)
    page = comes(province, owner_of(product.subject))
    open_card(page, product.pk, "people")
    answered(province, product, {"workers": "52"})
    page.get_by_label(re.compile("tất cả bao nhiêu lao động")).fill("38")
    page.get_by_label(re.compile("sống trong xã")).click()
    expect(page.get_by_text(re.compile("“52 người”.*“38 người”"))).to_be_visible()
    assert answers_of(product.subject)["workers"] == 52
    page.get_by_role("button", name="Giữ câu của tôi").click()
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu lúc")
    assert answers_of(product.subject)["workers"] == 38
