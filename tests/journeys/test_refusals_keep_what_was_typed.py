"""Whatever is refused is refused in words, and nobody loses what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from ocop.council.models import Sheet
from ocop.desk.demo.choices import places_for
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.queries import criteria_of
from ocop.planning.actions import close_batch
from tests.factories import World, council_of, draft_dossier, fill_in, open_hearing, score, session_of
from tests.factories.cycle import owner_of
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey


def ready(city: World) -> Dossier:
    """A dossier with everything in it, not yet handed in."""
    return fill_in(draft_dossier(city), city)


def product_of(dossier: Dossier) -> str:
    return dossier.registration.product.name


def to_last_look(page: Page, dossier: Dossier) -> None:
    """From the desk to the page that hands the dossier in."""
    steps.go(page, "Hồ sơ")
    steps.follow(page, product_of(dossier))
    steps.follow(page, "Nộp hồ sơ")
    steps.stands_before(page, "Nộp hồ sơ")


def test_a_batch_that_closed_meanwhile(city: World, comes: Comes) -> None:
    dossier = ready(city)
    subject = comes(city, owner_of(dossier.registration.product.subject))
    to_last_look(subject, dossier)
    close_batch(batch=city.batch, by=city.officer, at=city.at + timedelta(hours=1))
    steps.send_in(subject)
    steps.is_refused(subject, "đã đóng nhận hồ sơ lúc 09:30 ngày 16/09/2024")
    assert not Submission.objects.exists()
    # The dossier is still there, every answer and file in it.
    steps.follow(subject, "Về hồ sơ")
    expect(steps.panel(subject, "Tự đánh giá")).to_contain_text("60,00")
    expect(steps.panel(subject, "Minh chứng")).to_contain_text("Ảnh cơ sở sản xuất")


def test_handing_in_twice_from_a_stale_tab(city: World, comes: Comes) -> None:
    dossier = ready(city)
    subject = comes(city, owner_of(dossier.registration.product.subject))
    to_last_look(subject, dossier)
    with subject.context.expect_page() as opened:
        subject.get_by_role("main").get_by_role("link", name="Để sau").click(modifiers=["Control"])
    second = opened.value
    steps.stands_before(second, product_of(dossier))
    steps.hand_in(second, 1)
    steps.send_in(subject)
    steps.is_refused(subject, "Chưa nộp được")
    expect(subject.get_by_role("main").get_by_role("link", name="Về hồ sơ")).to_be_visible()
    assert Submission.objects.count() == 1


def test_a_sheet_after_closing(city: World, comes: Comes) -> None:
    """Quorum is three of four: the chair may close while the fourth still scores."""
    hearing = open_hearing(city, session=session_of(city, council_of(city, members=4)))
    product, criteria_set = product_of(hearing.dossier), criteria_of(hearing.dossier)
    places = dict(list(places_for(criteria_set, 60).items())[:3])
    people = steps.seats(hearing.session.council)
    late = comes(city, people["member"][-1])
    steps.enter_as_assessor(late, product)
    first, *others = places
    steps.tick(late, {first: places[first]})
    expect(steps.criterion(late, first)).to_contain_text("Đã lưu")

    score(hearing, (62, 62, 62), city)
    chair = comes(city, people["chair"][0])
    steps.to_hearing(chair, product)
    steps.close(chair)
    steps.is_told(chair, "Đã chốt điểm")
    kept = Sheet.objects.get(seat__user=people["member"][-1])

    # Autosave says why; handing in says why; every choice is still on the screen and none was written.
    steps.tick(late, {code: places[code] for code in others})
    expect(late.locator("[data-sheet-state]")).to_contain_text("đã chốt điểm")
    steps.press(late, "Nộp phiếu")
    steps.is_refused(late, "đã chốt điểm")
    for code, place in places.items():
        options = steps.options_of(late, code)
        expect(options.nth(place - 1) if place else options.last).to_be_checked()
    after = Sheet.objects.get(pk=kept.pk)
    assert (after.choices, after.state, after.revision) == (kept.choices, kept.state, kept.revision)


def test_a_sheet_filled_in_on_two_devices(city: World, comes: Comes) -> None:
    """What the other device saved is not overwritten unseen: refused once, in words, with the own ticks on screen."""
    hearing = open_hearing(city, session=session_of(city, council_of(city, members=3)))
    product, places = product_of(hearing.dossier), places_for(criteria_of(hearing.dossier), 60)
    member = steps.seats(hearing.session.council)["member"][0]
    desk = comes(city, member)
    steps.enter_as_assessor(desk, product)
    steps.tick(desk, places)
    steps.is_saved(desk, 60, len(places))
    phone = comes(city, member)
    phone.goto(desk.url)
    steps.sheet_is_open(phone, "Nộp phiếu")
    code = next(code for code, place in places.items() if place)
    steps.tick(phone, {code: None})
    expect(steps.criterion(phone, code)).to_contain_text("Đã lưu")

    steps.press(desk, "Nộp phiếu")
    steps.is_refused(desk, f"khác với màn hình này ở tiêu chí {code}")
    expect(steps.options_of(desk, code).nth((places[code] or 0) - 1)).to_be_checked()
    assert Sheet.objects.get().choices == places | {code: None}
    steps.hand_in_sheet(desk)
    assert Sheet.objects.get().choices == places


SEND_FORGED = """async ([name, value]) => {
  const form = document.querySelector("[data-score-sheet]");
  const answer = await fetch(form.dataset.autosaveUrl, {
    method: "POST",
    body: new URLSearchParams({ [name]: value, "points-total": "100" }),
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });
  return [answer.status, (await answer.json()).message];
}"""


FORGED = ("99", "-1", "1.5", "ba")


def test_a_forged_option_of_a_self_assessment_writes_nothing(city: World, comes: Comes) -> None:
    dossier = ready(city)
    subject = comes(city, owner_of(dossier.registration.product.subject))
    steps.enter_self_assessment(subject, product_of(dossier))
    code = next(iter(dossier.choices))
    for name, value in (*((f"choice-{code}", forged) for forged in FORGED), ("choice-99.z", "1")):
        status, message = subject.evaluate(SEND_FORGED, [name, value])
        assert status == 422, (name, value)
        assert message
    after = Dossier.objects.get(pk=dossier.pk)
    assert (after.choices, after.revision) == (dossier.choices, dossier.revision)


def test_a_forged_option_of_a_sheet_writes_nothing(city: World, comes: Comes) -> None:
    hearing = open_hearing(city, session=session_of(city, council_of(city, members=3)))
    member = comes(city, steps.seats(hearing.session.council)["member"][0])
    steps.enter_as_assessor(member, product_of(hearing.dossier))
    code = next(iter(criteria_of(hearing.dossier).criteria))
    for name, value in (*((f"choice-{code}", forged) for forged in FORGED), ("choice-99.z", "1")):
        status, message = member.evaluate(SEND_FORGED, [name, value])
        assert status == 422, (name, value)
        assert message
    assert not Sheet.objects.exists()


def test_a_member_of_another_council_stays_outside(city: World, comes: Comes) -> None:
    hearing = open_hearing(city, session=session_of(city, council_of(city, members=3)))
    product = product_of(hearing.dossier)
    chair = comes(city, steps.chair_of(hearing.session.council))
    steps.enter_as_assessor(chair, product)
    forwarded = chair.url  # the chair passes on the address of the own sheet
    outsider = comes(city, steps.seats(council_of(city, members=3))["member"][0])
    answer = outsider.goto(forwarded)
    assert answer is not None
    assert answer.status == 403
    expect(outsider.get_by_text("Bạn không thuộc phiên họp này")).to_be_visible()
    assert product not in str(outsider.content())


def test_five_wrong_passwords_lock_the_account(city: World, street: Street) -> None:
    page = street.passer_by()
    steps.to_sign_in(page)
    for _ in range(4):
        steps.try_to_sign_in(page, city.officer.login, "doan-mo-mat-khau")
        steps.is_refused(page, "chưa đúng")
        # What was typed stays, the password apart.
        expect(page.get_by_label("Số điện thoại hoặc thư điện tử")).to_have_value(city.officer.login)
        expect(page.get_by_label("Mật khẩu")).to_be_empty()
    steps.try_to_sign_in(page, city.officer.login, "doan-mo-mat-khau")
    steps.stands_before(page, "Tạm khóa đăng nhập")
    expect(page.get_by_role("main")).to_contain_text("15 phút")
    # The right password does not open a locked account either.
    steps.follow(page, "Về trang đăng nhập")
    steps.try_to_sign_in(page, city.officer.login, "mat-khau-thu-123")
    steps.stands_before(page, "Tạm khóa đăng nhập")
