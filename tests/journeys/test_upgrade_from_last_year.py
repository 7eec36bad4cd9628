"""A product recognised last year comes back for one more star: the dossier is composed, the subject only comments."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from ocop.dossiers.actions import pass_step, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import content_of, differences_of
from ocop.interview.actions import answer
from ocop.registration.models import Product
from tests.factories import World, city_2024, draft_dossier, fill_in, recognised
from tests.factories.cycle import fresh, owner_of
from tests.factories.kinds import next_year, paper
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey
HAND, MACHINE = "Tráng tay, phơi nắng trên phên tre", "Máy tráng, sấy lạnh, đóng gói tự động"


@pytest.fixture
def last_year(street: Street) -> World:
    """The city of 2024, where a product was recognised with its answers and papers."""
    return city_2024()


def recognised_product(world: World) -> Product:
    dossier = fill_in(draft_dossier(world, name="Mỳ gạo Thủ Dương"), world, total=62)
    product = dossier.registration.product
    by = owner_of(product.subject)
    answer(subject=product.subject, product=product, year=2024, values={"technology": HAND}, by=by, at=world.at)
    paper(world, dossier, kind="test_report", number="KN-2024", issued_on=date(2024, 5, 2), title="Phiếu kiểm nghiệm")
    paper(
        world,
        dossier,
        kind="food_safety_certificate",
        number="ATTP-7",
        issued_on=date(2022, 1, 10),
        expires_on=date(2025, 1, 10),
        title="Giấy an toàn thực phẩm",
    )
    submit_dossier(dossier=dossier, by=by, at=world.at)
    pass_step(dossier=dossier, by=world.officer, at=world.at)
    recognised(world, dossier=fresh(dossier))
    return product


def change(page: Page, section: str) -> str:
    """What the page says of one heading of the law."""
    return page.get_by_role("region", name=section).inner_text()


def test_an_upgrade_is_composed_from_last_year(last_year: World, comes: Comes) -> None:
    product = recognised_product(last_year)
    owner, this_year = owner_of(product.subject), next_year(last_year)
    page = comes(this_year, owner, viewport={"width": 360, "height": 740})

    # Registered for a fourth star, and opened: last year's choices and papers are in it already.
    steps.leave_by(
        page.get_by_role("navigation", name="Điều hướng trên điện thoại").get_by_role("link", name="Chủ thể")
    )
    steps.follow(page, product.subject.name)
    steps.follow(page, f"Đăng ký sản phẩm này vào {this_year.batch}")
    page.locator("details", has=page.locator('input[name="set_no"][value="6"]')).locator("summary").click()
    page.locator('input[name="set_no"][value="6"]').check()
    page.get_by_text("Nâng hạng sao", exact=True).click()
    page.get_by_text("4 sao", exact=True).click()
    steps.press(page, "Đăng ký sản phẩm")
    steps.is_told(page, f"Đã đăng ký “{product.name}”")
    steps.press(page, "Lập hồ sơ")
    dossier = Dossier.objects.latest("pk")
    assert dossier.started_from is not None
    assert dossier.choices == dossier.started_from.content["choices"]

    # What lapsed is named; what is answered anew shows itself; the rest is said to be as it was.
    steps.follow(page, "Xem từng thay đổi")
    steps.stands_before(page, "Thay đổi so với lần được công nhận")
    assert "Hết hạn 10/01/2025, chưa có bản mới" in change(page, "Giấy tờ có thời hạn")
    expect(page.get_by_text("Công nghệ: giữ nguyên như lần được công nhận")).to_be_visible()
    answer(
        subject=product.subject,
        product=product,
        year=2025,
        values={"technology": MACHINE},
        by=owner,
        at=this_year.at + timedelta(hours=1),
    )
    page.reload()
    assert HAND in change(page, "Công nghệ")
    assert MACHINE in change(page, "Công nghệ")

    # The subject only comments; the words are kept while they are typed.
    said = page.get_by_role("region", name="Giấy tờ có thời hạn").get_by_role("textbox")
    said.fill("Đã nộp hồ sơ xin cấp lại ngày 02/03/2025")
    said.blur()
    expect(page.get_by_text("Đã lưu lúc").first).to_be_visible()
    steps.press(page, "Lưu và về hồ sơ")
    steps.is_told(page, "Đã lưu phần thay đổi")

    # Handed in: a receipt with its number and a code to follow it by; the content says what it started from.
    steps.hand_in(page, 1)
    steps.stands_before(page, "Đã nhận hồ sơ nộp lần 1")
    expect(page.get_by_text("00001/BN-24-2025")).to_be_visible()
    handed_in = fresh(dossier)
    submission = handed_in.submissions.get()
    assert submission.content["started_from"] == dossier.started_from.sha256
    assert "Đã nộp hồ sơ xin cấp lại ngày 02/03/2025" in submission.content["change_comments"].values()
    assert [each.tone for each in differences_of(handed_in, submission.content)].count("bad") == 1
    assert content_of(handed_in)["choices"] == submission.content["choices"]

    # Anybody with the code follows it, and learns nothing else.
    steps.follow(page, "Mở trang theo dõi")
    expect(page.get_by_role("heading", level=1, name=product.name)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Đang kiểm tra")
    expect(page.get_by_role("main")).not_to_contain_text(product.subject.name)
