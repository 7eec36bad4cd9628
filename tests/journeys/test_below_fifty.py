"""Forty-four points: no certificate, but a letter that says what to raise first."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories import World, closed_hearing, council_of, session_of
from tests.factories.cycle import owner_of
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey


def test_below_fifty(city: World, comes: Comes, street: Street) -> None:
    session = session_of(city, council_of(city, members=3))
    result = closed_hearing(city, session=session, totals=(43, 44, 45))
    registration = result.hearing.dossier.registration
    product = registration.product.name
    subject = comes(city, owner_of(registration.product.subject))

    # Before the letter the subject learns no figure.
    steps.go(subject, "Hồ sơ")
    steps.follow(subject, product)
    expect(steps.window(subject, "Hội đồng đánh giá")).to_contain_text("Kết quả được báo bằng văn bản")
    expect(steps.window(subject, "Hội đồng đánh giá")).not_to_contain_text("44")

    officer = comes(city, city.officer)
    steps.take_up(officer, f"Thông báo kết quả: {product}", "Soạn thông báo")
    expect(officer.get_by_role("main")).to_contain_text("44,00")
    steps.fill_in(officer, {"Số thông báo": "45/TB-KT", "Người ký": "Trần Thị Chủ Trì"})
    steps.press(officer, "Gửi thông báo")
    steps.is_told(officer, "Đã gửi thông báo")

    # Now it sees the result, the three criteria most worth raising, and the letter.
    steps.go(subject, "Hồ sơ")
    steps.follow(subject, product)
    shown = steps.window(subject, "Hội đồng đánh giá")
    expect(shown).to_contain_text("44,00")
    raising = shown.get_by_role("listitem").filter(has_text="đang được")
    expect(raising).to_have_count(3)
    letter = steps.words_of(steps.paper(subject, "Thông báo 45/TB-KT"))
    assert product in letter
    for line in raising.all_inner_texts():
        assert line.split(":")[0] in letter

    # No certificate, neither in the register nor for the public, and no decision to draft.
    steps.go(subject, "Chứng nhận")
    expect(subject.get_by_text("Chưa có giấy chứng nhận nào")).to_be_visible()
    steps.go(officer, "Việc hôm nay")
    expect(officer.get_by_text("Không còn việc nào chờ bạn")).to_be_visible()
    shopper = street.passer_by()
    expect(shopper.get_by_text("Chưa có sản phẩm nào")).to_be_visible()
    steps.check(shopper, registration.code)
    expect(shopper.get_by_text("KHÔNG TÌM THẤY")).to_be_visible()
