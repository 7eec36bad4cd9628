"""The conflict door: hints from data, each product by itself, a conflict found late, the chair's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.consent.models import Consent
from ocop.consent.states import How
from ocop.council import permissions
from ocop.council.actions import close_hearing, declare
from ocop.council.models import Declaration, Hearing, Seat
from ocop.council.queries import acting_chair, hints_between, hints_for, progress_of
from ocop.dossiers.queries import is_barred, visible_to
from ocop.registration.models import Subject, SubjectPerson
from tests.council.refusing import refused
from tests.factories import World, city_2024, open_hearing, person, score, session_of, subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def seats_of(hearing: Hearing) -> list[Seat]:
    return list(hearing.session.council.seats.select_related("user").order_by("pk"))


def producer(hearing: Hearing) -> Subject:
    return hearing.dossier.registration.product.subject


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# ── hints ──


def _same_organisation(seat: Seat, hearing: Hearing, world: World) -> None:
    Seat.objects.filter(pk=seat.pk).update(organisation=producer(hearing).name.upper())


def _earlier_employer(seat: Seat, hearing: Hearing, world: World) -> None:
    RoleGrant.objects.create(
        user=seat.user,
        role=Role.SUBJECT,
        unit=world.commune,
        organisation=producer(hearing).name,
        valid_from="2019-01-01",
        valid_to="2020-01-01",
    )


def _commune(seat: Seat, hearing: Hearing, world: World) -> None:
    RoleGrant.objects.create(user=seat.user, role=Role.COMMUNE_OFFICER, unit=world.commune, valid_from="2019-01-01")


def _typed_for(seat: Seat, hearing: Hearing, world: World) -> None:
    Consent.objects.create(
        subject=producer(hearing), helper=seat.user, how=How.CODE, given_at=world.at, until=world.at.date()
    )


def _same_phone(seat: Seat, hearing: Hearing, world: World) -> None:
    User.objects.filter(pk=seat.user_id).update(phone=producer(hearing).phone)


def _same_name(seat: Seat, hearing: Hearing, world: World) -> None:
    User.objects.filter(pk=seat.user_id).update(full_name=producer(hearing).representative)


def _same_address(seat: Seat, hearing: Hearing, world: World) -> None:
    other = subject(world)
    Subject.objects.filter(pk=other.pk).update(address=producer(hearing).address)
    SubjectPerson.objects.create(subject=other, user=seat.user)


TIES = {
    "same organisation": (_same_organisation, "trùng tên chủ thể", True),
    "earlier employer": (_earlier_employer, "nay hoặc trước đây", True),
    "officer of the commune": (_commune, "nơi có chủ thể", False),
    "typed for the subject": (_typed_for, "nhập hồ sơ giúp", True),
    "same phone": (_same_phone, "trùng với của bạn", True),
    "same name": (_same_name, "trùng họ tên", False),
    "same address": (_same_address, "cùng địa chỉ", True),
}


@pytest.mark.parametrize("tie", sorted(TIES))
def test_the_data_hint_at_a_tie_and_at_nothing_else(world: World, tie: str) -> None:
    make, words, strong = TIES[tie]
    hearing, other = (open_hearing(world, session=session) for session in [session_of(world)] * 2)
    seat = seats_of(hearing)[3]
    assert hints_for(hearing, seat) == []
    make(seat, hearing, world)
    seat = seats_of(hearing)[3]
    found = hints_between([hearing], [seat])[hearing.pk, seat.pk]
    assert any(words in hint.words for hint in found), found
    assert any(hint.strong for hint in found) == strong
    if tie != "officer of the commune" and tie != "same name":
        assert hints_for(other, seat) == []


def test_hints_cost_the_same_for_one_product_and_for_three(world: World) -> None:
    session = session_of(world)
    listed = [open_hearing(world, session=session) for _ in range(3)]
    seats = seats_of(listed[0])

    def cost(hearings: list[Hearing], people: list[Seat]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            hints_between(hearings, people)
        return len(queries)

    assert cost(listed[:1], seats[:1]) == cost(listed, seats) <= 12


def test_a_hint_overruled_is_kept_with_the_answer_for_chair_and_secretary(world: World) -> None:
    hearing = open_hearing(world)
    seat = seats_of(hearing)[3]
    _typed_for(seat, hearing, world)
    page = browser(seat.user).get(reverse("council:door", args=[hearing.pk])).content.decode()
    assert "Dữ liệu cho thấy" in page
    declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
    assert LedgerEntry.objects.get(act="declare").facts["hints"] == ["từng nhập hồ sơ giúp chủ thể"]
    row = next(row for row in progress_of(hearing) if row.seat == seat)
    assert row.hints == ("từng nhập hồ sơ giúp chủ thể",)
    secretary = seats_of(hearing)[9].user
    told = browser(secretary).get(reverse("council:hearing", args=[hearing.pk])).content.decode()
    assert "từng nhập hồ sơ giúp chủ thể" in told


def test_whoever_acts_for_the_subject_is_offered_no_other_answer(world: World) -> None:
    hearing = open_hearing(world)
    seat = seats_of(hearing)[3]
    SubjectPerson.objects.create(subject=producer(hearing), user=seat.user)
    with refused("phải khai có xung đột"):
        declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
    page = browser(seat.user).get(reverse("council:doors", args=[hearing.session_id])).content.decode()
    assert "Bạn đang thay mặt chủ thể này" in page
    assert 'value="khong"' not in page


# ── a conflict that comes to light later ──


def test_a_conflict_found_late_shuts_the_dossier_again_and_is_never_taken_back(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60] * 9, world)
    seat = seats_of(hearing)[4]
    day = world.at.date()
    assert permissions.can_read_hearing(seat.user, day, hearing)
    with refused("đã khai báo không có xung đột"):
        declare(hearing=hearing, conflict=False, by=seat.user, at=world.later)
    with refused("Ghi ngắn gọn mối liên quan"):
        declare(hearing=hearing, conflict=True, by=seat.user, at=world.later)
    before = hearing.session.beat
    declare(hearing=hearing, conflict=True, reason="Vừa biết em họ góp vốn", by=seat.user, at=world.later)
    assert not permissions.can_read_hearing(seat.user, day, hearing)
    assert is_barred(seat.user, hearing.dossier)
    assert not visible_to(seat.user, day).filter(pk=hearing.dossier_id).exists()
    hearing.session.refresh_from_db()
    assert hearing.session.beat > before
    assert LedgerEntry.objects.filter(act="declare").latest("seq").facts["late"] is True
    for conflict in (False, True):
        with refused("không rút lại"):
            declare(hearing=hearing, conflict=conflict, reason="Nhầm", by=seat.user, at=world.later)
    client = browser(seat.user)
    for name in ("hearing", "sheet"):
        assert client.get(reverse(f"council:{name}", args=[hearing.pk])).status_code == 403
    queue = client.get(reverse("council:session", args=[hearing.session_id])).content.decode()
    assert "Không tham gia: có xung đột lợi ích" in queue


def test_after_closing_nobody_declares_any_more(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60] * 9, world)
    close_hearing(hearing=hearing, by=seats_of(hearing)[0].user, at=world.at)
    with refused("đã chốt điểm"):
        declare(hearing=hearing, conflict=True, reason="Muộn", by=seats_of(hearing)[3].user, at=world.later)


def test_the_chairs_conflict_hands_the_product_over_and_the_page_says_to_whom(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60] * 9, world)
    chair, deputy, *_ = seats_of(hearing)
    client = browser(chair.user)
    door = reverse("council:door", args=[hearing.pk])
    assert "Tôi phát hiện có xung đột" in client.get(door).content.decode()
    wrong = client.post(door, {"conflict": "co", "reason": ""})
    assert wrong.status_code == 422
    assert client.post(door, {"conflict": "co", "reason": "Vợ là kế toán"}).status_code == 302
    assert acting_chair(hearing, world.at.date()) == deputy
    assert f"Chủ trì sản phẩm này: {deputy.user.full_name}" in client.get(door).content.decode()
    with refused("Chỉ người chủ trì", Exception):
        close_hearing(hearing=hearing, by=chair.user, at=world.later)
    assert close_hearing(hearing=hearing, by=deputy.user, at=world.later).inputs["council_size"] == 8


# ── all doors of an evening ──


def test_every_product_of_the_evening_is_answered_by_itself(world: World) -> None:
    session = session_of(world)
    first, second = (open_hearing(world, session=session) for _ in range(2))
    user = seats_of(first)[2].user
    client, address = browser(user), reverse("council:doors", args=[session.pk])
    assert "0/2 sản phẩm đã trả lời" in _plain(client.get(address))
    answer = client.post(address, {"hearing": first.pk, "conflict": "khong"})
    assert answer.headers["Location"].endswith(f"#sp-{first.place + 1}")
    assert Declaration.objects.get().hearing == first
    wrong = client.post(address, {"hearing": second.pk, "conflict": "co", "reason": " "})
    assert wrong.status_code == 422
    assert "Ghi ngắn gọn mối liên quan" in wrong.content.decode()
    assert client.post(address, {"conflict": "khong"}).status_code == 404
    client.post(address, {"hearing": second.pk, "conflict": "co", "reason": "Chị gái làm kế toán"})
    done = client.get(address).content.decode()
    assert "Đã trả lời hết" in done
    assert "Tôi phát hiện có xung đột" in done


def test_the_doors_are_for_voting_members_of_the_day(world: World) -> None:
    hearing = open_hearing(world)
    address = reverse("council:doors", args=[hearing.session_id])
    for user in (seats_of(hearing)[9].user, world.officer, person("Khách")):
        assert browser(user).get(address).status_code == 403
    other = open_hearing(world)
    assert (
        browser(seats_of(hearing)[2].user).post(address, {"hearing": other.pk, "conflict": "khong"}).status_code == 404
    )


def test_the_doors_cost_the_same_for_one_product_and_for_three(world: World) -> None:
    session = session_of(world)
    client = browser(session.council.seats.order_by("pk")[2].user)
    address = reverse("council:doors", args=[session.pk])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    open_hearing(world, session=session)
    cost()
    one = cost()
    for _ in range(2):
        open_hearing(world, session=session)
    assert cost() == one


def _plain(page: Any) -> str:
    import re

    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.content.decode()))
