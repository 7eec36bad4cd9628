"""A meeting on several screens: the projector and two members' tablets follow each other within three seconds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ocop.council.actions import cast_sheet, declare
from ocop.council.models import Result
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from ocop.ui.templatetags.ui import points
from tests.factories import World
from tests.factories.meeting import Meeting, meeting, noted_sheet
from tests.journeys.conftest import Comes
from tests.journeys.steps import leave_by, press

pytestmark = pytest.mark.django_db(transaction=True)

LIVE = 3_000  # ms: what somebody else does is on every screen by then
TABLET = {"width": 820, "height": 1100}


def opened(page: Page, made: Meeting, address: str) -> Page:
    """A page of the session that has begun to follow it."""
    page.goto(f"{page.url.split('/viec-hom-nay')[0]}/hoi-dong/{address}")
    expect(page.get_by_text("Đang cập nhật trực tiếp")).to_be_attached()
    return page


def test_one_product_from_the_table_to_its_result_on_three_screens(city: World, comes: Comes) -> None:
    made = meeting((60,) * 6, city)
    noted_sheet(made, 6, 72, "Có hợp đồng bao tiêu ba năm")
    product, hearing = made.hearing.dossier.registration.product.name, made.hearing.pk
    projector = opened(comes(city, made.seats[9].user), made, f"phien/{made.session.pk}/man-chieu/")
    chair = opened(comes(city, made.chair.user, **{"viewport": TABLET}), made, f"phien/{made.session.pk}/man-chieu/")
    member = comes(city, made.seats[6].user, **{"viewport": TABLET})
    expect(chair.get_by_text("Chưa có sản phẩm trên bàn")).to_be_visible()

    press(projector, "Đưa sản phẩm tiếp theo lên bàn")
    expect(chair.get_by_role("heading", level=1, name=product)).to_be_visible(timeout=LIVE)
    expect(projector.get_by_text("7/9")).to_be_visible()

    at, late = city.at, made.seats[7].user
    declare(hearing=made.hearing, conflict=False, by=late, at=at)
    cast_sheet(hearing=made.hearing, choices=places_for(criteria_of(made.hearing.dossier), 60), by=late, at=at)
    expect(projector.get_by_text("8/9")).to_be_visible(timeout=LIVE)
    expect(chair.get_by_text("8/9")).to_be_visible(timeout=LIVE)

    # A dropped line is said, and nothing has to be done when it is back.
    projector.context.set_offline(True)
    expect(projector.get_by_text("Mất kết nối, đang thử lại")).to_be_visible()
    projector.context.set_offline(False)
    expect(projector.get_by_text("Đang cập nhật trực tiếp")).to_be_visible()

    opened(member, made, f"nghi-su/{hearing}/thao-luan/")
    leave_by(chair.get_by_role("link", name="Mở sản phẩm"))
    leave_by(chair.get_by_role("link", name="Thảo luận"))
    press(chair, "Mở thảo luận")
    expect(projector.get_by_text("Đang thảo luận")).to_be_visible(timeout=LIVE)
    expect(member.get_by_text("Có hợp đồng bao tiêu ba năm").first).to_be_visible(timeout=LIVE)
    expect(chair.get_by_text("Có hợp đồng bao tiêu ba năm").first).to_be_visible()

    for group in member.locator("fieldset.options").all():
        group.locator("label.option", has_text="Không có: không mức nào đạt").click()
    member.get_by_label("Lý do sửa phiếu").fill("Hợp đồng chưa có chữ ký của bên mua")
    press(member, "Nộp phiếu đã sửa")
    expect(chair.get_by_text("1 lần sửa phiếu")).to_be_visible(timeout=LIVE)

    press(chair, "Kết thúc thảo luận")
    leave_by(chair.get_by_role("link", name="Chốt điểm"))
    chair.get_by_role("textbox").last.fill("1")
    press(chair, "Chốt điểm")
    result = Result.objects.get(hearing=hearing)
    expect(projector.get_by_text(points(result.mean)).first).to_be_visible(timeout=LIVE)
    assert len(result.inputs["earlier_versions"]) == 1
