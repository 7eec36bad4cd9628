"""A household photographs its papers once, on a phone, where the signal comes and goes."""

from __future__ import annotations

import io
import time
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pillow_heif import from_pillow
from playwright.sync_api import Page, Route, expect

from ocop.files.models import Upload
from ocop.files.store import part_size
from ocop.wallet.models import Paper
from tests.factories import World, subject
from tests.factories.cycle import owner_of
from tests.factories.files import heic, jpeg, pdf
from tests.journeys.conftest import Comes
from tests.journeys.steps import (
    choose,
    fill_in,
    follow,
    is_told,
    leave_by,
    press,
    stands_before,
    upload_state,
    words_of,
)
from tests.journeys.test_phone import PHONE, fits

pytestmark = pytest.mark.journey

MEGABYTE = 1024**2


def heavy_photo() -> bytes:
    """A photo of some megabytes in a format that no browser makes smaller: it takes a while on a weak line."""
    out = io.BytesIO()
    from_pillow(Image.effect_noise((1600, 1200), 120).convert("RGB")).save(out, format="HEIF", quality=90)
    assert len(out.getvalue()) > 2 * MEGABYTE
    return out.getvalue()


def to_wallet(page: Page, name: str) -> None:
    """From the day's work to the subject and its wallet."""
    leave_by(page.get_by_role("navigation", name="Điều hướng trên điện thoại").get_by_role("link", name="Chủ thể"))
    follow(page, name)
    follow(page, "Mở ví minh chứng")
    stands_before(page, "Ví minh chứng")
    assert fits(page) == []


def weak_line(page: Page) -> None:
    """Every piece of a file takes its time."""

    def slowly(route: Route) -> None:
        if route.request.method == "PATCH":
            time.sleep(0.3)
        route.continue_()

    page.route("**/tai-len/*/", slowly)  # the files, not their previews


def test_three_pages_go_up_while_the_signal_is_lost_twice(province: World, comes: Comes) -> None:
    producer = subject(province)
    page = comes(province, owner_of(producer), **PHONE)
    to_wallet(page, producer.name)
    follow(page, "Thêm giấy tờ đầu tiên")
    stands_before(page, "Thêm giấy tờ")
    weak_line(page)
    choose(
        page,
        ("trang-1.jpg", "image/jpeg", jpeg(size=(600, 800))),
        ("trang-2.heic", "image/heic", heic(size=(600, 800))),
        ("trang-3.heic", "image/heic", heavy_photo()),
    )
    kept = 0
    for _ in range(2):
        expect(upload_state(page, "trang-3.heic")).to_contain_text("đang tải")
        page.context.set_offline(True)
        expect(upload_state(page, "trang-3.heic")).to_have_text("mất sóng, sẽ tự tải tiếp")
        upload = Upload.objects.get(name="trang-3.heic")
        assert kept <= upload.offset < upload.length
        assert part_size(upload.key) == upload.offset
        kept = upload.offset
        page.context.set_offline(False)
    for name in ("trang-1.jpg", "trang-2.heic", "trang-3.heic"):
        expect(upload_state(page, name)).to_have_text("đã tải lên")
    assert Upload.objects.count() == 3, "taken up again, not begun anew"
    assert fits(page) == []

    page.get_by_label("Loại giấy").select_option(label="Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm")
    expect(page.get_by_text("Giấy có thời hạn 3 năm")).to_be_visible()
    fill_in(page, {"Số giấy": "12/2026", "Ngày cấp": "05/01/2026", "Ngày hết hạn": "05/01/2025"})
    press(page, "Lưu vào ví")
    expect(page.locator(".error-summary")).to_contain_text("lại sau ngày hết hạn 05/01/2025")
    expect(page.get_by_label("Số giấy")).to_have_value("12/2026")
    expect(page.locator("[data-upload-item]")).to_have_count(3)
    assert fits(page) == []

    fill_in(page, {"Ngày hết hạn": "05/01/2029"})
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu vào ví", exact=True).click()
    expect(page.locator("[data-upload-state]")).to_contain_text("Đang mất sóng nên chưa lưu được")
    page.context.set_offline(False)
    press(page, "Lưu vào ví")
    is_told(page, "Đã thêm “Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm” vào ví")
    expect(page.get_by_role("main")).to_contain_text("còn hạn đến 05/01/2029")
    assert fits(page) == []
    made = Paper.objects.get()
    assert (made.pages, made.file.content_type) == (3, "application/pdf")
    with default_storage.open(made.file.path) as content:
        assert words_of(content.read()) == ""


