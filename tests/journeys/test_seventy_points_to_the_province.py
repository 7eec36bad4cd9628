"""Seventy points and more are not the city's to recognise: the dossier goes up, the answer comes back (QĐ 148/2023)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from ocop.council.models import Forwarding, Hearing
from tests.factories import World, council_of, open_hearing, score, session_of
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

PARTS = ("Báo cáo kết quả đánh giá", "Biên bản họp Hội đồng")  # the others go into the package by themselves
HIGHER_DECISION = "1204/QĐ-UBND"


def scored(city: World) -> Hearing:
    """A product of three sheets with a mean of 75, still open."""
    hearing = open_hearing(city, session=session_of(city, council_of(city, members=3)))
    score(hearing, (74, 75, 76), city)
    return hearing


def product_of(hearing: Hearing) -> str:
    return hearing.dossier.registration.product.name


def hand_over(page: Page, product: str, handed_on: str) -> None:
    """Everything in order but four samples and no minutes, then put right: what was typed is still there."""
    steps.take_up(page, product, "Ghi bàn giao")
    typed = {
        "Số công văn": "120/TTr-UBND",
        "Người ký công văn": "Trần Thị Chủ Trì",
        "Số mẫu sản phẩm bàn giao": "4",
        "Ngày bàn giao": handed_on,
        "Người nhận bàn giao": "Văn phòng điều phối tỉnh",
    }
    steps.fill_in(page, typed)
    for part in PARTS:
        page.get_by_role("checkbox", name=part).set_checked(part != PARTS[1])
    steps.press(page, "Ghi bàn giao và lập công văn")
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("Biên bản họp Hội đồng")
    assert not Forwarding.objects.exists()
    for label, value in typed.items():
        expect(page.get_by_role("main").get_by_label(label)).to_have_value(value)
    for part in PARTS:
        expect(page.get_by_role("checkbox", name=part)).to_be_checked(checked=part != PARTS[1])

    page.get_by_role("checkbox", name=PARTS[1]).check()
    steps.press(page, "Ghi bàn giao và lập công văn")
    expect(refusal).to_contain_text("5 mẫu")
    assert not Forwarding.objects.exists()
    expect(page.get_by_label("Người nhận bàn giao")).to_have_value(typed["Người nhận bàn giao"])

    steps.fill_in(page, {"Số mẫu sản phẩm bàn giao": "5"})
    steps.press(page, "Ghi bàn giao và lập công văn")
    steps.is_told(page, "Đã ghi bàn giao")


def answer(page: Page, product: str, mean: str, star: int, decided_on: str) -> None:
    """The province's liaison records what the province decided."""
    steps.take_up(page, product, "Ghi kết quả")
    expect(page.get_by_role("main")).to_contain_text("120/TTr-UBND")
    steps.fill_in(
        page,
        {"Số quyết định hoặc văn bản thông báo": HIGHER_DECISION, "Ngày văn bản": decided_on, "Điểm": mean},
    )
    page.get_by_label("Hạng sao").select_option(label=f"{star} sao")
    steps.press(page, "Ghi kết quả")
    steps.is_told(page, "Đã ghi kết quả của cấp trên")


def test_the_province_recognises_four_stars(city: World, comes: Comes, street: Street) -> None:
    hearing = scored(city)
    product, today = product_of(hearing), steps.as_typed(city.at.date() + timedelta(days=1))

    chair = comes(city, steps.chair_of(hearing.session.council))
    steps.to_hearing(chair, product)
    steps.close(chair)
    steps.is_told(chair, "Đã chốt điểm")
    expect(steps.panel(chair, "Kết quả:")).to_contain_text("75,00")

    officer = comes(city, city.officer)
    hand_over(officer, product, today)
    answer(comes(city, city.liaison), product, "76,25", 4, today)

    steps.take_up(officer, product, "Ghi số chứng nhận")
    steps.follow(officer, "Vào sổ")
    steps.fill_in(officer, {"Số giấy chứng nhận": "17/GCN-BG"})
    steps.press(officer, "Vào sổ")
    steps.is_told(officer, "17/GCN-BG")

    # A shopper types the number of the paper on the front page.
    shopper = street.passer_by()
    steps.check(shopper, "17/GCN-BG")
    expect(shopper.get_by_text("CÒN HIỆU LỰC")).to_be_visible()
    for words in (product, "4 sao", HIGHER_DECISION, "tỉnh Bắc Giang"):
        expect(shopper.get_by_role("main")).to_contain_text(words, ignore_case=True)


def test_the_province_gives_three_stars_back_to_the_city(city: World, comes: Comes, street: Street) -> None:
    hearing = scored(city)
    product, today = product_of(hearing), steps.as_typed(city.at.date() + timedelta(days=1))
    chair = comes(city, steps.chair_of(hearing.session.council))
    steps.to_hearing(chair, product)
    steps.close(chair)
    steps.is_told(chair, "Đã chốt điểm")

    officer = comes(city, city.officer)
    hand_over(officer, product, today)
    answer(comes(city, city.liaison), product, "68,50", 3, today)

    steps.draft_decision_over(officer, 1)
    steps.sign_decision_over(comes(city, city.leader), "3163/QĐ-UBND", 1)
    shopper = street.passer_by()
    expect(shopper.get_by_role("article").filter(has_text=product)).to_contain_text("3 sao")
    steps.leave_by(shopper.get_by_role("link", name=product))
    steps.stands_before(shopper, product)
    expect(shopper.get_by_role("main")).to_contain_text("Ủy ban nhân dân thành phố Bắc Giang", ignore_case=True)
