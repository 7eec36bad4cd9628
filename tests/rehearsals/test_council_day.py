"""A council's day as nine members, a secretary and a screen live it: thirty products from the doors to the minutes."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from ocop.audit.models import LedgerEntry
from ocop.audit.queries import break_in_chain
from ocop.council.models import Declaration, Hearing, Result, Sheet, TastingSheet
from ocop.council.queries import tasted_codes
from ocop.council.states import HearingState, SheetState
from ocop.dossiers.queries import criteria_of
from ocop.dossiers.states import DossierState
from ocop.rubric.rules import points_of
from ocop.ui.papers import points_text
from tests.factories import World
from tests.journeys import steps
from tests.journeys.conftest import Comes
from tests.rehearsals.evening import APART, CONFLICTED, Eve, Places, eve_of

pytestmark = pytest.mark.journey

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
AT_ONCE = 3_000  # ms until every screen knows
DROPPED_MID_SHEET, DROPPED_AND_RELOADED, DROPPED_AT_HANDING_IN = (2, 1), (5, 4), (8, 2)  # (product, seat)


@dataclass
class Day:
    """Who is in the hall, each before an own screen."""

    eve: Eve
    members: list[Page]
    secretary: Page
    screen: Page
    drops: int = 0
    dropped: set[tuple[int, int]] = field(default_factory=set)

    def to_session(self, page: Page) -> None:
        """From wherever one stands to the session's page."""
        steps.go(page, "Hội đồng")
        steps.follow(page, self.eve.session.name)


def test_a_council_day(city: World, comes: Comes) -> None:
    eve = eve_of(city)
    secretary = comes(city, eve.secretary)
    day = Day(
        eve,
        members=[comes(city, member, **TABLET) for member in eve.members],
        secretary=secretary,
        screen=secretary.context.new_page(),
    )
    everybody_comes_and_answers_the_doors(day)
    they_taste(day)
    the_screen_shows_the_first_product(day)
    they_score(day)
    they_talk_where_they_lie_apart(day)
    the_chair_closes_the_rest(day)
    the_results_go_out(day)
    the_minutes_say_what_the_ledger_says(day)


# ── the doors ──


def everybody_comes_and_answers_the_doors(day: Day) -> None:
    """Each member is there and answers for every product alone; one has an interest in one of them."""
    for seat, page in enumerate(day.members):
        day.to_session(page)
        steps.press(page, "Tôi có mặt")
        steps.is_told(page, "Đã ghi bạn có mặt")
        steps.follow(page, "Khai báo cho cả phiên")
        for product, hearing in enumerate(day.eve.hearings):
            card = page.locator(f"#sp-{hearing.place}")
            if day.eve.left(product, seat):
                card.locator("summary").click()
                card.get_by_label("Mối liên quan của bạn").fill("Em ruột là giám đốc hợp tác xã")
                steps.leave_by(card.get_by_role("button", name="Tôi không tham gia"))
            else:
                steps.leave_by(card.get_by_role("button", name="Không liên quan"))
    assert Declaration.objects.count() == len(day.eve.hearings) * len(day.members)


# ── the tasting ──


