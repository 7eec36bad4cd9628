"""Sheets that nobody alters unseen: locked in the table, held by the ledger, handed in once whatever the line does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Stale
from ocop.council.actions import (
    adopt_bylaws,
    cast_sheet,
    close_hearing,
    declare,
    reopen_sheet,
    save_sheet,
)
from ocop.council.actions.sheets import HearingOver
from ocop.council.models import Hearing, Seat, Session, Sheet
from ocop.council.queries import sheets_not_as_recorded
from ocop.council.states import ReopenedBy, SheetState
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.council.refusing import refused
from tests.factories import World, city_2024, open_hearing, score, session_of
from tests.factories.council import evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def seats_of(hearing: Hearing) -> list[Seat]:
    return list(hearing.session.council.seats.select_related("user").order_by("pk"))


def full(hearing: Hearing, total: int = 60) -> dict[str, int | None]:
    return places_for(criteria_of(hearing.dossier), total)


def posted(hearing: Hearing, total: int = 60) -> dict[str, str]:
    return {f"choice-{code}": str(place or 0) for code, place in full(hearing, total).items()}


def let_in(hearing: Hearing, world: World, place: int = 2) -> User:
    user = seats_of(hearing)[place].user
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    return user


def at(name: str, *args: object) -> str:
    return reverse(f"council:{name}", args=args)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@contextmanager
def locks_off() -> Iterator[None]:
    """Somebody with the keys of the database takes the triggers of the sheets away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'council%sheet'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)


def doubts_of(session: Session) -> list[str]:
    return [doubt.words for doubt in sheets_not_as_recorded(session)]


# ── the table keeps what was handed in ──


@pytest.mark.parametrize(
    "changed",
    [
        {"choices": {}},
        {"notes": {"1.a": "Khác"}},
        {"opinion": "Khác"},
        {"state": SheetState.DRAFT},
        {"submitted_at": None, "state": SheetState.DRAFT},
        {"version": 7},
        {"handed_key": "8b5b8f3a-5a0e-4c83-9d0e-0d5a5f0e9b10"},
        {"state": SheetState.REPLACED, "reopened_reason": "Xem lại", "choices": {}},
    ],
)
def test_a_handed_in_sheet_cannot_be_altered_in_the_table(world: World, changed: dict[str, object]) -> None:
    hearing = open_hearing(world)
    score(hearing, [60], world)
    sheet = Sheet.objects.get()
    with pytest.raises(DatabaseError, match="khong duoc sua"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(**changed)
    with pytest.raises(DatabaseError, match="khong duoc sua"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).delete()
    assert Sheet.objects.get().sha256 == sheet.sha256


def test_a_replaced_sheet_is_final_and_a_draft_is_not(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60], world)
    seats = seats_of(hearing)
    fresh = reopen_sheet(hearing=hearing, seat=seats[0], reason="Xem lại", by=seats[9].user, at=world.at)
    save_sheet(hearing=hearing, choices={"1.a": None}, notes={}, by=seats[0].user, at=world.at)
    fresh.refresh_from_db()
    assert fresh.choices["1.a"] is None
    for changed in ({"reopened_reason": "Khác"}, {"state": SheetState.SUBMITTED}, {"choices": {}}):
        with pytest.raises(DatabaseError, match="khong duoc sua"), transaction.atomic():
            Sheet.objects.filter(version=1).update(**changed)


# ── the ledger knows what was handed in ──


def test_an_honest_evening_raises_no_doubt(world: World) -> None:
    scene = evening(world)
    seats = scene.seats
    reopen_sheet(hearing=scene.open, seat=seats[3], reason="Xem lại", by=seats[9].user, at=world.at)
    cast_sheet(hearing=scene.open, choices=full(scene.open, 62), by=seats[3].user, at=world.at)
    reopen_sheet(hearing=scene.open, seat=seats[4], reason="Xem lại", by=seats[9].user, at=world.at)
    assert sheets_not_as_recorded(scene.session) == []


def test_a_score_altered_unseen_is_found(world: World) -> None:
    scene = evening(world)
    sheet = Sheet.objects.get(hearing=scene.open, seat=scene.seats[3])
    other = next(code for code, place in sheet.choices.items() if place)
    with locks_off():
        Sheet.objects.filter(pk=sheet.pk).update(choices=sheet.choices | {other: None})
    assert doubts_of(scene.session) == [f"Phiếu số {sheet.pk} khác với nội dung lúc nộp."]
    assert [doubt.hearing_id for doubt in sheets_not_as_recorded(scene.session, scene.open)] == [scene.open.pk]
    assert sheets_not_as_recorded(scene.session, scene.closed) == []


