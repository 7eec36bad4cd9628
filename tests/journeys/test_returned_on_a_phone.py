"""A dossier that comes back to a telephone keeps every typed field and every file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from ocop.desk.demo.choices import places_for
from ocop.dossiers.actions import cite_paper, return_dossier, save_self_assessment
from ocop.dossiers.models import Dossier, Evidence, Submission
from ocop.dossiers.queries import criteria_of
from ocop.interview.models import Answer
from ocop.interview.queries import answers_of
from ocop.wallet.models import Paper
from tests.factories import World, draft_dossier
from tests.factories.cycle import fresh, owner_of
from tests.factories.files import pdf
from tests.factories.interview import answered
from tests.factories.wallet import paper
from tests.journeys import steps
from tests.journeys.conftest import Comes
from tests.journeys.test_household_on_a_phone import PRODUCT
from tests.journeys.test_phone import PHONE, Walk, fits

pytestmark = pytest.mark.journey

ITEMS = (
    {"what": "Phiếu kiểm nghiệm", "reason": "Phiếu chưa đủ chỉ tiêu theo bản công bố.", "example": "Chỉ tiêu chì"},
    {"what": "Hợp đồng mua gạo", "reason": "Chưa có chữ ký của bên bán."},
)


VALUES = "fields => fields.map((each) => [each.name, each.value])"


def filled(world: World) -> Dossier:
    """A dossier with answers, cited papers, explanations and a full self-assessment, not yet handed in."""
    dossier = draft_dossier(world, name=PRODUCT)
    producer = dossier.registration.product.subject
    answered(world, dossier.registration.product, {"workers": "52", "workers_commune": "38", "history": "Từ năm 1990."})
    for number in ("KN-01", "KN-02"):
        cite_paper(
            dossier=dossier,
            paper=paper(world, producer, kind="test_report", number=number, title=f"Phiếu kiểm nghiệm {number}"),
            cites=["8"],
            by=owner_of(producer),
            at=world.at,
        )
    save_self_assessment(
        dossier=fresh(dossier),
        choices=places_for(criteria_of(dossier), 60),
        explanations={"1.1": "Gạo của 42 hộ trong phường.", "3.3": "38 người là người phường."},
        by=owner_of(producer),
        at=world.at,
    )
    return fresh(dossier)


def kept_in(dossier: Dossier) -> dict[str, Any]:
    """Everything of the subject that the tables hold."""
    now = fresh(dossier)
    product = now.registration.product
    return {
        "choices": now.choices,
        "explanations": now.explanations,
        "answers": list(Answer.objects.order_by("pk").values()),
        "papers": list(Paper.objects.order_by("pk").values()),
        "evidence": list(Evidence.objects.filter(dossier=now).order_by("pk").values()),
        "known": answers_of(product.subject, product, now.registration.batch.programme.year),
    }


def seen_by(walk: Walk, product: str) -> dict[str, Any]:
    """Everything typed and cited, as the subject's pages show it."""
    page, seen = walk.page, {}
    walk.go("Hồ sơ")
    walk.tap(product)
    walk.tap("Tự đánh giá")
    steps.sheet_is_open(page, "Lưu và về hồ sơ")
    seen["choices"] = page.locator("[data-criterion] input:checked").evaluate_all(VALUES)
    seen["notes"] = page.locator("[data-criterion] textarea").evaluate_all(VALUES)
    walk.tap(product)
    walk.tap("Minh chứng của hồ sơ")
    seen["evidence"] = page.locator(".split__main a[data-evidence]").all_inner_texts()
    walk.tap(product)
    walk.tap("Phỏng vấn")
    for card in ("Người làm", "Lịch sử và bộ máy"):
        walk.tap(card)
        fields = page.locator("[data-answer]").locator("input:not([type=hidden]):not([type=radio]), textarea")
        seen[card] = fields.evaluate_all(VALUES)
        walk.press("Để sau")
    return seen


def test_a_returned_dossier_keeps_every_typed_field_and_file(province: World, comes: Comes) -> None:
    dossier = filled(province)
    owner = owner_of(dossier.registration.product.subject)
    walk = Walk(comes(province, owner, **PHONE))
    page = walk.page
    before, shown = kept_in(dossier), seen_by(walk, PRODUCT)
    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    steps.hand_in(page, 1)
    moment = Submission.objects.get().submitted_at + timedelta(seconds=1)
    answer_by = moment.date() + timedelta(days=10)
    return_dossier(dossier=dossier, items=ITEMS, answer_by=answer_by, by=province.commune_officer, at=moment)

    walk.go("Việc hôm nay")
    walk.tap("Xem cần bổ sung gì")
    for item in ITEMS:
        expect(page.get_by_role("main")).to_contain_text(item["reason"])
    assert kept_in(dossier) == before
    assert seen_by(walk, PRODUCT) == shown

    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    walk.tap("Bổ sung từng mục")
    said = page.get_by_label("Đã bổ sung thế nào")
    said.nth(0).fill("Đã kiểm nghiệm lại đủ 7 chỉ tiêu.")
    said.nth(1).fill("Đã ký lại hợp đồng.")
    walk.press("Lưu và về hồ sơ")
    steps.is_told(page, "Đã lưu các mục đã bổ sung")
    walk.tap("Minh chứng của hồ sơ")
    steps.upload(page, ("kiem-nghiem-moi.pdf", "application/pdf", pdf(3)))
    walk.go("Hồ sơ")
    walk.tap(PRODUCT)
    expect(page.get_by_role("main")).to_contain_text("2/2 mục đã trả lời")
    steps.hand_in(page, 2)
    walk.wrong += fits(page)
    again = Submission.objects.get(number=2)
    assert len(again.content["evidence"]) == len(before["evidence"]) + 1
    assert again.content["choices"] == Submission.objects.get(number=1).content["choices"]
    assert walk.wrong == []
