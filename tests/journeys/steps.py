"""What people do at the screen, in words of the trade; every step says what it expects to see.

A step that leaves a page ends on the next one, loaded and with its scripts at work: whatever is read after it, on the
page or in the database, is of the answer and not of the page before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from ocop.accounts.models import User
from ocop.council.models import Council

Places = Mapping[str, int | None]


# ── getting about ──


def leave_by(way: Locator) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with way.page.expect_navigation():
        way.click()


def sign_in(page: Page, login: str, password: str) -> None:
    """From the front page through the sign-in page to the day's work."""
    to_sign_in(page)
    try_to_sign_in(page, login, password)
    stands_before(page, "Việc hôm nay")


def to_sign_in(page: Page) -> None:
    """From the front page to the sign-in page."""
    leave_by(page.get_by_role("banner").get_by_role("link", name="Đăng nhập"))
    stands_before(page, "Đăng nhập")


def try_to_sign_in(page: Page, login: str, password: str) -> None:
    """Send the sign-in page, whatever it answers."""
    fill_in(page, {"Số điện thoại hoặc thư điện tử": login, "Mật khẩu": password})
    press(page, "Đăng nhập")


def stands_before(page: Page, heading: str) -> None:
    """The page with this heading is open."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def go(page: Page, place: str) -> None:
    """To one of the places in the navigation."""
    link = page.get_by_role("navigation", name="Điều hướng chính").get_by_role("link", name=place, exact=True)
    leave_by(link)
    expect(link).to_have_attribute("aria-current", "page")


def task(page: Page, what: str) -> Locator:
    """The card of a waiting task on the desk, which is opened first."""
    go(page, "Việc hôm nay")
    return page.get_by_role("article").filter(has_text=what)


def take_up(page: Page, what: str, action: str) -> None:
    """Press the button of a waiting task, which opens its page."""
    leave_by(task(page, what).get_by_role("link", name=action, exact=True))


def press(page: Page, button: str) -> None:
    """A button that sends a form of the page's own content; the answer is a page."""
    leave_by(page.get_by_role("main").get_by_role("button", name=button, exact=True))


def follow(page: Page, link: str) -> None:
    """A link of the page's own content; the first where it stands twice."""
    leave_by(page.get_by_role("main").get_by_role("link", name=link, exact=True).first)


def is_told(page: Page, words: str) -> None:
    """The page answers what was just done."""
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=words)).to_be_visible()


def is_refused(page: Page, words: str | re.Pattern[str]) -> None:
    """The page says why it did not do it."""
    expect(page.get_by_role("main").locator(".callout--bad").filter(has_text=words).first).to_be_visible()


def fill_in(page: Page, fields: Mapping[str, str]) -> None:
    """Type into the fields of these labels."""
    for label, value in fields.items():
        page.get_by_role("main").get_by_label(label).first.fill(value)


def as_typed(day: date) -> str:
    """A day as one types it."""
    return f"{day:%d/%m/%Y}"


# ── papers ──


def paper(page: Page, link: str | re.Pattern[str]) -> bytes:
    """The PDF behind a link, fetched as this visitor."""
    return pdf_behind(page.get_by_role("main").get_by_role("link", name=link).first)


def pdf_behind(link: Locator) -> bytes:
    """The PDF that this link leads to, fetched as this visitor."""
    expect(link).to_be_visible()
    answer = link.page.request.get(str(link.evaluate("link => link.href")))
    assert answer.status == 200, answer.status
    assert answer.headers["content-type"] == "application/pdf"
    body = answer.body()
    assert body.startswith(b"%PDF")
    return body


def words_of(pdf: bytes) -> str:
    """The text of a PDF, lines joined."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def qr_of(pdf: bytes) -> str:
    """What a telephone reads from the QR on the first page, printed at 150 dpi."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil()
    [code] = zxingcpp.read_barcodes(picture)
    return str(code.text)


def qr_on(page: Page, words: str) -> str:
    """What a telephone reads from the QR of these words on the screen."""
    code = page.get_by_role("main").get_by_role("img", name=words)
    expect(code).to_be_visible()
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    return str(read.text)


# ── the public ──


def check(page: Page, number: str) -> None:
    """A shopper on the front page types what stands on a certificate."""
    fill_in(page, {"Kiểm tra giấy chứng nhận": number})
    press(page, "Kiểm tra")


# ── the dossier ──


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    """Choose files (name, type, content) on the device; they go up at once."""
    chosen: Any = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    page.get_by_label("Chọn từ máy").first.set_input_files(chosen)


def upload_state(page: Page, name: str) -> Locator:
    """What the list of files says of one of them."""
    return page.locator("[data-upload-item]").filter(has_text=name).locator("[data-upload-words]")


def upload(page: Page, *files: tuple[str, str, bytes], button: str = "Tải lên") -> None:
    """Choose files, wait until they have gone up, and send the form."""
    choose(page, *files)
    for name, _, _ in files:
        expect(upload_state(page, name)).to_have_text("đã tải lên")
    press(page, button)


def hand_in(page: Page, number: int) -> None:
    """From the dossier's page through the last look to the hand-over."""
    follow(page, "Nộp hồ sơ" if number == 1 else "Nộp lại hồ sơ")
    stands_before(page, "Nộp hồ sơ")
    send_in(page)
    is_told(page, f"Đã nộp hồ sơ lần {number}")


def send_in(page: Page) -> None:
    """The button of the last look; what is worth another look is ticked as read first."""
    read = page.get_by_role("checkbox", name="Tôi đã đọc các mục trên và vẫn nộp")
    if read.count():
        read.check()
    press(page, "Nộp hồ sơ")