def test_a_sheet_given_to_another_seat_unmade_slipped_in_or_taken_away_is_found(world: World) -> None:
    scene = evening(world)
    first, second, third = Sheet.objects.filter(hearing=scene.open, state=SheetState.SUBMITTED)[:3]
    with locks_off():
        Sheet.objects.filter(pk=first.pk).update(seat=scene.seats[8])
        Sheet.objects.filter(pk=second.pk).update(state=SheetState.DRAFT)
        Sheet.objects.filter(pk=third.pk).delete()
    slipped = Sheet.objects.create(
        hearing=scene.closed,
        seat=scene.seats[8],
        state=SheetState.SUBMITTED,
        choices=first.choices,
        saved_at=world.at,
        submitted_at=world.at,
    )
    assert set(doubts_of(scene.session)) == {
        f"Phiếu số {first.pk} không còn đứng tên, lần nộp hay sản phẩm như lúc nộp.",
        f"Phiếu số {second.pk} đã nộp theo sổ cái nhưng đang ở dạng chưa nộp.",
        f"Phiếu số {third.pk} đã nộp theo sổ cái nhưng không còn.",
        f"Phiếu số {slipped.pk} không có việc nộp nào trong sổ cái.",
    }


def test_a_session_is_compared_in_a_fixed_number_of_queries(world: World, django_assert_num_queries: object) -> None:
    session = session_of(world)
    for count in (1, 3):
        while session.hearings.count() < count:
            score(open_hearing(world, session=session), [60, 61], world)
        with django_assert_num_queries(4):  # type: ignore[operator]
            assert sheets_not_as_recorded(session) == []


# ── handed in once ──


def test_the_same_handing_in_sent_twice_is_kept_once(world: World) -> None:
    hearing = open_hearing(world)
    user, key = let_in(hearing, world), uuid4()
    facts = {"hearing": hearing, "choices": full(hearing), "by": user, "at": world.at}
    first = cast_sheet(key=key, **facts)
    assert cast_sheet(key=key, **facts) == first
    assert LedgerEntry.objects.filter(act="cast_sheet").count() == 1
    with refused("đã nộp phiếu này"):
        cast_sheet(key=uuid4(), **facts)


def test_a_key_serves_one_sheet_of_one_member(world: World) -> None:
    session = session_of(world)
    first, second = (open_hearing(world, session=session) for _ in range(2))
    user, key = let_in(first, world), uuid4()
    cast_sheet(hearing=first, choices=full(first), key=key, by=user, at=world.at)
    declare(hearing=second, conflict=False, by=user, at=world.at)
    with refused("thuộc phiếu khác"):
        cast_sheet(hearing=second, choices=full(second), key=key, by=user, at=world.at)
    other = let_in(first, world, 3)
    with refused("thuộc phiếu khác"):
        cast_sheet(hearing=first, choices=full(first), key=key, by=other, at=world.at)


def test_after_closing_a_lost_answer_is_found_again_and_a_new_sheet_is_not_taken(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60] * 7, world)
    seats, key = seats_of(hearing), uuid4()
    known, late = seats[7].user, seats[8].user
    for user in (known, late):
        declare(hearing=hearing, conflict=False, by=user, at=world.at)
    cast = cast_sheet(hearing=hearing, choices=full(hearing), key=key, by=known, at=world.at)
    close_hearing(hearing=hearing, by=seats[0].user, at=world.at)
    assert cast_sheet(hearing=hearing, choices=full(hearing), key=key, by=known, at=world.at) == cast
    with refused("đã chốt điểm lúc", HearingOver):
        cast_sheet(hearing=hearing, choices=full(hearing), key=uuid4(), by=late, at=world.at)


def test_a_sheet_scored_before_it_was_reopened_is_not_handed_in_over_the_new_version(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60], world)
    seats = seats_of(hearing)
    reopen_sheet(hearing=hearing, seat=seats[0], reason="Xem lại", by=seats[9].user, at=world.at)
    facts = {"hearing": hearing, "choices": full(hearing, 70), "by": seats[0].user, "at": world.at}
    with refused("đã được mở lại, nay là bản thứ 2", Stale):
        cast_sheet(version=1, revision=0, **facts)
    with refused("đã được mở lại", Stale):
        save_sheet(version=1, notes={}, **facts)
    assert cast_sheet(version=2, revision=0, **facts).version == 2


