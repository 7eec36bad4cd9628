"""Before and at the meeting: who reads what first, whose letter went out, who came."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.council.actions import (
    assign_readers,
    call_session,
    change_reader,
    close_hearing,
    declare,
    invite,
    mark_attendance,
    put_before,
    sign_in,
)
from ocop.council.models import Attendance, Hearing, Reader, Seat, Session
from ocop.council.queries import invitations_of, present_at, proposed_readers, readers_of
from ocop.paperwork.models import IssuedPaper
from ocop.registration.models import SubjectPerson
from tests.council.refusing import refused
from tests.factories import World, accepted_dossier, city_2024, council_of, enter, open_hearing, score, session_of
from tests.factories.council import evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def seats_of(session: Session) -> list[Seat]:
    return list(session.council.seats.select_related("user").order_by("pk"))


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"council:{name}", args=args)


# ── first readers ──


def test_products_go_to_members_of_their_sector_evenly_and_the_chair_reads_none(world: World) -> None:
    session = session_of(world)
    food = [open_hearing(world, session=session, set_no=6) for _ in range(2)]
    drink = open_hearing(world, session=session, set_no=14)
    knows = {1: ["I"], 2: ["I"], 3: ["II"]}
    for place, seat in enumerate(seats_of(session)):
        Seat.objects.filter(pk=seat.pk).update(sectors=knows.get(place, ["VI"]))
    seats = seats_of(session)
    proposed = proposed_readers(session)
    assert {proposed[row.pk] for row in food} == {seats[1], seats[2]}
    assert proposed[drink.pk] == seats[3]


def test_nobody_reads_first_what_the_door_or_the_data_keep_shut(world: World) -> None:
    session = session_of(world)
    hearing = open_hearing(world, session=session)
    seats = seats_of(session)
    declare(hearing=hearing, conflict=True, reason="Cổ đông", by=seats[1].user, at=world.at)
    SubjectPerson.objects.create(subject=hearing.dossier.registration.product.subject, user=seats[2].user)
    for seat in seats[3:]:
        Seat.objects.filter(pk=seat.pk).update(sectors=["VI"])
    assert proposed_readers(session)[hearing.pk] == seats[3]
    facts: dict[str, Any] = {"session": session, "by": world.officer, "at": world.at}
    with refused("đã khai báo có xung đột"):
        assign_readers(readers={hearing.pk: seats[1].pk}, **facts)
    with refused("là người thay mặt chủ thể"):
        assign_readers(readers={hearing.pk: seats[2].pk}, **facts)
    with refused("thành viên chấm điểm của phiên này"):
        assign_readers(readers={hearing.pk: seats[9].pk}, **facts)
    with refused("Chưa chọn"):
        assign_readers(readers={}, **facts)
    with refused("Chỉ thư ký", PermissionDenied):
        assign_readers(**facts | {"readers": {hearing.pk: seats[3].pk}, "by": seats[3].user})


def test_a_reader_is_changed_with_a_reason_and_leaves_with_a_conflict(world: World) -> None:
    session = session_of(world)
    hearing = open_hearing(world, session=session)
    seats = seats_of(session)
    secretary = seats[9].user
    assign_readers(session=session, readers={hearing.pk: seats[3].pk}, by=secretary, at=world.at)
    with refused("đổi riêng, ghi lý do"):
        assign_readers(session=session, readers={hearing.pk: seats[4].pk}, by=secretary, at=world.at)
    facts: dict[str, Any] = {"hearing": hearing, "by": secretary, "at": world.at}
    with refused("Ghi lý do"):
        change_reader(seat=seats[4], reason=" ", **facts)
    with refused("đang đọc chính"):
        change_reader(seat=seats[3], reason="Nhầm", **facts)
    with refused("thành viên chấm điểm"):
        change_reader(seat=seats[9], reason="Bận", **facts)
    change_reader(seat=seats[4], reason="Ông Ba đi công tác", **facts)
    assert readers_of(session) == {hearing.pk: seats[4]}
    assert LedgerEntry.objects.get(act="change_reader").facts["reason"] == "Ông Ba đi công tác"
    declare(hearing=hearing, conflict=True, reason="Họ hàng", by=seats[4].user, at=world.at)
    assert readers_of(session) == {}
    assert Reader.objects.count() == 2


def test_a_settled_product_gets_no_reader(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60] * 9, world)
    seats = seats_of(hearing.session)
    close_hearing(hearing=hearing, by=seats[0].user, at=world.at)
    assert proposed_readers(hearing.session) == {}
    with refused("đã chốt điểm"):
        assign_readers(session=hearing.session, readers={hearing.pk: seats[3].pk}, by=world.officer, at=world.at)


def test_the_secretary_looks_at_the_proposal_and_confirms_it(world: World) -> None:
    session = session_of(world)
    hearings = [open_hearing(world, session=session) for _ in range(2)]
    seats = seats_of(session)
    client = browser(seats[9].user)
    page = client.get(at("readers", session.pk)).content.decode()
    assert page.count(" selected>") == 2
    wrong = client.post(at("readers", session.pk), {})
    assert wrong.status_code == 422
    chosen = {f"doc-{row.pk}": seats[3].pk for row in hearings}
    assert client.post(at("readers", session.pk), chosen).status_code == 302
    assert set(readers_of(session).values()) == {seats[3]}
    assert "bạn đọc chính" in browser(seats[3].user).get(at("session", session.pk)).content.decode()
    change = {"seat": seats[4].pk, "reason": "Đổi ca"}
    assert client.post(at("reader-change", hearings[0].pk), change | {"reason": ""}).status_code == 422
    assert client.post(at("reader-change", hearings[0].pk), change).status_code == 302
    for name, key in (("readers", session.pk), ("reader-change", hearings[0].pk)):
        assert browser(seats[3].user).get(at(name, key)).status_code == 403


# ── invitations ──


def test_each_seat_gets_one_numbered_letter_and_only_who_is_missing(world: World) -> None:
    session = session_of(world)
    with refused("chưa có sản phẩm"):
        invite(session=session, by=world.officer, at=world.at)
    open_hearing(world, session=session)
    seats = seats_of(session)
    with refused("Chỉ thư ký", PermissionDenied):
        invite(session=session, by=seats[3].user, at=world.at)
    made = invite(session=session, by=seats[9].user, at=world.at)
    assert len(made) == 10
    assert len({paper.number for paper in made}) == 10
    assert set(invitations_of(session)) == {seat.pk for seat in seats}
    with refused("đều đã có giấy mời"):
        invite(session=session, by=seats[9].user, at=world.at)
    again = invite(session=session, seats=[seats[3]], by=seats[9].user, at=world.later)
    assert invitations_of(session)[seats[3].pk] == again[0]
    assert invitations_of(session_of(world, session.council)) == {}
    past = world.at + timedelta(days=1)
    with refused("đã qua"):
        invite(session=session, seats=[seats[3]], by=seats[9].user, at=past)


def test_a_written_session_asks_the_voting_members_for_their_opinion(world: World) -> None:
    council = council_of(world, members=3)
    session = call_session(
        council=council,
        batch=world.batch,
        name="Lấy ý kiến 1",
        held_on=world.at.date(),
        place="Phòng Kinh tế",
        kind="written",
        ballots_by=world.later,
        by=world.officer,
        at=world.at,
    )
    dossier = accepted_dossier(world)
    Hearing.objects.create(session=session, dossier=dossier, place=1)
    made = invite(session=session, by=world.officer, at=world.at)
    assert [paper.kind for paper in made] == ["opinion_request"] * 3
    page = browser(world.officer).get(at("invitations", session.pk)).content.decode()
    assert "Phiếu xin ý kiến" in page
    draft = browser(world.officer).get(at("invitation-draft", session.pk, seats_of(session)[0].pk))
    assert draft.content[:4] == b"%PDF"
    with refused("bằng văn bản không điểm danh"):
        sign_in(session=session, by=seats_of(session)[0].user, at=world.at)


def test_a_member_opens_the_own_letter_and_nobody_elses(world: World, settings: Any) -> None:
    session = session_of(world)
    open_hearing(world, session=session)
    seats = seats_of(session)
    secretary = enter(Client(), settings, seats[9].user, world)
    assert "Phát hành cho 10 người" in secretary.get(at("invitations", session.pk)).content.decode()
    assert secretary.post(at("invitations", session.pk)).status_code == 302
    assert secretary.post(at("invitations", session.pk)).status_code == 422
    assert secretary.post(at("invitations", session.pk), {"seat": seats[3].pk}).status_code == 302
    member = enter(Client(), settings, seats[3].user, world)
    page = member.get(at("invitations", session.pk)).content.decode()
    assert seats[3].user.full_name in page
    assert seats[4].user.full_name not in page
    own = member.get(at("invitation-paper", session.pk, seats[3].pk, "pdf"))
    assert b"".join(own.streaming_content)[:4] == b"%PDF"
    assert member.get(at("invitation-paper", session.pk, seats[3].pk, "docx")).status_code == 200
    assert member.get(at("invitation-paper", session.pk, seats[4].pk, "pdf")).status_code == 403
    assert member.get(at("invitation-draft", session.pk, seats[4].pk)).status_code == 403
    assert member.post(at("invitations", session.pk)).status_code == 403
    assert "Giấy mời của tôi" in member.get(at("session", session.pk)).content.decode()
    assert IssuedPaper.objects.filter(kind="invitation").count() == 11


# ── attendance ──


def test_a_member_signs_in_on_the_day_and_once(world: World) -> None:
    session = session_of(world)
    user = seats_of(session)[2].user
    facts: dict[str, Any] = {"session": session, "by": user}
    with refused("chỉ điểm danh từ ngày đó"):
        sign_in(**facts, at=world.at - timedelta(days=1))
    with refused("nhờ thư ký ghi giúp"):
        sign_in(**facts, at=world.at + timedelta(days=1))
    with refused("không có ghế", PermissionDenied):
        sign_in(session=session, by=world.officer, at=world.at)
    sign_in(**facts, at=world.at)
    with refused("đã báo có mặt"):
        sign_in(**facts, at=world.at)
    assert [row.present for row in present_at(session).values()] == [True]


def test_the_secretary_notes_the_others_and_every_note_stays(world: World) -> None:
    session = session_of(world)
    seats = seats_of(session)
    facts: dict[str, Any] = {"session": session, "by": seats[9].user}
    marks = {seats[1].pk: (True, ""), seats[2].pk: (False, "Đi công tác")}
    with refused("Chỉ thư ký", PermissionDenied):
        mark_attendance(session=session, marks=marks, by=seats[2].user, at=world.at)
    with refused("chỉ điểm danh từ ngày đó"):
        mark_attendance(**facts, marks=marks, at=world.at - timedelta(days=1))
    stranger = council_of(world).seats.first()
    assert stranger is not None
    with refused("không có ghế"):
        mark_attendance(**facts, marks={stranger.pk: (True, "")}, at=world.at)
    with refused("dài 201 chữ cái"):
        mark_attendance(**facts, marks={seats[1].pk: (True, "x" * 201)}, at=world.at)
    assert len(mark_attendance(**facts, marks=marks, at=world.at)) == 2
    with refused("Chưa có gì khác"):
        mark_attendance(**facts, marks=marks, at=world.at)
    mark_attendance(**facts, marks={seats[2].pk: (True, "Đến muộn 10 phút")}, at=world.later)
    noted = present_at(session)
    assert (noted[seats[2].pk].present, noted[seats[2].pk].note) == (True, "Đến muộn 10 phút")
    assert Attendance.objects.count() == 3


def test_who_is_there_is_said_on_the_sessions_page_and_kept_on_the_list(world: World, settings: Any) -> None:
    session = session_of(world)
    seats = seats_of(session)
    member, secretary = (enter(Client(), settings, seats[place].user, world) for place in (2, 9))
    assert "Tôi có mặt" in member.get(at("session", session.pk)).content.decode()
    assert "Tôi có mặt" in member.get(at("attendance", session.pk)).content.decode()
    assert member.post(at("sign-in", session.pk)).status_code == 302
    assert member.post(at("attendance", session.pk), {}).status_code == 403
    page = secretary.get(at("attendance", session.pk)).content.decode()
    assert "tự báo" in page
    form = {f"co-{seats[3].pk}": "0", f"ghi-{seats[3].pk}": "Ốm", f"co-{seats[2].pk}": "1"}
    assert secretary.post(at("attendance", session.pk), form).status_code == 302
    assert secretary.post(at("attendance", session.pk), form).status_code == 422
    assert "Ốm" in member.get(at("attendance", session.pk)).content.decode()


# ── the session's page ──


def test_the_strip_offers_each_role_its_own_ways() -> None:
    scene = evening()
    ways = {
        "chair": {"doors", "attendance", "screen", "publish"},
        "member handed in": {"doors", "pack", "attendance", "screen", "invitations"},
        "secretary": {"readers", "invitations", "attendance", "screen", "papers"},
        "leader": {"attendance"},
    }
    every = {"doors", "pack", "readers", "invitations", "attendance", "screen", "papers"}
    never = {
        "member handed in": {"readers", "publish"},
        "secretary": {"doors", "pack"},
        "leader": every - {"attendance"},
    }
    for who, names in ways.items():
        user = scene.people[who]
        assert user is not None
        page = browser(user).get(at("session", scene.session.pk)).content.decode()
        for name in names:
            assert f'href="{at(name, scene.session.pk)}"' in page, (who, name)
        for name in never.get(who, set()):
            assert f'href="{at(name, scene.session.pk)}"' not in page, (who, name)


@pytest.mark.parametrize("who", [2, 9])
@pytest.mark.parametrize("name", ["session", "attendance", "invitations", "readers"])
def test_the_pages_cost_the_same_for_one_product_and_for_three(world: World, name: str, who: int) -> None:
    session = session_of(world)
    seat = seats_of(session)[who]
    client = browser(seat.user)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(at(name, session.pk))
        return len(queries)

    put_before(session=session, dossiers=[accepted_dossier(world)], by=world.officer, at=world.at)
    cost()
    one = cost()
    put_before(session=session, dossiers=[accepted_dossier(world) for _ in range(2)], by=world.officer, at=world.at)
    assert cost() == one


@pytest.mark.parametrize("name", ["doors", "readers", "invitations", "attendance"])
def test_who_gets_in_by_walking_all_roles(name: str) -> None:
    scene = evening()
    council = {"chair", "member let in", "member who wrote the secret", "member handed in"}
    shut = {"member conflicted", "member not declared"}
    allowed = {
        "doors": council | shut,
        "readers": {"secretary", "lead officer"},
        "invitations": council | shut | {"secretary", "lead officer", "leader"},
        "attendance": council | shut | {"secretary", "lead officer", "leader"},
    }[name]
    for who, user in scene.people.items():
        client = Client() if user is None else browser(user)
        status = client.get(at(name, scene.session.pk)).status_code
        assert status == (200 if who in allowed else 302 if who == "anonymous" else 403), who