def test_a_photo_of_an_iphone_and_one_from_the_camera_are_shown(province: World, comes: Comes) -> None:
    producer = subject(province)
    page = comes(province, owner_of(producer), **PHONE)
    to_wallet(page, producer.name)
    follow(page, "Thêm giấy tờ đầu tiên")
    choose(page, ("anh.heic", "image/heic", heic(size=(600, 800))))
    shown = page.get_by_alt_text("Tệp vừa tải lên")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 600
    big = jpeg(size=(4000, 3000), turned=True)
    camera: Any = {"name": "chup.jpg", "mimeType": "image/jpeg", "buffer": big}
    page.get_by_label("Chụp ảnh").first.set_input_files(camera)
    expect(upload_state(page, "chup.jpg")).to_have_text("đã tải lên")
    small = Upload.objects.get(name="chup.jpg")
    assert small.length < len(big), "made small on the device"
    size = shown.evaluate("picture => picture.decode().then(() => [picture.naturalWidth, picture.naturalHeight])")
    assert size == [1200, 1600], "and upright"


def test_hostile_broken_and_doubled_files_are_each_told_and_the_good_ones_kept(province: World, comes: Comes) -> None:
    producer = subject(province)
    page = comes(province, owner_of(producer), **PHONE)
    to_wallet(page, producer.name)
    follow(page, "Thêm nhiều giấy cùng lúc")
    choose(
        page,
        ("ma-doc.pdf", "application/pdf", pdf(script="open")),
        ("rong.pdf", "application/pdf", b""),
        ("gia.pdf", "application/pdf", jpeg()),
        ("tot.pdf", "application/pdf", pdf()),
        ("ban-sao.pdf", "application/pdf", pdf()),
    )
    expect(upload_state(page, "ma-doc.pdf")).to_contain_text("đoạn mã chạy được")
    expect(upload_state(page, "rong.pdf")).to_contain_text("rỗng (0 byte)")
    expect(upload_state(page, "gia.pdf")).to_contain_text("thật ra là ảnh JPG")
    for name in ("tot.pdf", "ban-sao.pdf"):
        expect(upload_state(page, name)).to_have_text("đã tải lên")
    press(page, "Lưu tất cả vào ví")
    is_told(page, "Đã thêm 1 giấy tờ")
    expect(page.get_by_role("main")).to_contain_text("“ban-sao.pdf” đã có trong ví với tên “tot”")
    assert Paper.objects.get().title == "tot"


def test_two_hundred_files_at_once(province: World, comes: Comes) -> None:
    producer = subject(province)
    page = comes(province, owner_of(producer), **PHONE)
    to_wallet(page, producer.name)
    follow(page, "Thêm nhiều giấy cùng lúc")
    page.context.set_offline(True)
    choose(page, *((f"giay-{number}.pdf", "application/pdf", pdf()) for number in range(200)))
    expect(page.locator("[data-upload-state]")).to_contain_text(
        "Bạn chọn 200 tệp; mỗi lần nhận nhiều nhất 60. Đã nhận 60 tệp đầu: lưu xong rồi thêm 140 tệp còn lại."
    )
    expect(page.locator("[data-upload-item]")).to_have_count(60)
    page.context.set_offline(False)
