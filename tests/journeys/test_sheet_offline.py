"""A member's tablet loses the network in the evening: every sheet is read, scored and handed in, each of them once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from ocop.audit.models import LedgerEntry
from ocop.council.actions import close_hearing, declare
from ocop.council.models import Hearing, Sheet
from ocop.council.queries import sheets_not_as_recorded
from ocop.council.states import SheetState
from ocop.dossiers.queries import criteria_of
from tests.factories import World, council_of, open_hearing, places_for, score, session_of
from tests.factories.world import PASSWORD
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
WAITS = "Phiếu chờ gửi, giữ trên máy này"


def evening(world: World, *, products: int = 1) -> list[Hearing]:
    """Products before a council of four; the last member has answered at every door."""
    session = session_of(world, council_of(world, members=4))
    hearings = [open_hearing(world, session=session) for _ in range(products)]
    for hearing in hearings:
        declare(hearing=hearing, conflict=False, by=member(hearing), at=world.at)
    return hearings


def member(hearing: Hearing) -> Any:
    return steps.seats(hearing.session.council)["member"][-1]


def places(hearing: Hearing, total: int = 60) -> dict[str, int | None]:
    return places_for(criteria_of(hearing.dossier), total)


def opens(page: Page, address: str) -> None:
    page.goto(address)
    is_ready(page)


def is_ready(page: Page) -> None:
    expect(page.locator("[data-score-sheet][data-ready]")).to_have_count(1)


def sheet_url(page: Page, hearing: Hearing) -> str:
    return re.sub(r"^(\w+://[^/]+)/.*$", rf"\1/hoi-dong/nghi-su/{hearing.pk}/phieu/", page.url)


def hands_in_without_a_line(page: Page) -> None:
    page.get_by_role("button", name="Nộp phiếu", exact=True).click()
    expect(page.locator("[data-sheet-waiting]").get_by_text(WAITS)).to_be_visible()


def handed_in() -> list[tuple[int, str]]:
    return list(Sheet.objects.order_by("hearing").values_list("hearing", "state"))


def ticked(page: Page, chosen: dict[str, int | None]) -> None:
    for code, place in chosen.items():
        options = steps.options_of(page, code)
        expect(options.nth(place - 1) if place else options.last).to_be_checked()


def test_an_evening_without_a_network(city: World, comes: Comes) -> None:
    first, second = evening(city, products=2)
    page = comes(city, member(first), **TABLET)
    page.goto(sheet_url(page, first).replace(f"nghi-su/{first.pk}/phieu", f"phien/{first.session_id}/doc"))
    expect(page.get_by_text(re.compile(r"2 sản phẩm, 2 tệp minh chứng: khoảng [\d,]+ MB"))).to_be_visible()
    page.get_by_role("button", name="Mang theo máy").click()
    expect(page.locator("[data-pack][data-carried]")).to_be_visible()
    expect(page.get_by_text("Đã mang theo 2 sản phẩm")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")

    # A few ticks while there still is a line; then none until the end of the evening.
    opens(page, sheet_url(page, first))
    chosen = places(first)
    start = dict(list(chosen.items())[:3])
    steps.tick(page, start)
    expect(page.locator("[data-sheet-state]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    page.context.set_offline(True)
    page.goto(re.sub(r"/hoi-dong/.*", f"/hoi-dong/phien/{first.session_id}/", page.url))
    expect(page.get_by_role("region", name="Việc của tôi")).to_be_visible()
    for hearing in (first, second):
        page.goto(re.sub(r"/hoi-dong/.*", f"/hoi-dong/phien/{first.session_id}/", page.url))
        product = hearing.dossier.registration.product.name
        steps.leave_by(page.get_by_role("region", name="Việc của tôi").get_by_role("link", name=product))
        is_ready(page)
        if hearing == first:
            ticked(page, start)  # kept by the server since the page was carried: this device remembers
        steps.tick(page, places(hearing))
        if hearing == first:
            page.get_by_role("button", name="Nộp phiếu", exact=True).click()
            expect(page.get_by_text(WAITS).first).to_be_visible()
            page.reload()  # the tablet ran out of power
            is_ready(page)
            ticked(page, chosen)
        else:
            hands_in_without_a_line(page)
        expect(page.get_by_text(WAITS).first).to_be_visible()
    assert [state for _, state in handed_in()] == [SheetState.DRAFT]

    # Back on the line: the open sheet leads on, the other goes out from whatever page is open. Each once.
    with page.expect_navigation(timeout=60_000):
        page.context.set_offline(False)
    expect(page.get_by_text(re.compile(r"Phiếu số \d+ đã nộp"))).to_be_visible()
    expect(page.get_by_text(f"Sản phẩm: {first.dossier.registration.product.name}.")).to_be_visible()
    assert handed_in() == [(first.pk, SheetState.SUBMITTED), (second.pk, SheetState.SUBMITTED)]
    assert Sheet.objects.get(hearing=first).choices == chosen
    assert LedgerEntry.objects.filter(act="cast_sheet").count() == 2
    assert sheets_not_as_recorded(first.session) == []
    page.reload()
    page.wait_for_load_state("networkidle")
    assert Sheet.objects.count() == 2


def test_an_answer_lost_on_the_line_does_not_double_the_sheet(city: World, comes: Comes) -> None:
    (hearing,) = evening(city)
    page = comes(city, member(hearing), **TABLET)
    opens(page, sheet_url(page, hearing))
    steps.tick(page, places(hearing))
    steps.is_saved(page, 60, len(places(hearing)))
    sent: list[str] = []

    def lose(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/phieu/nop/", lose)
    with page.expect_navigation(timeout=60_000):
        page.get_by_role("button", name="Nộp phiếu", exact=True).click()
    expect(page.get_by_text(re.compile(r"Phiếu số \d+ đã nộp"))).to_be_visible()
    assert len(sent) == 2
    assert handed_in() == [(hearing.pk, SheetState.SUBMITTED)]
    assert LedgerEntry.objects.filter(act="cast_sheet").count() == 1


def test_closed_meanwhile_the_sheet_is_refused_and_stays_to_be_shown(city: World, comes: Comes) -> None:
    (hearing,) = evening(city)
    page = comes(city, member(hearing), **TABLET)
    opens(page, sheet_url(page, hearing))
    page.context.set_offline(True)
    chosen = places(hearing)
    steps.tick(page, chosen)
    hands_in_without_a_line(page)
    score(hearing, (62, 62, 62), city)
    close_hearing(hearing=hearing, by=steps.seats(hearing.session.council)["chair"][0], at=city.at)
    page.context.set_offline(False)
    notice = page.locator("[data-sheet-waiting]")
    expect(notice).to_contain_text("đã chốt điểm lúc", timeout=60_000)
    expect(notice).to_contain_text("vẫn trên máy này; hãy báo thư ký")
    ticked(page, chosen)
    page.reload()
    is_ready(page)
    expect(page.locator("[data-sheet-waiting]")).to_contain_text("đã chốt điểm lúc")
    ticked(page, chosen)
    assert not Sheet.objects.filter(seat__user=member(hearing), state=SheetState.SUBMITTED).exists()


def test_whoever_takes_the_tablet_next_does_not_hand_in_for_another(city: World, comes: Comes, street: Street) -> None:
    (hearing,) = evening(city)
    page = comes(city, member(hearing), **TABLET)
    opens(page, sheet_url(page, hearing))
    page.context.set_offline(True)
    steps.tick(page, places(hearing))
    hands_in_without_a_line(page)
    other = steps.seats(hearing.session.council)["member"][0]
    for login, waits in ((other.login, True), (member(hearing).login, False)):
        page.context.clear_cookies()
        page.context.set_offline(True)
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(street.url)
        steps.to_sign_in(page)
        steps.try_to_sign_in(page, login, PASSWORD)
        steps.stands_before(page, "Việc hôm nay")
        if waits:
            page.wait_for_load_state("networkidle")
            expect(page.locator("[data-waiting]")).to_have_count(0)
            assert not Sheet.objects.filter(state=SheetState.SUBMITTED).exists()
        else:
            expect(page.locator("[data-waiting]")).to_contain_text("Đã nộp phiếu số")
    assert [row.seat.user for row in Sheet.objects.filter(state=SheetState.SUBMITTED)] == [member(hearing)]


def test_a_sheet_by_the_keyboard_alone(city: World, comes: Comes) -> None:
    (hearing,) = evening(city)
    page = comes(city, member(hearing))
    opens(page, sheet_url(page, hearing))
    codes = list(criteria_of(hearing.dossier).criteria)
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    expect(steps.criterion(page, codes[3])).to_have_class(re.compile("criterion--current"))
    page.keyboard.press("k")
    page.keyboard.press("n")
    page.keyboard.type("Đã xem kho")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Phím tắt khi chấm")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-sheet-answered]")).to_have_text("2")
    expect(page.locator("[data-sheet-state]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    sheet = Sheet.objects.get()
    assert (sheet.choices, sheet.notes) == ({codes[0]: 1, codes[2]: None}, {codes[2]: "Đã xem kho"})
    assert sheet.state == SheetState.DRAFT
