"""The receiving office checks a dossier without touching the mouse; everything that lacks goes out as one request."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from ocop.intake.models import CheckMark
from tests.factories import World, submitted_dossier
from tests.journeys import steps
from tests.journeys.conftest import Comes

pytestmark = pytest.mark.journey


def test_everything_that_lacks_becomes_one_request(city: World, comes: Comes) -> None:
    dossier = submitted_dossier(city)
    page = comes(city, city.officer)
    steps.take_up(page, dossier.registration.product.name, "Mở kiểm tra")
    expect(page.locator("[data-checklist][data-ready]")).to_be_visible()
    for key in ("j", "d", "j", "t", "n"):  # the first form is there, the second is not: a note on it
        page.keyboard.press(key)
    page.keyboard.type("Chưa ký trang cuối")
    for key in ("Escape", "j", "s", "j", "d", "k", "k"):
        page.keyboard.press(key)
    expect(page.locator("[data-standing]")).to_have_text(re.compile("^4/.*1 thiếu · 1 sai$"))
    expect(page.locator("[data-line]")).to_have_text(re.compile(r"^Đã lưu lúc \d\d:\d\d$"))
    assert sorted(CheckMark.objects.values_list("mark", flat=True)) == ["missing", "ok", "ok", "wrong"]

    # The line is gone for a moment: the mark waits, the page says so, and it arrives.
    page.context.set_offline(True)
    page.keyboard.press("d")
    expect(page.locator("[data-line]")).to_have_text(re.compile("1 mục chưa gửi"))
    page.context.set_offline(False)
    expect(page.locator("[data-line]")).to_have_text(re.compile("^Đã lưu lúc"))
    page.keyboard.press("t")

    reasons = page.get_by_role("textbox", name="Lý do")
    expect(reasons.nth(0)).to_have_value("Chưa ký trang cuối")
    expect(page.get_by_label("Hạn bổ sung")).not_to_have_value("")
    steps.press(page, "Yêu cầu bổ sung")
    steps.is_told(page, "Đã gửi yêu cầu bổ sung")
    found = Dossier.objects.get(pk=dossier.pk)
    assert found.state == DossierState.RETURNED
    assert len(found.findings.get().items) == 2