def they_taste(day: Day) -> None:
    """The secretary opens the round; each member tastes cups by their codes and never reads a product's name."""
    page = day.secretary
    day.to_session(page)
    steps.follow(page, "Nếm mẫu mã hóa")
    steps.press(page, "Mở lượt nếm")
    tasted = {
        hearing.cup.code: product
        for product, hearing in enumerate(Hearing.objects.filter(session=day.eve.session).order_by("place"))
        if tasted_codes(hearing)
    }
    assert len(tasted) == 13
    for seat, member in enumerate(day.members):
        day.to_session(member)
        steps.follow(member, "Nếm mẫu mã hóa")
        offered = len(tasted) - sum(day.eve.left(product, seat) for product in tasted.values())
        expect(member.get_by_role("main")).to_contain_text(f"0/{offered}")
        steps.follow(member, "Bắt đầu nếm")
        for _ in range(offered):
            code = member.get_by_role("heading", level=1).inner_text().removeprefix("Mẫu ").strip()
            said = member.get_by_role("main").inner_text()
            assert "Sản phẩm thử" not in said
            product = tasted[code]
            sensory = tasted_codes(day.eve.hearings[product])
            steps.sheet_is_open(member, "Nộp và sang mẫu sau")
            thought = day.eve.thinks[product, seat]
            steps.tick_by_keys(member, {code: thought[code] for code in thought if code in sensory})
            steps.press(member, "Nộp và sang mẫu sau")
    handed_in = TastingSheet.objects.filter(submitted_at__isnull=False).count()
    assert handed_in == len(tasted) * len(day.members) - int(CONFLICTED[0] in tasted.values())


# ── the screen ──


def the_screen_shows_the_first_product(day: Day) -> None:
    """The secretary lays the first product on the table: the screen follows, and counts sheets as they come."""
    page = day.screen
    page.goto(day.secretary.url)
    day.to_session(page)
    steps.follow(page, "Màn chiếu")
    day.to_session(day.secretary)
    steps.follow(day.secretary, "Màn chiếu")
    steps.press(day.secretary, "Đưa sản phẩm tiếp theo lên bàn")
    expect(page.get_by_role("heading", level=1)).to_have_text(product_name(day, 0), timeout=AT_ONCE)
    expect(page.locator(".screen__count")).to_have_text("0/9")


def product_name(day: Day, product: int) -> str:
    """What it is called."""
    return day.eve.hearings[product].dossier.registration.product.name


# ── the sheets ──


def they_score(day: Day) -> None:
    """Product by product each member fills in a sheet by keyboard; three lines drop on the way."""
    for member in day.members:
        day.to_session(member)
        steps.follow(member, "Chấm sản phẩm tiếp theo")
    for seat, member in enumerate(day.members):
        for product in range(len(day.eve.hearings)):
            if day.eve.left(product, seat):
                continue
            steps.stands_before(member, product_name(day, product))
            steps.sheet_is_open(member, "Nộp phiếu")
            fill_in(day, member, product, seat)
            if product == 0:
                expect(day.screen.locator(".screen__count")).to_have_text(f"{seat + 1}/9", timeout=AT_ONCE)
    assert day.drops == 3
    handed_in = Sheet.objects.filter(state=SheetState.SUBMITTED)
    assert handed_in.count() == len(day.eve.hearings) * len(day.members) - 1
    assert set(handed_in.values_list("version", flat=True)) == {1}
    for sheet in handed_in.select_related("hearing", "seat__user"):
        product = next(place for place, hearing in enumerate(day.eve.hearings) if hearing.pk == sheet.hearing_id)
        seat = day.eve.members.index(sheet.seat.user)
        assert sheet.choices == to_tick(day, product, seat)


def to_tick(day: Day, product: int, seat: int) -> Places:
    """The member's choices without those that were tasted blind."""
    sensory = tasted_codes(day.eve.hearings[product])
    return {code: place for code, place in day.eve.thinks[product, seat].items() if code not in sensory}


