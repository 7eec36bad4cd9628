"""The screen of the room and what follows it: cheap to ask, shut to whoever the door kept out, no name at a number."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.council.actions import (
    begin_discussion,
    cast_sheet,
    close_hearing,
    declare,
    put_on_table,
)
from ocop.council.states import SheetState
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.factories import open_hearing
from tests.factories.council import SECRETS, evening
from tests.factories.meeting import Meeting, meeting, noted_sheet
from tests.factories.world import enter

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, pk: int) -> str:
    """A page's words, spaces made one."""
    answer = client.get(reverse(f"council:{name}", args=[pk]))
    assert answer.status_code == 200, (name, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def on_table(made: Meeting) -> None:
    """The product is on the table."""
    put_on_table(session=made.session, hearing=made.hearing, by=made.seats[9].user, at=made.world.at)


# ── asking whether anything is new ──


def test_asking_costs_four_queries_at_most_and_no_page(settings: Any) -> None:
    made = meeting(totals=())
    on_table(made)
    for user in (made.seats[0].user, made.seats[9].user, made.world.officer):
        client = enter(Client(), settings, user, made.world)
        address = reverse("council:pulse", args=[made.session.pk])
        first = client.get(address)
        assert first.status_code == 200
        with CaptureQueriesContext(connection) as asked:
            again = client.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert len(asked) <= 4
        assert "private" in again.headers["Cache-Control"]


def test_whatever_the_screens_show_makes_the_mark_another_one(settings: Any) -> None:
    made = meeting((60,) * 6)
    client = enter(Client(), settings, made.seats[9].user, made.world)
    address = reverse("council:pulse", args=[made.session.pk])
    marks = [client.get(address).headers["ETag"]]

    def moved() -> None:
        marks.append(client.get(address).headers["ETag"])
        assert marks[-1] not in marks[:-1]

    on_table(made)
    moved()
    declare(hearing=made.hearing, conflict=False, by=made.seats[6].user, at=made.world.at)
    moved()
    choices = places_for(criteria_of(made.hearing.dossier), 72)
    cast_sheet(hearing=made.hearing, choices=choices, by=made.seats[6].user, at=made.world.at)
    moved()
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    moved()
    declare(hearing=made.hearing, conflict=True, reason="Em ruột", by=made.seats[6].user, at=made.world.at)
    moved()


def test_a_mark_is_worth_nothing_to_another_person_and_outsiders_get_none(settings: Any) -> None:
    made = meeting(totals=())
    address = reverse("council:pulse", args=[made.session.pk])
    own = enter(Client(), settings, made.seats[0].user, made.world).get(address).headers["ETag"]
    outsider = enter(Client(), settings, made.world.commune_officer, made.world)
    assert outsider.get(address, HTTP_IF_NONE_MATCH=own).status_code == 403
    other = enter(Client(), settings, made.seats[1].user, made.world)
    assert other.get(address, HTTP_IF_NONE_MATCH=own).status_code == 200
    assert other.get(reverse("council:pulse", args=[10**6])).status_code == 404
    assert Client().get(address).status_code == 302


# ── the screen ──


def test_the_screen_follows_the_product_from_the_table_to_its_result(settings: Any) -> None:
    made = meeting((60,) * 6)
    secretary = enter(Client(), settings, made.seats[9].user, made.world)
    assert "Chưa có sản phẩm trên bàn" in page(secretary, "screen", made.session.pk)
    answer = secretary.post(reverse("council:on-table", args=[made.session.pk]), {"hearing": made.hearing.pk})
    assert answer.status_code == 302
    declare(hearing=made.hearing, conflict=True, reason="Em ruột", by=made.seats[7].user, at=made.world.at)
    told = page(secretary, "screen", made.session.pk)
    for words in (made.hearing.dossier.registration.product.name, "6/8", "mời rời phòng", made.seats[7].user.full_name):
        assert words in told
    assert "60,00" not in told
    noted_sheet(made, 6, 60, "")
    close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    told = page(secretary, "screen", made.session.pk)
    assert "60,00" in told
    assert "3 sao" in told
    assert "1/1 sản phẩm đã xong" in told


def test_what_is_not_of_the_session_does_not_come_on_the_table(settings: Any) -> None:
    made = meeting(totals=())
    other = open_hearing(made.world)
    address = reverse("council:on-table", args=[made.session.pk])
    secretary = enter(Client(), settings, made.seats[9].user, made.world)
    for key in (other.pk, 10**9):
        assert secretary.post(address, {"hearing": key}).status_code == 422
    member = enter(Client(), settings, made.seats[4].user, made.world)
    assert member.post(address, {"hearing": made.hearing.pk}).status_code == 403


def test_whether_sheets_lie_apart_is_told_only_when_all_are_in_or_it_is_being_discussed(settings: Any) -> None:
    made = meeting()
    on_table(made)
    secretary = enter(Client(), settings, made.seats[9].user, made.world)
    assert "Quy chế cho phép" not in page(secretary, "screen", made.session.pk)  # two sheets are still to come
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    told = page(secretary, "screen", made.session.pk)
    assert "cần thảo luận" in told
    assert "xem trên máy của thành viên đã nộp phiếu" in told  # two in the room are still blind
    noted_sheet(made, 7, 60, "Chưa có hợp đồng")
    noted_sheet(made, 8, 60, "")
    told = page(secretary, "screen", made.session.pk)
    assert "Chưa có hợp đồng" in told
    assert "Tổng điểm các phiếu" not in told  # the bylaws show numbers after closing only


def test_on_the_screen_nobody_outside_the_door_learns_more_than_the_products_line() -> None:
    scene = evening()
    for hearing in (scene.open, scene.closed):
        put_on_table(session=scene.session, hearing=hearing, by=scene.seats[9].user, at=scene.world.at)
        for who, words in (
            ("member conflicted", "Bạn không tham gia sản phẩm này"),
            ("member not declared", "Khai báo" if hearing == scene.open else "không mở cho bạn"),
            ("leader", "không mở cho bạn"),
        ):
            client = Client()
            user = scene.people[who]
            assert user is not None
            client.force_login(user)
            told = page(client, "screen", scene.session.pk)
            assert words in told, who
            for secret in (*SECRETS, "6/8", "Em ruột", "mời rời phòng"):
                assert secret not in told, (who, secret)


def test_the_agenda_costs_the_same_with_one_product_and_with_three(settings: Any) -> None:
    made = meeting(totals=())
    on_table(made)
    client = enter(Client(), settings, made.seats[9].user, made.world)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(client, "screen", made.session.pk)
        return len(asked)

    cost()
    one = cost()
    for _ in range(2):
        open_hearing(made.world, session=made.session)
    assert cost() == one


# ── the discussion's page ──


def test_the_discussion_from_its_opening_to_the_revised_sheet(settings: Any) -> None:
    made = meeting((60,) * 6)
    noted_sheet(made, 6, 72, "Hợp đồng ba năm")
    discuss = reverse("council:discussion", args=[made.hearing.pk])
    chair = enter(Client(), settings, made.chair.user, made.world)
    assert "Mở thảo luận" in page(chair, "discussion", made.hearing.pk)
    assert chair.post(reverse("council:begin-discussion", args=[made.hearing.pk])).status_code == 302
    told = page(chair, "discussion", made.hearing.pk)
    assert "Hợp đồng ba năm" in told
    assert made.seats[6].user.full_name not in told
    member = enter(Client(), settings, made.seats[6].user, made.world)
    code = made.hearing.discussions.get().criteria[0]
    revise = reverse("council:revise", args=[made.hearing.pk])
    sent = {f"choice-{code}": "0", f"note-{code}": "Đã xem lại hợp đồng", "version": "1"}
    wrong = member.post(revise, sent | {"reason": ""})
    assert wrong.status_code == 422
    assert "Đã xem lại hợp đồng" in wrong.content.decode()
    assert member.post(revise, sent | {f"choice-{code}": "x", "reason": "Xem lại"}).status_code == 422
    assert member.post(revise, sent | {"reason": "Xem lại"}).status_code == 302
    sheet = made.hearing.sheets.get(seat=made.seats[6], state=SheetState.SUBMITTED)
    assert (sheet.version, sheet.choices[code]) == (2, None)
    stale = member.post(revise, sent | {f"choice-{code}": "1", "reason": "Lần nữa"})
    assert stale.status_code == 409
    assert chair.post(reverse("council:end-discussion", args=[made.hearing.pk])).status_code == 302
    assert "Hợp đồng ba năm" not in page(member, "discussion", made.hearing.pk)
    assert member.get(discuss).status_code == 200


def test_a_member_without_an_own_sheet_is_sent_to_it_and_sees_no_argument(settings: Any) -> None:
    made = meeting((60,) * 6)
    noted_sheet(made, 6, 72, "Hợp đồng ba năm")
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    blind = made.seats[8].user
    client = enter(Client(), settings, blind, made.world)
    assert client.get(reverse("council:discussion", args=[made.hearing.pk])).status_code == 403
    declare(hearing=made.hearing, conflict=False, by=blind, at=made.world.at)
    told = page(client, "discussion", made.hearing.pk)
    assert "Nộp phiếu của bạn trước" in told
    assert "Hợp đồng ba năm" not in told
    assert "12 điểm" not in told


def test_what_the_chair_may_not_do_yet_is_said_on_the_page(settings: Any) -> None:
    made = meeting((60,) * 3)
    chair = enter(Client(), settings, made.chair.user, made.world)
    for name, words in (("begin-discussion", "túc số"), ("end-discussion", "không có thảo luận")):
        answer = chair.post(reverse(f"council:{name}", args=[made.hearing.pk]))
        assert answer.status_code == 422
        assert words in answer.content.decode()