def test_a_rescore_keeps_the_first_version_word_for_word(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60], world)
    seats = seats_of(hearing)
    old = Sheet.objects.get()
    reopen_sheet(hearing=hearing, seat=seats[0], reason="Nhầm tiêu chí", by=seats[9].user, at=world.at)
    cast_sheet(hearing=hearing, choices=full(hearing, 70), by=seats[0].user, at=world.at)
    first, second = Sheet.objects.order_by("version")
    assert (first.sha256, first.state, first.reopened_reason) == (old.sha256, SheetState.REPLACED, "Nhầm tiêu chí")
    assert second.sha256 != first.sha256
    held = [entry.facts["sha256"] for entry in LedgerEntry.objects.filter(act="cast_sheet").order_by("seq")]
    assert held == [first.sha256, second.sha256]


# ── who reopens ──


def test_the_bylaws_say_who_reopens(world: World) -> None:
    council = session_of(world).council
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.5"),
        chair_must_vote=False,
        spread_limit=Decimal(10),
        round_mean_to=None,
        minimums_on="mean",
        reopened_by=ReopenedBy.CHAIR,
        by=world.officer,
        at=world.at,
    )
    hearing = open_hearing(world, session=session_of(world, council))
    score(hearing, [60, 60, 60], world)
    chair, _, member, *_, secretary = seats_of(hearing)
    with refused("Chỉ chủ trì mới mở lại phiếu", PermissionDenied):
        reopen_sheet(hearing=hearing, seat=member, reason="Xem lại", by=secretary.user, at=world.at)
    assert reopen_sheet(hearing=hearing, seat=member, reason="Xem lại", by=chair.user, at=world.at).version == 2


def test_the_sheet_of_a_member_who_left_is_not_reopened(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60, 60, 60], world)
    seats = seats_of(hearing)
    declare(hearing=hearing, conflict=True, reason="Mới biết", by=seats[2].user, at=world.at)
    with refused("không tham gia sản phẩm này"):
        reopen_sheet(hearing=hearing, seat=seats[2], reason="Xem lại", by=seats[0].user, at=world.at)


