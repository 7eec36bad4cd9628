"""Two levels, not three: the commune assesses without points, the province decides up to four stars (QĐ 26/2026)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from ocop.council.models import Hearing
from ocop.dossiers.models import Dossier
from tests.factories import World, accepted_dossier, council_of, draft_dossier, fill_in, score, session_of
from tests.factories.cycle import owner_of
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

SCORE_WORDS = re.compile(r"\d\s*(điểm|sao)\b|hạng sao|tổng điểm|chấm điểm|tự chấm", re.IGNORECASE)
FINDINGS = {
    "Nguồn gốc sản phẩm, nguyên liệu địa phương": "Gạo Bao Thai của 42 hộ trong phường, có sổ thu mua.",
    "Lao động địa phương": "18 trong 21 lao động là người phường.",
    "Nguồn gốc ý tưởng": "Làm theo cách của làng nghề, hợp tác xã cải tiến khâu phơi.",
    "Bản sắc, trí tuệ địa phương": "Giữ cách tráng hai lần của làng.",
}


def name_of(dossier: Dossier) -> str:
    return dossier.registration.product.name


def assess(page: Page, product: str) -> bytes:
    """The commune officer writes the four findings; gives the printed Mẫu 03."""
    steps.take_up(page, product, "Ghi nhận xét")
    assert SCORE_WORDS.findall(steps.main_words(page, product)) == []
    steps.fill_in(page, FINDINGS)
    steps.press(page, "Đạt, chuyển tiếp")
    steps.is_told(page, "chuyển hồ sơ sang bước tiếp theo")
    return steps.paper(page, "In: Mẫu 03. Báo cáo của Ủy ban nhân dân cấp xã")


def test_law_of_2026(province: World, comes: Comes, street: Street) -> None:
    dossier = fill_in(draft_dossier(province), province, total=82)
    product = name_of(dossier)
    above = accepted_dossier(province, total=95)
    council = council_of(province, members=3)
    session = session_of(province, council)

    subject = comes(province, owner_of(dossier.registration.product.subject))
    steps.enter_self_assessment(subject, product)
    steps.press(subject, "Lưu và về hồ sơ")
    steps.hand_in(subject, 1)

    report = steps.words_of(assess(comes(province, province.commune_officer), product))
    for finding in FINDINGS.values():
        assert finding in report
    assert SCORE_WORDS.findall(report) == []

    # The province's lead office checks, and puts both products before its council.
    officer = comes(province, province.officer)
    steps.take_up(officer, product, "Mở kiểm tra")
    steps.press(officer, "Đạt, chuyển tiếp")
    steps.is_told(officer, "chuyển hồ sơ sang bước tiếp theo")
    steps.take_up(officer, "Đưa 2 hồ sơ ra Hội đồng", "Chọn phiên họp")
    steps.follow(officer, session.name)
    for name in (product, name_of(above)):
        officer.get_by_role("checkbox", name=name).check()
    steps.press(officer, "Đưa ra phiên họp")
    steps.is_told(officer, "Đã đưa 2 hồ sơ ra phiên họp")

    # Three members each; the chair closes both.
    moment = replace(province, at=province.at + timedelta(days=1))
    totals = {product: (81, 82, 83), name_of(above): (91, 92, 93)}
    hearings = list(Hearing.objects.filter(session=session).select_related("dossier__registration__product"))
    for hearing in hearings:
        score(hearing, totals[name_of(hearing.dossier)], moment)
    chair = comes(province, steps.chair_of(council))
    for hearing in hearings:
        steps.to_hearing(chair, name_of(hearing.dossier))
        steps.close(chair, hearing.place)
        steps.is_told(chair, "Đã chốt điểm")

    # From ninety points on the centre decides: the desk says so.
    expect(steps.task(officer, f"Chuyển hồ sơ và mẫu lên cấp trên: {name_of(above)}")).to_be_visible()
    steps.take_up(officer, name_of(above), "Ghi bàn giao")
    steps.stands_before(officer, "Chuyển hồ sơ lên cấp Trung ương")

    # Four stars are the province's own decision.
    steps.draft_decision_over(officer, 1)
    steps.sign_decision_over(comes(province, province.leader), "88/QĐ-UBND", 1)
    steps.go(subject, "Chứng nhận")
    steps.follow(subject, product)
    shopper = street.passer_by()
    shopper.goto(steps.qr_of(steps.paper(subject, "Mở giấy chứng nhận (PDF)")))
    expect(shopper.get_by_text("CÒN HIỆU LỰC")).to_be_visible()
    for words in (product, "4 sao", "88/QĐ-UBND", "Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh"):
        expect(shopper.get_by_role("main")).to_contain_text(words, ignore_case=True)