def missing(page: Page, things: Sequence[tuple[str, str]], answer_by: date) -> None:
    """The lead office names what is missing, why, and until when."""
    for row, (what, reason) in enumerate(things):
        page.get_by_role("textbox", name="Mục còn thiếu").nth(row).fill(what)
        page.get_by_role("textbox", name="Lý do").nth(row).fill(reason)
        page.get_by_role("textbox", name="Ví dụ", exact=True).nth(row).fill(f"{what} chụp rõ cả trang")
    page.get_by_label("Hạn bổ sung").fill(as_typed(answer_by))
    press(page, "Yêu cầu bổ sung")
    is_told(page, f"nộp lại trước hết ngày {as_typed(answer_by)}")


# ── score sheets ──


def criterion(page: Page, code: str) -> Locator:
    """The card of one criterion."""
    return page.locator(f'[data-criterion="{code}"]')


def options_of(page: Page, code: str) -> Locator:
    """The options of one criterion, “none” the last."""
    return page.get_by_role("group", name=f"Chọn mức cho tiêu chí {code}", exact=True).get_by_role("radio")


def sheet_is_open(page: Page, action: str) -> None:
    """The sheet is there to be filled in, and it listens: it brings out its keys once it does (not on the phone)."""
    expect(page.get_by_role("button", name=action, exact=True)).to_be_visible()
    expect(page.locator("[data-sheet-help]")).not_to_have_attribute("hidden", "")


def tick(page: Page, places: Places) -> None:
    """Choose with the mouse: the whole row of an option is its button."""
    for code, place in places.items():
        rows = page.get_by_role("group", name=f"Chọn mức cho tiêu chí {code}", exact=True).locator("label")
        (rows.nth(place - 1) if place else rows.last).click()


def tick_by_keys(page: Page, places: Places) -> None:
    """Choose with the keyboard alone: J to the next criterion, 1–9 an option, 0 none."""
    for place in places.values():
        page.keyboard.press("j")
        page.keyboard.press(str(place or 0))


def is_saved(page: Page, total: int, count: int) -> None:
    """The bar shows the total and the count, and that all of it is kept."""
    expect(page.locator("[data-sheet-total]")).to_have_text(f"{total},00")
    expect(page.locator("[data-sheet-answered]")).to_have_text(str(count))
    expect(page.locator("[data-sheet-state]")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d$"))


def enter_as_assessor(page: Page, product: str) -> None:
    """From the desk to the sheet: the door asks about interests first."""
    take_up(page, f"Chấm điểm: {product}", "Chấm điểm")
    press(page, "Không liên quan, vào chấm")
    sheet_is_open(page, "Nộp phiếu")


def enter_self_assessment(page: Page, product: str) -> None:
    """From the desk of the subject to the sheet of a dossier it has begun."""
    take_up(page, f"Hoàn thiện hồ sơ: {product}", "Làm tiếp")
    stands_before(page, product)
    follow(page, "Tự đánh giá")
    stands_before(page, "Tự đánh giá")
    sheet_is_open(page, "Lưu và về hồ sơ")


def hand_in_sheet(page: Page) -> None:
    """Hand the sheet in; it is locked from then on."""
    press(page, "Nộp phiếu")
    is_told(page, "Đã nộp phiếu")


def to_hearing(page: Page, product: str) -> None:
    """The chair goes from the desk through the session to the product."""
    take_up(page, "Chủ trì và chốt điểm", "Mở phiên họp")
    leave_by(page.get_by_role("region", name="Tiến độ của phiên").get_by_role("link", name=product))
    stands_before(page, product)


def close(page: Page, place: int = 1) -> None:
    """The chair closes the product whose page is open, typing its number to confirm."""
    follow(page, "Chốt điểm")
    page.get_by_label(re.compile(r"^Gõ số thứ tự")).fill(str(place))
    press(page, "Chốt điểm")


# ── the council's people, the office's papers ──


def seats(council: Council) -> dict[str, list[User]]:
    """Who sits on the council, by role."""
    found: dict[str, list[User]] = {}
    for seat in council.seats.select_related("user").order_by("pk"):
        found.setdefault(seat.role, []).append(seat.user)
    return found


def chair_of(council: Council) -> User:
    """The chair."""
    return seats(council)["chair"][0]


def sign_decision_over(page: Page, number: str, products: int) -> None:
    """The leader signs the draft that waits on the desk, typing the number of products."""
    take_up(page, f"Ký quyết định công nhận {products} sản phẩm", "Xem và ký")
    fill_in(page, {"Số quyết định": number, f"Gõ số sản phẩm ({products}) để xác nhận": str(products)})
    press(page, "Ký và cấp giấy chứng nhận")
    stands_before(page, f"Quyết định {number}")


def draft_decision_over(page: Page, products: int) -> None:
    """The lead office drafts the decision over everything that waits."""
    take_up(page, f"Soạn quyết định công nhận {products} sản phẩm", "Soạn quyết định")
    press(page, "Soạn dự thảo quyết định")
    stands_before(page, "Dự thảo quyết định công nhận")


def panel(page: Page, title: str) -> Locator:
    """A card of the page by its heading."""
    return page.locator("section.panel").filter(has=page.get_by_role("heading", name=title))


def main_words(page: Page, heading: str) -> str:
    """All that the content of the page with this heading says."""
    stands_before(page, heading)
    return str(page.get_by_role("main").inner_text())


def window(page: Page, title: str) -> Locator:
    """A later room's window in the dossier's page, once it has come."""
    found = panel(page, title)
    expect(found).to_be_visible()
    return found