def test_the_sessions_beat_goes_on_with_every_step_its_screens_show(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    seats = seats_of(hearing)

    def beat() -> int:
        return Session.objects.values_list("beat", flat=True).get(pk=hearing.session_id)

    beats = [beat()]
    save_sheet(hearing=hearing, choices={"1.a": 1}, notes={}, by=user, at=world.at)
    beats.append(beat())
    save_sheet(hearing=hearing, choices={"1.a": 2}, notes={}, by=user, at=world.at)
    assert beat() == beats[-1]  # nobody sees a tick
    cast_sheet(hearing=hearing, choices=full(hearing), by=user, at=world.at)
    beats.append(beat())
    reopen_sheet(hearing=hearing, seat=seats[2], reason="Xem lại", by=seats[9].user, at=world.at)
    beats.append(beat())
    assert beats == sorted(set(beats))


# ── what a browser may say ──

FORGED = {
    "points": "100",
    "total": "100",
    "score": "100",
    "star": "5",
    "mean": "100",
    "seat": "1",
    "member": "1",
    "user": "1",
    "by": "1",
    "state": "replaced",
    "submitted_at": "2020-01-01",
    "reopened_reason": "x",
    "revised_in": "1",
    "sha256": "0" * 64,
    "points-1.a": "99",
    "option-1.a": "1",
}


def test_points_totals_stars_and_actors_from_the_browser_change_nothing(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    other = seats_of(hearing)[3]
    client = signed_in(user)
    forged = FORGED | {"seat": str(other.pk), "member": str(other.pk), "user": str(other.user_id)}
    told = client.post(at("sheet-save", hearing.pk), forged | {"choice-1.a": "0"}).json()
    assert told["total"] == "0,00"
    client.post(at("sheet-submit", hearing.pk), posted(hearing, 60) | forged)
    sheet = Sheet.objects.get()
    assert (sheet.seat.user, sheet.state, sheet.choices) == (user, SheetState.SUBMITTED, full(hearing, 60))
    assert sheet.submitted_at is not None
    assert sheet.submitted_at.year > 2020
    assert (sheet.notes, sheet.reopened_reason, sheet.revised_in) == ({}, "", None)


def test_a_colleagues_form_posted_by_another_counts_for_nobody_but_the_sender(world: World) -> None:
    """Copied marks: no page gives them, and a copied form does not speak in the other's name."""
    scene = evening(world)
    writer, copier = scene.people["member who wrote the secret"], scene.people["member let in"]
    assert writer is not None
    assert copier is not None
    before = Sheet.objects.get(hearing=scene.open, seat__user=writer)
    page = signed_in(writer).get(at("sheet", scene.open.pk))
    copied = posted(scene.open, 67) | {"key": str(page.context["handed_key"]), "seat": str(before.seat_id)}
    assert signed_in(copier).post(at("sheet-submit", scene.open.pk), copied).status_code == 302
    before.refresh_from_db()
    assert before.state == SheetState.SUBMITTED
    own = Sheet.objects.get(hearing=scene.open, seat__user=copier, state=SheetState.SUBMITTED)
    assert own.seat_id != before.seat_id
    outsider = scene.people["member not declared"]
    assert outsider is not None
    assert signed_in(outsider).post(at("sheet-submit", scene.open.pk), copied).status_code == 403


# ── what a device is told ──


def test_a_device_hands_in_and_is_told_once(world: World) -> None:
    hearing = open_hearing(world)
    client, key = signed_in(let_in(hearing, world)), str(uuid4())
    sent = posted(hearing) | {"key": key, "revision": "0", "version": "1", "note-opinion": "Khá"}
    first = client.post(at("sheet-submit", hearing.pk), sent, HTTP_ACCEPT="application/json")
    sheet = Sheet.objects.get()
    assert first.json() == {
        "url": at("sheet", hearing.pk),
        "message": f"Đã nộp phiếu số {sheet.pk}. Sản phẩm: {hearing.dossier.registration.product.name}.",
    }
    again = client.post(at("sheet-submit", hearing.pk), sent, HTTP_ACCEPT="application/json")
    assert (again.status_code, again.json()) == (200, first.json())
    other = client.post(at("sheet-submit", hearing.pk), sent | {"key": str(uuid4())}, HTTP_ACCEPT="application/json")
    assert (other.status_code, "đã nộp phiếu này" in other.json()["message"]) == (410, True)
    assert Sheet.objects.count() == 1


def test_a_replay_after_closing_is_refused_for_good_and_says_what_to_do(world: World) -> None:
    scene = evening(world)
    late = scene.people["member let in"]
    assert late is not None
    answer = signed_in(late).post(
        at("sheet-submit", scene.closed.pk),
        posted(scene.closed, 60) | {"key": str(uuid4())},
        HTTP_ACCEPT="application/json",
    )
    told = answer.json()
    assert (answer.status_code, set(told)) == (410, {"message"})
    assert "đã chốt điểm lúc" in told["message"]
    assert "vẫn trên máy này; hãy báo thư ký" in told["message"]
    assert not Sheet.objects.filter(hearing=scene.closed, seat__user=late, state=SheetState.SUBMITTED).exists()


def test_a_device_is_told_of_a_newer_sheet_of_what_lacks_and_of_a_shut_door(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    client, address = signed_in(user), at("sheet-submit", hearing.pk)
    save_sheet(hearing=hearing, choices={"1.a": None}, notes={}, by=user, at=world.at)
    stale = client.post(address, posted(hearing) | {"revision": "0"}, HTTP_ACCEPT="application/json")
    assert (stale.status_code, "vừa được lưu ở máy khác" in stale.json()["message"]) == (409, True)
    lacking = client.post(address, {"choice-1.a": "1"}, HTTP_ACCEPT="application/json")
    assert (lacking.status_code, "tiêu chí chưa chấm" in lacking.json()["message"]) == (422, True)
    declare(hearing=hearing, conflict=True, reason="Mới biết", by=user, at=world.at)
    shut = client.post(address, posted(hearing), HTTP_ACCEPT="application/json")
    assert (shut.status_code, "không mở cho bạn" in shut.json()["message"]) == (403, True)
    assert not Sheet.objects.filter(state=SheetState.SUBMITTED).exists()


def test_the_form_of_a_page_sent_twice_leads_to_the_same_sheet(world: World) -> None:
    hearing = open_hearing(world)
    client = signed_in(let_in(hearing, world))
    key = client.get(at("sheet", hearing.pk)).context["handed_key"]
    sent = posted(hearing) | {"key": str(key)}
    assert [client.post(at("sheet-submit", hearing.pk), sent).status_code for _ in range(2)] == [302, 302]
    assert client.post(at("sheet-submit", hearing.pk), sent | {"key": "không phải khóa"}).status_code == 422
    assert Sheet.objects.count() == 1


def test_a_ballot_after_its_deadline_is_not_taken(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    Session.objects.filter(pk=hearing.session_id).update(kind="written", ballots_by=world.at + timedelta(hours=1))
    facts = {"hearing": hearing, "choices": full(hearing), "by": user}
    save_sheet(notes={}, at=world.at, **facts)
    with refused("hết hạn", HearingOver):
        save_sheet(notes={}, at=world.at + timedelta(hours=2), **facts)
    with refused("hết hạn", HearingOver):
        cast_sheet(at=world.at + timedelta(hours=2), **facts)
