"""The score sheet in a real browser, without a server: every answer it may meet is given by the test."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from ocop.ui import views

STATIC = Path(views.__file__).parent / "static"
HOST = "http://giao-dien.test"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'"


class Office:
    """Stands for the server: serves the guide and the files, keeps what was saved, answers as it is told."""

    def __init__(self, page: Page, html: str) -> None:
        self.html = html
        self.saved: list[dict[str, str]] = []
        self.revisions: list[str] = []
        self.answer: tuple[int, dict[str, object]] | None = (200, {"saved_at": "09:15"})
        page.route(f"{HOST}/**", self.serve)

    def serve(self, route: Route) -> None:
        request = route.request
        path = request.url.removeprefix(HOST).split("?")[0]
        file = STATIC / path.removeprefix("/static/")
        if request.method == "POST":
            self.save(route, request.post_data or "")
        elif path == "/giao-dien/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)
        elif path.startswith("/static/") and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        else:
            route.fulfill(status=404, body="")

    def save(self, route: Route, sent: str) -> None:
        self.revisions += parse_qs(sent).get("revision", [])
        if self.answer is None:
            route.abort("internetdisconnected")
            return
        status, told = self.answer
        if status == 200:
            fields = parse_qs(sent, keep_blank_values=True)
            fields.pop("revision")
            self.saved.append({name: values[0] for name, values in fields.items()})
        route.fulfill(status=status, body=json.dumps(told), content_type="application/json")


@pytest.fixture
def html(client: Client) -> str:
    page = client.get("/giao-dien/").content.decode()
    # htmx comes from a package of its own and has no part in the sheet.
    return re.sub(r"<script[^>]*django_htmx[^>]*></script>", "", page)


@pytest.fixture
def office(page: Page, html: str) -> Office:
    office = Office(page, html)
    page.goto(f"{HOST}/giao-dien/")
    expect(page.locator("[data-sheet-help]")).to_be_visible()
    return office


def state(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("[data-sheet-state]")


def test_a_choice_saves_itself_and_says_when(page: Page, office: Office) -> None:
    page.locator('#tieu-chi-2\\.4 label:has-text("thu gom và xử lý chất thải")').click()
    expect(state(page)).to_have_text("Đã lưu lúc 09:15")
    assert office.saved == [{"choice-2.4": "2"}]
    expect(page.locator("[data-sheet-total]")).to_have_text("6,50")
    expect(page.locator("[data-sheet-answered]")).to_have_text("2")


def test_the_servers_sum_wins(page: Page, office: Office) -> None:
    office.answer = (200, {"saved_at": "09:16", "total": "62,50", "answered": 18, "message": "Đủ mức tối thiểu."})
    page.locator("#tieu-chi-2\\.4 .option").first.click()
    expect(page.locator("[data-sheet-total]")).to_have_text("62,50")
    expect(page.locator("[data-sheet-message]")).to_have_text("Đủ mức tối thiểu.")


def test_nothing_is_lost_when_the_line_drops(page: Page, office: Office) -> None:
    office.answer = None
    page.locator("#tieu-chi-2\\.4 .option").nth(2).click()
    expect(state(page)).to_contain_text("Chưa gửi")
    # The tab is closed and opened again, still without a line; then the line returns.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.goto(f"{HOST}/giao-dien/")
    expect(page.locator("#tieu-chi-2\\.4 input").nth(2)).to_be_checked()
    expect(state(page)).to_contain_text("Chưa gửi")
    office.answer = (200, {"saved_at": "09:20"})
    expect(state(page)).to_have_text("Đã lưu lúc 09:20", timeout=8000)
    assert office.saved == [{"choice-2.4": "3"}]
    assert page.evaluate("localStorage.length") == 0


def test_a_refusal_is_shown_and_not_repeated(page: Page, office: Office) -> None:
    office.answer = (409, {"message": "Phiên đã chốt lúc 09:10."})
    page.locator("#tieu-chi-2\\.4 .option").first.click()
    expect(state(page)).to_have_text("Phiên đã chốt lúc 09:10.")
    expect(page.locator("#tieu-chi-2\\.4 input").first).to_be_checked()
    assert office.saved == []


def test_the_whole_sheet_from_the_keyboard(page: Page, office: Office) -> None:
    page.keyboard.press("j")
    page.keyboard.press("2")
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.keyboard.press("n")
    page.keyboard.type("Xem ảnh 2")
    page.keyboard.press("Escape")
    expect(state(page)).to_have_text("Đã lưu lúc 09:15")
    page.keyboard.press("k")
    page.keyboard.press("0")
    expect(page.locator("[data-sheet-answered]")).to_have_text("1")
    expect(state(page)).to_have_text("Đã lưu lúc 09:15")
    kept: dict[str, str] = {}
    for sent in office.saved:
        kept |= sent
    assert kept == {"choice-1.1": "", "choice-2.4": "3", "note-2.4": "Xem ảnh 2"}
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_and_the_policy_holds(page: Page, html: str, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    Office(page, html)
    page.goto(f"{HOST}/giao-dien/")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


def test_what_was_not_answered_goes_again_alone_and_the_revision_follows(page: Page, office: Office) -> None:
    office.answer = None
    page.locator("#tieu-chi-2\\.4 .option").first.click()
    expect(state(page)).to_contain_text("Chưa gửi")
    office.answer = (200, {"saved_at": "09:20", "revision": 2})
    page.locator("#tieu-chi-1\\.1 .option").first.click()
    expect(state(page)).to_have_text("Đã lưu lúc 09:20")
    assert office.saved == [{"choice-2.4": "1"}, {"choice-1.1": "1"}]
    assert office.revisions == ["1", "1", "2"]
    expect(page.locator('input[name="revision"]')).to_have_value("2")


def test_a_revision_that_holds_more_than_the_page_is_not_taken_on(page: Page, office: Office) -> None:
    office.answer = (200, {"saved_at": "09:20", "revision": 5})
    page.locator("#tieu-chi-2\\.4 .option").first.click()
    expect(state(page)).to_have_text("Đã lưu lúc 09:20")
    expect(page.locator('input[name="revision"]')).to_have_value("1")


def test_a_change_after_a_refusal_is_tried_again(page: Page, office: Office) -> None:
    office.answer = (422, {"message": "Ghi chú dài quá."})
    page.locator("#tieu-chi-2\\.4 .option").first.click()
    expect(state(page)).to_have_text("Ghi chú dài quá.")
    office.answer = (200, {"saved_at": "09:17"})
    page.locator("#tieu-chi-2\\.4 .option").nth(1).click()
    expect(state(page)).to_have_text("Đã lưu lúc 09:17")
    assert office.saved == [{"choice-2.4": "2"}]


@pytest.mark.parametrize(
    ("answer", "kept"), [("Lấy lại và gửi", [{"choice-2.4": "3"}]), ("Bỏ, giữ phiếu đang lưu", [])]
)
def test_a_sheet_saved_elsewhere_is_not_overwritten_silently(
    page: Page, office: Office, answer: str, kept: list[dict[str, str]]
) -> None:
    office.answer = None
    page.locator("#tieu-chi-2\\.4 .option").nth(2).click()
    expect(state(page)).to_contain_text("Chưa gửi")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    office.answer = (200, {"saved_at": "09:25", "revision": 3})
    office.html = office.html.replace('data-revision="1"', 'data-revision="2"')
    page.goto(f"{HOST}/giao-dien/")
    expect(page.locator("[data-sheet-message]")).to_contain_text("chưa gửi ở 2.4")
    expect(page.locator("#tieu-chi-2\\.4 input:checked")).to_have_count(0)
    assert office.saved == []
    page.get_by_role("button", name=answer).click()
    if kept:
        expect(state(page)).to_have_text("Đã lưu lúc 09:25")
    assert office.saved == kept
    assert page.evaluate("localStorage.length") == 0