def fill_in(day: Day, page: Page, product: int, seat: int) -> None:
    """Tick by keyboard and hand in, over whatever line there is."""
    sensory = tasted_codes(day.eve.hearings[product])
    places = day.eve.thinks[product, seat]
    half = len(places) // 2
    line = page.context
    mid, back = (product, seat) == DROPPED_MID_SHEET, (product, seat) == DROPPED_AND_RELOADED
    for number, (code, place) in enumerate(places.items()):
        if number == half and (mid or back):
            line.set_offline(True)
            day.drops += 1
        page.keyboard.press("j")
        if code not in sensory:
            page.keyboard.press(str(place or 0))
    if mid or back:
        expect(page.locator("[data-sheet-state]")).to_contain_text("Chưa gửi")
        line.set_offline(False)
    if back:
        page.reload()
        steps.sheet_is_open(page, "Nộp phiếu")
    ticked = len(to_tick(day, product, seat))
    expect(page.locator("[data-sheet-answered]")).to_have_text(str(ticked))
    expect(page.locator("[data-sheet-state]")).to_have_text(re.compile(r"^Đã lưu lúc"))
    last = product == len(day.eve.hearings) - 1
    button = page.get_by_role("button", name="Nộp phiếu" if last else "Nộp và sang sản phẩm tiếp theo", exact=True)
    if (product, seat) == DROPPED_AT_HANDING_IN:
        line.set_offline(True)
        day.drops += 1
        button.click()
        expect(page.get_by_role("main")).to_contain_text("giữ trên máy này")
        line.set_offline(False)
        expect(page.get_by_role("main")).to_contain_text("Đã nộp phiếu")
        day.to_session(page)
        steps.follow(page, "Chấm sản phẩm tiếp theo")
    else:
        steps.leave_by(button)


# ── apart, and together again ──


def they_talk_where_they_lie_apart(day: Day) -> None:
    """The chair may not close: the sheets lie too far apart. Two members think again, with reasons."""
    product, lonely = APART
    hearing, chair = day.eve.hearings[product], day.members[0]
    steps.to_hearing(chair, product_name(day, product))
    steps.close(chair, hearing.place)
    steps.is_refused(chair, "chênh nhau quá mức 10 điểm")
    steps.to_hearing(chair, product_name(day, product))
    steps.follow(chair, "Thảo luận")
    steps.press(chair, "Mở thảo luận")
    for seat, reason in ((lonely, "Đã xem lại hợp đồng liên kết bản gốc"), (8, "Nghe giải trình về bao bì")):
        page = day.members[seat]
        steps.take_up(page, f"Thảo luận: {product_name(day, product)}", "Vào thảo luận")
        revise(day, page, product, seat, reason)
    steps.press(chair, "Kết thúc thảo luận")
    steps.to_hearing(chair, product_name(day, product))
    steps.close(chair, hearing.place)
    steps.is_told(chair, "Đã chốt điểm")
    assert Sheet.objects.filter(hearing=hearing, state=SheetState.REPLACED).count() == 2


def revise(day: Day, page: Page, product: int, seat: int, reason: str) -> None:
    """On the criteria under discussion the member goes where the neighbour stood, and says why."""
    shown = page.locator("form.sheet [data-criterion]")
    codes = [card.get_attribute("data-criterion") or "" for card in shown.all()]
    assert codes
    assert len(codes) < len(day.eve.thinks[product, seat])
    near = day.eve.thinks[product, 0]
    steps.tick(page, {code: near[code] for code in codes})
    steps.fill_in(page, {"Lý do": reason})
    steps.press(page, "Nộp phiếu đã sửa")


def the_chair_closes_the_rest(day: Day) -> None:
    """Everything else can be closed at once; the product the chair's council left is closed without the one."""
    chair = day.members[0]
    for product, hearing in enumerate(day.eve.hearings):
        if product == APART[0]:
            continue
        day.to_session(chair)
        leave_by = chair.get_by_role("region", name="Tiến độ của phiên").get_by_role(
            "link", name=product_name(day, product)
        )
        steps.leave_by(leave_by)
        steps.close(chair, hearing.place)
        steps.is_told(chair, "Đã chốt điểm")
    states = set(Hearing.objects.filter(session=day.eve.session).values_list("state", flat=True))
    assert states == {HearingState.CLOSED}


# ── out ──


