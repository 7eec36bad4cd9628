"""An officer and a helper type for a subject by its code; the subject reads back on the telephone and hands in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ocop.accounts.states import Role
from ocop.desk.demo.choices import places_for
from ocop.dossiers.models import Submission
from ocop.dossiers.queries import criteria_of
from ocop.interview.models import Answer
from tests.factories import World, draft_dossier, person
from tests.factories.cycle import owner_of
from tests.factories.files import jpeg
from tests.journeys import steps
from tests.journeys.conftest import Comes
from tests.journeys.test_household_on_a_phone import PRODUCT, question
from tests.journeys.test_phone import PHONE, Walk, fits

pytestmark = pytest.mark.journey


def makes_code(walk: Walk, subject: str) -> str:
    """The subject makes a code on its telephone, to be read out."""
    walk.go("Chủ thể")
    walk.tap(subject)
    walk.tap("Cho người khác nhập giúp")
    walk.press("Mã cho nhập giúp")
    [code] = re.findall(r"\b\d{3} \d{3}\b", walk.page.get_by_role("main").inner_text())
    return str(code)


def may_type(officer: Page, subject: str, code: str) -> None:
    """The officer or helper enters the code the subject reads out."""
    steps.go(officer, "Chủ thể")
    steps.follow(officer, subject)
    steps.follow(officer, "Ghi nhận sự đồng ý, nhập giúp")
    steps.fill_in(officer, {"Mã chủ thể đọc cho bạn": code})
    steps.press(officer, "Ghi nhận và bắt đầu nhập giúp")
    steps.is_told(officer, "đã đồng ý")


def takes_consent_back(walk: Walk) -> None:
    """The subject ends it, on the page where it made the code."""
    walk.tap("Xong")
    walk.press("Thôi cho nhập giúp")
    steps.is_told(walk.page, "không còn nhập giúp")


def test_the_officer_types_for_the_subject_who_reads_back(province: World, comes: Comes) -> None:
    dossier = draft_dossier(province, name=PRODUCT)
    producer = dossier.registration.product.subject
    walk = Walk(comes(province, owner_of(producer), **PHONE))
    page, officer = walk.page, comes(province, province.commune_officer)
    may_type(officer, producer.name, makes_code(walk, producer.name))

    # Consent is taken back while a card is being typed: nothing is kept, nothing typed is lost.
    steps.follow(officer, "Về trang chủ thể để nhập")
    steps.follow(officer, "Phỏng vấn: trả lời một lần cho mọi mẫu đơn")
    steps.follow(officer, "Người làm")
    takes_consent_back(walk)
    question(officer, "tất cả bao nhiêu lao động").fill("52")
    question(officer, "chia việc thế nào").fill("Ba tổ: tráng, phơi, đóng gói")
    officer.get_by_role("button", name="Tiếp").click()
    expect(officer.locator("[data-autosave-state]")).to_contain_text("chủ thể")
    expect(question(officer, "chia việc thế nào")).to_have_value("Ba tổ: tráng, phơi, đóng gói")
    assert not Answer.objects.exists()

    # A new code in another window, and the card goes on from what stands on it.
    with officer.context.expect_page() as opened:
        officer.get_by_role("link", name=producer.name).first.click(modifiers=["Control"])
    may_type(opened.value, producer.name, makes_code(walk, producer.name))
    opened.value.close()
    question(officer, "sống trong xã").fill("38")
    steps.press(officer, "Tiếp")
    steps.stands_before(officer, "Tiền bán hàng và tiền lãi")
    assert Answer.objects.filter(typed_by=province.commune_officer, consent__isnull=False).count() == 3

    steps.go(officer, "Hồ sơ")
    steps.follow(officer, PRODUCT)
    steps.follow(officer, "Minh chứng của hồ sơ")
    steps.upload(officer, ("nhan.jpg", "image/jpeg", jpeg()))

    # The commune assesses the contents without points, so a helper of the province ticks the criteria.
    expect(officer.get_by_role("main")).to_contain_text("không nhập giúp phần tự đánh giá")
    helper = comes(province, person("Phạm Thị Giúp", Role.HELPER, province.unit))
    may_type(helper, producer.name, makes_code(walk, producer.name))
    steps.go(helper, "Hồ sơ")
    steps.follow(helper, PRODUCT)
    steps.follow(helper, "Tự đánh giá")
    steps.sheet_is_open(helper, "Lưu và về hồ sơ")
    places = places_for(criteria_of(dossier), 60)
    steps.tick(helper, places)
    steps.is_saved(helper, 60, len(places))
    steps.press(helper, "Lưu và về hồ sơ")

    # The subject reads it back on the telephone, with whose hand it was, confirms and hands in.
    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    walk.tap("Đọc lại phần nhập giúp")
    expect(page.get_by_role("main")).to_contain_text(f"{province.commune_officer.full_name} nhập giúp lúc")
    expect(page.get_by_role("main")).to_contain_text("Phạm Thị Giúp nhập giúp lúc")
    expect(page.get_by_role("main")).to_contain_text("Ba tổ: tráng, phơi, đóng gói")
    walk.press("Tôi đã đọc, nội dung đúng")
    steps.is_told(page, "chủ thể đã đọc lại và xác nhận")
    steps.hand_in(page, 1)
    walk.wrong += fits(page)
    content = Submission.objects.get().content
    assert content["read_back"]
    assert content["typed"]
    assert walk.wrong == []
