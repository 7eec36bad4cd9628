"""A household on one small telephone: from the invitation to the receipt, over a signal that comes and goes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from ocop.desk.demo.choices import places_for
from ocop.dossiers.models import Dossier, Evidence, Submission
from ocop.dossiers.queries import criteria_of
from ocop.interview.queries import answers_of
from ocop.wallet.models import Paper
from tests.factories import World
from tests.factories.cycle import fresh
from tests.factories.files import heic, jpeg, pdf
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street
from tests.journeys.test_phone import PHONE, Walk, fits
from tests.journeys.test_wallet import heavy_photo, weak_line

pytestmark = pytest.mark.journey

HOUSEHOLD = "Hộ kinh doanh Hoàng Thị Mận"
PRODUCT = "Mỳ gạo Đa Mai phơi sương"
OWN_PASSWORD = "mỳ gạo bốn mùa 2026"


MANY = tuple((f"giay-{number}.pdf", "application/pdf", pdf(number)) for number in range(1, 5))
ONE_BY_ONE = (
    (
        "Giấy đăng ký kinh doanh, đăng ký hợp tác xã",
        "20B8001234",
        "",
        ("dkkd.jpg", "image/jpeg", jpeg((1, 2, 3), size=(600, 800))),
    ),
    (
        "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
        "12/2026/ATTP",
        "05/01/2029",
        ("attp.heic", "image/heic", heic((4, 5, 6))),
    ),
    (
        "Phiếu kết quả kiểm nghiệm",
        "KN-0147",
        "05/01/2027",
        ("kiem-nghiem.pdf", "application/pdf", pdf(6)),
    ),
    ("Hợp đồng liên kết sản xuất, tiêu thụ", "HD-07", "", ("hop-dong.pdf", "application/pdf", pdf(7))),
    ("Danh sách lao động, bảng lương, hợp đồng lao động", "", "", ("luong.jpg", "image/jpeg", jpeg((7, 8, 9)))),
)


def the_dossier() -> Dossier:
    """The only dossier there is, as it stands now."""
    return fresh(Dossier.objects.get())


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


def question(page: Page, words: str) -> Locator:
    """The field of a question, by some of its words."""
    return page.get_by_label(re.compile(re.escape(words))).first


def options(page: Page, words: str) -> Locator:
    """The options of a question, by some of its words."""
    return page.get_by_role("group", name=re.compile(re.escape(words)))


def is_kept(page: Page) -> None:
    """Everything typed on the card is with the office."""
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu lúc")


def answers(walk: Walk) -> None:
    """Card by card; the line is lost over one of them, and a wrong number is refused at its field."""
    page = walk.page
    walk.tap("Bắt đầu phỏng vấn")
    walk.tap("Bắt đầu trả lời")

    steps.stands_before(page, "Cơ sở và giấy đăng ký")
    question(page, "thành lập, đăng ký kinh doanh").fill("12/3/2021")
    question(page, "Giấy đăng ký kinh doanh số mấy").fill("Số 20B8001234, cấp ngày 12/3/2021")
    walk.press("Tiếp")

    steps.stands_before(page, "Người đại diện")
    options(page, "nam hay nữ").get_by_label("Nữ").check()
    question(page, "dân tộc nào").fill("Kinh")
    walk.press("Tiếp")

    steps.stands_before(page, "Người làm")
    question(page, "tất cả bao nhiêu lao động").fill("52")
    question(page, "sống trong xã").fill("60")
    page.get_by_role("button", name="Tiếp").tap()
    expect(page.get_by_text(re.compile("60 người.*nhiều hơn.*52 người"))).to_be_visible()
    expect(question(page, "tất cả bao nhiêu lao động")).to_have_value("52")
    expect(question(page, "sống trong xã")).to_have_value("60")
    walk.wrong += fits(page)

    page.context.set_offline(True)  # the first loss
    question(page, "sống trong xã").fill("38")
    question(page, "chia việc thế nào").fill("Ba tổ: tráng, phơi, đóng gói")
    page.get_by_role("button", name="Tiếp").tap()
    expect(page.locator("[data-autosave-state]")).to_contain_text("Câu trả lời được giữ trên máy này")
    assert "staff_structure" not in answers_of(the_dossier().registration.product.subject)
    page.context.set_offline(False)
    is_kept(page)
    walk.press("Tiếp")

    steps.stands_before(page, "Tiền bán hàng và tiền lãi")
    for place, (revenue, profit) in enumerate((("1.250.000.000", "210.000.000"), ("980.000.000", "150.000.000"))):
        page.get_by_label(re.compile("^Năm")).nth(place).fill(revenue)
        page.get_by_label(re.compile("^Năm")).nth(place + 3).fill(profit)
    walk.press("Để sau")

    walk.tap("Nguyên liệu")
    question(page, "dùng tất cả bao nhiêu nguyên liệu").fill("120")
    question(page, "có nguồn gốc trong tỉnh").fill("96")
    question(page, "Nguyên liệu lấy ở đâu").fill("Gạo Bao Thai của 42 hộ trong phường.")
    walk.press("Để sau")

    walk.tap("Giấy phép")
    options(page, "Đã công bố chất lượng").get_by_label("Có", exact=True).check()
    walk.press("Để sau")

    walk.tap("Nhãn hiệu, chỉ dẫn nguồn gốc")
    options(page, "Đã được bảo hộ những gì").get_by_label("Nhãn hiệu", exact=True).check()
    walk.press("Để sau")

    walk.tap("Kế hoạch: làm gì, bán cho ai")
    first = page.get_by_role("group", name="Dòng 1")
    for label, value in (
        ("Sản phẩm, quy cách", "Mỳ gạo gói 500 g"),
        ("Số lượng một năm", "40 tấn"),
        ("Giá bán dự kiến", "45.000"),
    ):
        first.get_by_label(label).fill(value)
    walk.press("Để sau")


def fills_wallet(walk: Walk) -> None:
    """Five papers at once, over a line that breaks; then five by themselves, with what stands on them."""
    page = walk.page
    walk.tap("Thêm nhiều giấy cùng lúc")
    weak_line(page)
    steps.choose(page, *MANY, ("danh-sach-lao-dong.heic", "image/heic", heavy_photo()))
    expect(steps.upload_state(page, "danh-sach-lao-dong.heic")).to_contain_text("đang tải")
    page.context.set_offline(True)  # the second loss
    expect(steps.upload_state(page, "danh-sach-lao-dong.heic")).to_have_text("mất sóng, sẽ tự tải tiếp")
    page.context.set_offline(False)
    for name in (*(name for name, _, _ in MANY), "danh-sach-lao-dong.heic"):
        expect(steps.upload_state(page, name)).to_have_text("đã tải lên")
    walk.press("Lưu tất cả vào ví")
    steps.is_told(page, "Đã thêm 5 giấy tờ")
    walk.tap("Thêm giấy tờ")
    for place, (kind, number, expires, file) in enumerate(ONE_BY_ONE, start=1):
        page.get_by_label("Loại giấy").select_option(label=kind)
        steps.fill_in(page, {"Số giấy": number, "Ngày cấp": "05/01/2026", "Ngày hết hạn": expires})
        steps.choose(page, file)
        expect(steps.upload_state(page, file[0])).to_have_text("đã tải lên")
        walk.press("Lưu và thêm giấy khác" if place < len(ONE_BY_ONE) else "Lưu vào ví")
        steps.is_told(page, f"Đã thêm “{kind}” vào ví")


def cites(walk: Walk) -> None:
    """What is in the wallet is cited where it is suggested, the rest for a chosen criterion; two files are new."""
    page = walk.page
    walk.tap("Minh chứng của hồ sơ")
    suggested = page.get_by_role("button", name=re.compile("^Viện dẫn cho"))
    expect(suggested.first).to_be_visible()
    while suggested.count():
        walk.press(re.compile("^Viện dẫn cho"))
        steps.is_told(page, "Đã viện dẫn")
    for place in range(len(MANY) + 1):
        walk.press("Đưa vào hồ sơ, chọn tiêu chí")
        page.get_by_role("checkbox").nth(place).check()
        walk.press("Lưu viện dẫn")
        steps.is_told(page, "Đã lưu viện dẫn")
    steps.upload(page, ("nhan.jpg", "image/jpeg", jpeg((9, 9, 99))), ("keo.heic", "image/heic", heic((9, 99, 9))))
    steps.is_told(page, "Đã nhận 2 tệp")
    expect(page.get_by_role("heading", name="Hồ sơ đang viện dẫn 12 giấy tờ")).to_be_visible()
    walk.wrong += fits(page)


def assesses(walk: Walk, dossier: Dossier, total: int) -> None:
    """Every criterion is ticked, the sum of the own numbers beside it; the bar knows the total."""
    page, places = walk.page, places_for(criteria_of(dossier), total)
    walk.tap("Sang tự đánh giá")
    steps.sheet_is_open(page, "Lưu và về hồ sơ")
    expect(steps.criterion(page, "3.3")).to_contain_text("38/52")
    expect(steps.criterion(page, "3.3").locator(".option--supported")).to_have_count(1)
    steps.tick(page, places)
    steps.is_saved(page, total, len(places))
    walk.wrong += fits(page)
    walk.press("Lưu và về hồ sơ")


def form(page: Page, name: str) -> str:
    """The words of a printed form of the dossier."""
    return steps.words_of(steps.pdf_behind(steps.panel(page, name).get_by_role("link", name="Mở PDF để in")))


def test_from_the_invitation_to_the_receipt(province: World, comes: Comes, street: Street) -> None:
    walk = comes_in(street, registers(comes(province, province.commune_officer)))
    page = walk.page
    registers_product(walk)
    answers(walk)
    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    walk.tap("Ví minh chứng")
    fills_wallet(walk)
    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    cites(walk)
    assesses(walk, the_dossier(), 60)

    walk.tap("Mẫu đơn")
    registers_as, reports = (form(page, name) for name in ("Mẫu 01", "Mẫu 02"))
    for words in (HOUSEHOLD, PRODUCT, "Hoàng Thị Mận"):
        assert words in registers_as, words
    for words in ("Mỳ gạo gói 500 g", "12/2026/ATTP", "Gạo Bao Thai của 42 hộ"):
        assert words in reports, words
    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    steps.hand_in(page, 1)
    walk.wrong += fits(page)

    # What was handed in is whole, and anybody with the code follows it without signing in.
    dossier, submission = the_dossier(), Submission.objects.get()
    assert Evidence.objects.filter(dossier=dossier).count() == len(submission.content["evidence"]) == 12
    assert Paper.objects.count() == 12
    kept = answers_of(dossier.registration.product.subject, dossier.registration.product, province.at.year)
    assert (kept["workers"], kept["workers_commune"], kept["revenue.last"]) == (52, 38, 1_250_000_000)
    expect(page.get_by_role("main")).to_contain_text(submission.receipt_number)
    code = steps.qr_on(page, "Mã QR mở trang theo dõi hồ sơ").rstrip("/").rpartition("/")[2]
    passer_by = Walk(street.passer_by(**PHONE))
    passer_by.tap("Theo dõi hồ sơ")
    steps.fill_in(passer_by.page, {"Theo dõi hồ sơ": code})
    passer_by.press("Theo dõi")
    steps.stands_before(passer_by.page, PRODUCT)
    expect(passer_by.page.get_by_role("main")).to_contain_text("Đang giữ việc")
    expect(passer_by.page.get_by_role("main")).not_to_contain_text("Hoàng Thị Mận")
    assert [*walk.wrong, *passer_by.wrong] == []
