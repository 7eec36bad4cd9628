"""A new product from its subject's first visit to the shopper who reads the QR (QĐ 148/2023, a city in 2024)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from ocop.desk.demo.choices import places_for
from ocop.regime.queries import current as current_regime
from ocop.rubric.queries import as_rules, current_set
from tests.factories import World, council_of, photo
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

SUBJECT = "Hợp tác xã Mỳ Thủ Dương"
PRODUCT = "Mỳ gạo Thủ Dương"
GROUP = "Chế biến từ gạo, ngũ cốc"
PHONE = "0912345678"


def register_subject(page: Page) -> str:
    """The commune officer registers the subject and opens an account; gives the password shown this once."""
    steps.go(page, "Chủ thể")
    steps.follow(page, "Đăng ký chủ thể")
    steps.fill_in(
        page,
        {
            "Tên chủ thể": SUBJECT,
            "Số đăng ký kinh doanh": "2400123456",
            "Địa chỉ": "Tổ dân phố 3",
            "Người đại diện": "Hoàng Thị Giám Đốc",
            "Số điện thoại": PHONE,
        },
    )
    page.get_by_role("radio", name="Hợp tác xã").check()
    steps.press(page, "Đăng ký chủ thể")
    steps.stands_before(page, SUBJECT)
    steps.follow(page, "Thêm người thay mặt")
    steps.press(page, "Mở tài khoản và xem mật khẩu tạm")
    steps.stands_before(page, "Mật khẩu tạm")
    expect(page.get_by_text("Mật khẩu chỉ hiện lần này")).to_be_visible()
    return str(steps.panel(page, "Hoặc mật khẩu tạm").get_by_role("code").inner_text())


def register_product(page: Page) -> None:
    """The subject registers its product into the open batch and opens the dossier."""
    steps.go(page, "Chủ thể")
    steps.follow(page, "Đăng ký sản phẩm")
    page.get_by_label("Tìm nhóm").fill("gao")
    expect(page.get_by_role("radio", name=GROUP)).to_be_visible()
    page.get_by_role("radio", name=GROUP).check()
    steps.fill_in(page, {"Tên sản phẩm": PRODUCT})
    page.get_by_role("radio", name="3 sao").check()
    steps.press(page, "Đăng ký sản phẩm")
    steps.is_told(page, f"Đã đăng ký “{PRODUCT}”")
    steps.go(page, "Việc hôm nay")
    steps.take_up(page, f"Lập hồ sơ: {PRODUCT}", "Lập hồ sơ")
    expect(page.get_by_text("mọi thứ tự lưu")).to_be_visible()
    steps.press(page, "Lập hồ sơ")


def test_new_product_to_certificate(city: World, comes: Comes, street: Street) -> None:
    criteria_set = as_rules(current_set(current_regime("qd148-2023").code, 6))
    council = council_of(city, members=3)
    people = steps.seats(council)

    password = register_subject(comes(city, city.commune_officer))
    subject = comes(city, PHONE, password)
    register_product(subject)

    # The subject assesses itself on the product's own criteria; everything saves itself.
    steps.follow(subject, "Tự đánh giá")
    expect(subject.get_by_role("main")).to_contain_text(GROUP)
    steps.sheet_is_open(subject, "Lưu và về hồ sơ")
    steps.tick(subject, places_for(criteria_set, 60))
    steps.is_saved(subject, 60, len(criteria_set.criteria))
    steps.press(subject, "Lưu và về hồ sơ")
    steps.is_told(subject, "Đã lưu phần tự đánh giá")

    # Of two files one is refused; the good one stays.
    steps.follow(subject, "Thêm minh chứng")
    steps.choose(
        subject, ("co-so.jpg", "image/jpeg", photo().read()), ("phan-mem.exe", "image/jpeg", b"MZ" + bytes(200))
    )
    expect(steps.upload_state(subject, "phan-mem.exe")).to_contain_text("không thuộc loại được nhận")
    expect(steps.upload_state(subject, "co-so.jpg")).to_have_text("đã tải lên")
    steps.press(subject, "Tải lên")
    steps.is_told(subject, "Đã nhận 1 tệp")
    expect(subject.get_by_role("heading", name="Hồ sơ đang viện dẫn 1 giấy tờ")).to_be_visible()
    steps.follow(subject, PRODUCT)
    steps.hand_in(subject, 1)

    # The lead officer sends it back once, with everything that is missing.
    officer = comes(city, city.officer)
    steps.take_up(officer, PRODUCT, "Mở kiểm tra")
    deadline = city.at.date() + timedelta(days=8)
    lacking = [("Phiếu kiểm nghiệm", "Bản chụp mờ, chưa đọc được số phiếu."), ("Ảnh nhãn", "Chưa có ảnh mặt sau nhãn.")]
    steps.missing(officer, lacking, deadline)

    # The subject completes and hands in again.
    steps.take_up(subject, f"Bổ sung theo yêu cầu: {PRODUCT}", "Xem cần bổ sung gì")
    for what, reason in lacking:
        expect(subject.get_by_role("row").filter(has_text=what)).to_contain_text(reason)
    steps.follow(subject, "Bổ sung từng mục")
    for number, (what, _) in enumerate(lacking, start=1):
        item = subject.get_by_role("region", name=what)
        item.get_by_role("textbox").fill(f"Đã chụp lại tệp {number}")
    steps.press(subject, "Lưu và về hồ sơ")
    steps.is_told(subject, "Đã lưu các mục đã bổ sung")
    steps.follow(subject, "Thêm hoặc sửa minh chứng")
    steps.upload(subject, ("nhan.jpg", "image/jpeg", photo().read()), ("phieu.jpg", "image/jpeg", photo().read()))
    steps.is_told(subject, "Đã nhận 2 tệp")
    steps.follow(subject, PRODUCT)
    steps.hand_in(subject, 2)

    steps.take_up(officer, PRODUCT, "Mở kiểm tra")
    expect(officer.get_by_text("Hồ sơ đã được bổ sung")).to_be_visible()
    steps.press(officer, "Đạt, chuyển tiếp")
    steps.is_told(officer, "chuyển hồ sơ sang bước tiếp theo")

    # The secretary calls a session and puts the product before it.
    secretary = comes(city, people["secretary"][0])
    steps.go(secretary, "Hội đồng")
    steps.follow(secretary, council.name)
    steps.follow(secretary, "Triệu tập phiên họp")
    secretary.get_by_label("Đợt đánh giá").select_option(label=str(city.batch))
    steps.fill_in(
        secretary,
        {
            "Tên phiên họp": "Phiên 1",
            "Ngày họp": steps.as_typed(city.at.date()),
            "Địa điểm": "Phòng họp tầng 2",
        },
    )
    steps.press(secretary, "Triệu tập")
    secretary.get_by_role("checkbox", name=PRODUCT).check()
    steps.press(secretary, "Đưa ra phiên họp")
    steps.is_told(secretary, "Đã đưa 1 hồ sơ ra phiên họp")

    # Chair and vice-chair score with the mouse; closing now is refused with figures.
    chair = comes(city, people["chair"][0])
    for page, total in ((chair, 62), (comes(city, people["vice_chair"][0]), 60)):
        steps.enter_as_assessor(page, PRODUCT)
        steps.tick(page, places_for(criteria_set, total))
        steps.is_saved(page, total, len(criteria_set.criteria))
        steps.hand_in_sheet(page)
    steps.to_hearing(chair, PRODUCT)
    expect(chair.get_by_text("2/3 phiếu đã nộp")).to_be_visible()
    steps.close(chair)
    steps.is_refused(chair, "Chưa đủ túc số: 2/3 phiếu")

    # The third scores with the keyboard alone.
    member = comes(city, people["member"][0])
    steps.enter_as_assessor(member, PRODUCT)
    steps.tick_by_keys(member, places_for(criteria_set, 64))
    steps.is_saved(member, 64, len(criteria_set.criteria))
    steps.hand_in_sheet(member)

    steps.to_hearing(chair, PRODUCT)
    steps.close(chair)
    steps.is_told(chair, "Đã chốt điểm")
    expect(steps.panel(chair, "Kết quả:")).to_contain_text("62,00")
    expect(steps.panel(chair, "Kết quả:")).to_contain_text("3 sao")

    # Draft, signature, certificate.
    steps.draft_decision_over(officer, 1)
    steps.sign_decision_over(comes(city, city.leader), "3163/QĐ-UBND", 1)
    steps.go(subject, "Chứng nhận")
    steps.follow(subject, PRODUCT)
    printed = steps.paper(subject, "Mở giấy chứng nhận (PDF)")
    assert PRODUCT in steps.words_of(printed)

    # A shopper reads the QR off the paper.
    address = steps.qr_of(printed)
    assert address.startswith(street.url)
    shopper = street.passer_by()
    shopper.goto(address)
    expect(shopper.get_by_text("CÒN HIỆU LỰC")).to_be_visible()
    steps.stands_before(shopper, PRODUCT)
    for words in (SUBJECT, "3 sao", "3163/QĐ-UBND", "Phường Thọ Xương"):
        expect(shopper.get_by_role("main")).to_contain_text(words)

    # Another program asks the same question; an altered code is unknown, in words.
    code = urlsplit(address).path.strip("/").split("/")[-1]
    answer = shopper.request.get(f"{street.url}/api/v1/certificates/{code}").json()
    assert answer["status_words"] == "CÒN HIỆU LỰC"
    assert (answer["product"]["name"], answer["subject"]["name"], answer["star"]) == (PRODUCT, SUBJECT, 3)
    assert answer["page"] == address
    altered = ("2" if code[0] != "2" else "3") + code[1:]
    unknown = shopper.goto(address.replace(code, altered))
    assert unknown is not None
    assert unknown.status == 404
    expect(shopper.get_by_text("KHÔNG TÌM THẤY")).to_be_visible()