def the_results_go_out(day: Day) -> None:
    """Pending until the chair lets all of them out in one step, every warning ticked as read."""
    chair = day.members[0]
    assert not day.eve.hearings[0].dossier.__class__.objects.filter(result_out_at__isnull=False).exists()
    day.to_session(chair)
    steps.follow(chair, "Công bố kết quả")
    for box in chair.get_by_role("checkbox", name="Đã đọc").all():
        box.check()
    steps.fill_in(chair, {"Người ký": "Nguyễn Văn Chủ Tịch"})
    steps.press(chair, f"Công bố {len(day.eve.hearings)} kết quả")
    pending = Result.objects.filter(hearing__session=day.eve.session, publications__isnull=True)
    assert not pending.exists()
    low = (
        Result.objects.filter(hearing__session=day.eve.session, star__lt=3).values("hearing__dossier__state").distinct()
    )
    assert {row["hearing__dossier__state"] for row in low} <= {DossierState.NOT_RECOGNISED}


def the_minutes_say_what_the_ledger_says(day: Day) -> None:
    """The minutes are issued; every number in them is counted again from the stored sheets and the ledger."""
    page = day.secretary
    day.to_session(page)
    steps.follow(page, "Văn bản của phiên")
    part = page.locator("#minutes")
    part.locator("summary").click()
    steps.leave_by(part.get_by_role("button", name=re.compile("^Phát hành")))
    link = page.locator("#minutes").get_by_role("link", name="PDF").first
    printed = steps.words_of(steps.pdf_behind(link))
    word = page.locator("#minutes").get_by_role("link", name=re.compile("Word|docx")).first
    answer = page.request.get(str(word.evaluate("link => link.href")))
    assert answer.status == 200
    typed = words_of_docx(answer.body())
    assert break_in_chain() is None
    for words in (printed, typed):
        at_the_meeting(day, words)
        for product in range(len(day.eve.hearings)):
            of_the_product(day, product, words)


def at_the_meeting(day: Day, words: str) -> None:
    """Who was there, who left for what, who thought again and why, and where the ledger stood."""
    for member in day.eve.members:
        assert member.full_name in words
    left = Declaration.objects.get(conflict=True)
    assert "xung đột lợi ích" in words
    assert left.seat.user.full_name in words
    assert "Đã xem lại hợp đồng liên kết bản gốc" in words
    assert "Nghe giải trình về bao bì" in words
    issued = LedgerEntry.objects.filter(act="issue_paper").latest("seq")
    before = LedgerEntry.objects.filter(seq__lt=issued.seq).latest("seq")
    assert str(before.seq) in words
    assert before.hash[:16] in words.replace(" ", "")


def of_the_product(day: Day, product: int, words: str) -> None:
    """Its sheets, mean, spread and star as the ledger and the result hold them, and as the sheets add up."""
    hearing = Hearing.objects.get(pk=day.eve.hearings[product].pk)
    result = hearing.result
    criteria_set = criteria_of(hearing.dossier)
    totals = []
    for sheet in Sheet.objects.filter(hearing=hearing, state=SheetState.SUBMITTED):
        tasting = TastingSheet.objects.filter(cup__hearing=hearing, seat=sheet.seat).first()
        choices = {**(tasting.choices if tasting else {}), **sheet.choices}
        totals.append(sum(points_of(criteria_set, choices).values()))
    mean, spread = Fraction(sum(totals), len(totals)), max(totals) - min(totals)
    closed = LedgerEntry.objects.get(act="close_hearing", thread=f"dossiers.dossier:{hearing.dossier_id}")
    assert len(totals) == 9 - (product == CONFLICTED[0])
    assert Fraction(closed.facts["mean"]) == mean == result.mean
    assert closed.facts["star"] == result.star
    assert closed.facts["sha256"] == result.sha256
    assert spread <= 10
    name = hearing.dossier.registration.product.name
    about = words[words.index(name) :]
    assert points_text(mean) in about
    for total in totals:
        assert re.search(rf"\b{total}\b", about), (name, total)


def words_of_docx(content: bytes) -> str:
    """All words of a Word file: paragraphs, tables, foot."""
    document = Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        lines += [paragraph.text for paragraph in section.footer.paragraphs]
    return " ".join(" ".join(lines).split())
