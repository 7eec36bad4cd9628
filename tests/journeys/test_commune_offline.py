"""The commune's officer goes to the village without a signal: nothing written there is lost, and all of it arrives."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from ocop.dossiers.models import Dossier
from ocop.intake.models import FieldNote, FieldPhoto
from tests.factories import World, photo, submitted_dossier
from tests.factories.intake import note
from tests.factories.world import PASSWORD, person
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

FOUND = {
    "origin": "Gạo Bao Thai của 42 hộ trong phường, có sổ thu mua.",
    "labour": "18 trong 21 lao động là người phường.",
    "idea": "Làm theo cách của làng nghề, hợp tác xã cải tiến khâu phơi.",
    "identity": "Giữ cách tráng hai lần của làng.",
}


def section(page: Page, code: str) -> Any:
    return page.locator(f'[data-content="{code}"]')


def badge(page: Page, code: str) -> Any:
    return section(page, code).locator("[data-badge]")


def write(page: Page, code: str, text: str) -> None:
    section(page, code).get_by_label("Nhận xét:").fill(text)


def is_ready(page: Page) -> None:
    expect(page.locator("[data-field-notes][data-ready]")).to_be_visible()


def carry(page: Page) -> None:
    page.get_by_role("button", name="Mang theo máy").click()
    expect(page.get_by_role("button", name="Đã mang theo")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")


def arrives(page: Page, *codes: str) -> None:
    for code in codes:
        expect(badge(page, code)).to_have_text(re.compile(r"^đã gửi \d\d:\d\d$"))


def test_a_report_finished_in_the_village_arrives(province: World, comes: Comes, street: Street) -> None:
    dossier = submitted_dossier(province)
    product = dossier.registration.product.name
    page = comes(province, province.commune_officer, viewport={"width": 360, "height": 740}, has_touch=True)
    context: BrowserContext = page.context
    card = page.get_by_role("article").filter(has_text=product)
    steps.leave_by(card.get_by_role("link", name="Ghi nhận xét"))
    is_ready(page)
    carry(page)

    # No line any more: the page still opens, words and photos wait on the telephone.
    context.set_offline(True)
    page.reload()
    is_ready(page)
    for code, text in FOUND.items():
        write(page, code, text)
        expect(badge(page, code)).to_have_text(re.compile("^chờ gửi"))
    section(page, "origin").get_by_text("Đúng như chủ thể trình bày").click()
    picture = {"name": "kho-gao.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
    section(page, "origin").locator("input[name=photos-origin]").set_input_files([picture])
    expect(section(page, "origin").locator("[data-photos] li")).to_have_count(1)
    page.reload()  # the telephone ran out of power
    is_ready(page)
    for code, text in FOUND.items():
        expect(section(page, code).get_by_label("Nhận xét:")).to_have_value(text)
    expect(page.get_by_text("5 mục chưa gửi")).to_be_visible()
    page.get_by_role("button", name="Đạt, chuyển tiếp").click()
    expect(page.get_by_text("sẽ tự chuyển khi có mạng")).to_be_visible()
    assert not FieldNote.objects.exists()

    # Back in reach: everything goes out in order, the report last.
    with page.expect_navigation(url=re.compile(rf"/ho-so/{dossier.pk}/$"), timeout=60_000):
        context.set_offline(False)
    steps.is_told(page, "chuyển hồ sơ sang bước tiếp theo")
    assert {row.content: row.text for row in FieldNote.objects.all()} == FOUND
    assert FieldPhoto.objects.count() == 1
    assert Dossier.objects.get(pk=dossier.pk).step == "completeness"
    report = steps.words_of(steps.paper(page, re.compile("In: Mẫu 03")))
    for text in FOUND.values():
        assert text in report


def test_two_officers_wrote_differently_and_choose(province: World, comes: Comes) -> None:
    dossier = submitted_dossier(province)
    colleague = person("Đỗ Thị Đồng Nghiệp", "commune_officer", province.commune)
    page = comes(province, province.commune_officer)
    steps.take_up(page, dossier.registration.product.name, "Ghi nhận xét")
    is_ready(page)
    page.context.set_offline(True)
    write(page, "idea", "Bản của tôi.")
    expect(badge(page, "idea")).to_have_text(re.compile("^chờ gửi"))
    note(dossier, province, "idea", "Bản của đồng nghiệp.", by=colleague)
    page.context.set_offline(False)
    expect(badge(page, "idea")).to_have_text("có hai bản, hãy chọn")
    expect(section(page, "idea").get_by_text("Bản của đồng nghiệp.")).to_be_visible()
    section(page, "idea").get_by_role("button", name="Dùng bản này").click()
    arrives(page, "idea")
    assert [row.text for row in FieldNote.objects.order_by("revision")] == ["Bản của đồng nghiệp.", "Bản của tôi."]


def test_a_session_that_ended_in_between_loses_nothing(province: World, comes: Comes) -> None:
    dossier = submitted_dossier(province)
    page = comes(province, province.commune_officer)
    steps.take_up(page, dossier.registration.product.name, "Ghi nhận xét")
    is_ready(page)
    page.context.clear_cookies()
    write(page, "labour", "18 trong 21 người.")
    again = page.get_by_role("link", name="Đăng nhập lại để gửi")
    expect(again).to_be_visible()
    steps.leave_by(again)
    steps.fill_in(page, {"Số điện thoại hoặc thư điện tử": province.commune_officer.login, "Mật khẩu": PASSWORD})
    steps.press(page, "Đăng nhập")
    is_ready(page)
    arrives(page, "labour")
    assert FieldNote.objects.get().text == "18 trong 21 người."


def test_the_next_person_on_the_phone_does_not_get_what_another_carried(province: World, comes: Comes) -> None:
    dossier = submitted_dossier(province)
    colleague = person("Đỗ Thị Đồng Nghiệp", "commune_officer", province.commune)
    page = comes(province, province.commune_officer)
    steps.take_up(page, dossier.registration.product.name, "Ghi nhận xét")
    desk = page.url
    is_ready(page)
    carry(page)
    page.context.set_offline(True)
    write(page, "idea", "Lời ghi riêng của tôi.")
    expect(badge(page, "idea")).to_have_text(re.compile("^chờ gửi"))

    # The session ended; whoever passes by the sign-in page holds the phone now, and nobody is known.
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto(desk)
    expect(page.get_by_role("button", name="Đăng nhập", exact=True)).to_be_visible()
    wait_for_caches(page, carried=1, holder=False)
    is_locked_offline(page, desk)

    # A colleague signs in: may open the dossier with a line, but finds neither the carried page nor the other's words.
    page.goto(desk)
    signs_in(page, colleague.login)
    is_ready(page)
    wait_for_caches(page, carried=0, holder=True)
    expect(section(page, "idea").get_by_label("Nhận xét:")).to_have_value("")
    expect(page.get_by_text("Mọi thứ đã gửi.")).to_be_visible()
    is_locked_offline(page, desk)

    # The first officer comes back: what was not sent is still there and goes out in the right name.
    page.context.clear_cookies()
    page.goto(desk)
    signs_in(page, province.commune_officer.login)
    is_ready(page)
    arrives(page, "idea")
    assert [(row.text, row.by) for row in FieldNote.objects.all()] == [
        ("Lời ghi riêng của tôi.", province.commune_officer)
    ]


def test_a_carried_page_is_shut_when_the_session_would_be_over(province: World, comes: Comes) -> None:
    dossier = submitted_dossier(province)
    page = comes(province, province.commune_officer)
    steps.take_up(page, dossier.registration.product.name, "Ghi nhận xét")
    desk = page.url
    is_ready(page)
    carry(page)
    page.context.set_offline(True)
    page.goto(desk)
    is_ready(page)
    page.evaluate(
        "async () => { const box = await caches.open('nguoi-cam-may');"
        "const told = await (await box.match('/nguoi-cam-may')).json();"
        "await box.put('/nguoi-cam-may', new Response(JSON.stringify({ ...told, until: Date.now() / 1000 - 1 }))); }"
    )
    is_locked_offline(page, desk)


def signs_in(page: Page, login: str) -> None:
    steps.fill_in(page, {"Số điện thoại hoặc thư điện tử": login, "Mật khẩu": PASSWORD})
    steps.press(page, "Đăng nhập")


def wait_for_caches(page: Page, *, carried: int, holder: bool) -> None:
    page.wait_for_function(
        "async ([carried, holder]) => { const names = await caches.keys();"
        "return names.filter((name) => name.startsWith('mang-theo-')).length === carried"
        " && names.includes('nguoi-cam-may') === holder; }",
        arg=[carried, holder],
    )


def is_locked_offline(page: Page, desk: str) -> None:
    page.context.set_offline(True)
    page.goto(desk)
    expect(page.get_by_role("heading", name="Chưa mở được khi không có mạng")).to_be_visible()
    expect(page.locator("[data-field-notes]")).to_have_count(0)
    page.context.set_offline(False)
