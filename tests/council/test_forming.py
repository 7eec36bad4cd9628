"""Councils as their decisions say, amended later; bylaws with everything the law leaves open."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.council import permissions
from ocop.council.actions import (
    add_seat,
    adopt_bylaws,
    call_session,
    cast_sheet,
    close_hearing,
    declare,
    end_seat,
    form_council,
)
from ocop.council.actions.forming import SeatDraft
from ocop.council.models import Council, Seat
from ocop.council.queries import (
    acting_chair,
    council_size,
    progress_of,
    seat_of,
    seats_on,
    sectors_of,
    sheets_in,
    waiting_for_member,
)
from ocop.council.wording import bylaws_changes, bylaws_words
from ocop.dossiers.queries import is_barred
from ocop.regime.queries import as_rules
from tests.council.refusing import refused
from tests.factories import (
    World,
    city_2024,
    closed_hearing,
    council_of,
    open_hearing,
    person,
    places_for,
    score,
    session_of,
)
from tests.factories.council import evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def member(world: World, name: str = "") -> User:
    return person(name, Role.MEMBER, world.unit)


def forming(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "unit": world.unit,
        "level": as_rules(world.batch.programme.regime_version).first_council,
        "name": "Hội đồng",
        "decision_number": "1/QĐ-UBND",
        "decided_on": date(2024, 8, 1),
        "seats": [SeatDraft(user=member(world), role="chair")],
        "by": world.officer,
        "at": world.at,
    } | changes


def test_a_council_keeps_its_term_its_delegation_and_what_each_seat_knows(world: World) -> None:
    chair = SeatDraft(
        user=member(world),
        role="chair",
        organisation="Phòng Kinh tế",
        field="Nông nghiệp",
        sectors=["I", "II"],
        delegated_by="UBND thành phố",
    )
    council = form_council(
        **forming(
            world,
            seats=[chair],
            term_from=date(2024, 1, 1),
            term_to=date(2025, 12, 31),
            delegation="Chủ tịch UBND ủy quyền theo Quyết định 88/QĐ-UBND",
        )
    )
    seat = council.seats.get()
    assert (seat.field, seat.sectors, seat.delegated_by) == ("Nông nghiệp", ["I", "II"], "UBND thành phố")
    assert (council.term_to, council.delegation[:8]) == (date(2025, 12, 31), "Chủ tịch")
    assert LedgerEntry.objects.get(act="form_council").facts["term"] == ["2024-01-01", "2025-12-31"]


def test_a_term_runs_forward_and_sectors_are_those_of_the_law(world: World) -> None:
    facts = forming(world)
    with refused("Ngày hết nhiệm kỳ"):
        form_council(**facts, term_from=date(2024, 9, 2), term_to=date(2024, 9, 1))
    with refused("dài 301 chữ cái"):
        form_council(**facts, delegation="x" * 301)
    odd = [SeatDraft(user=member(world), role="chair", sectors=["I", "IX"])]
    with refused("Không có nhóm sản phẩm IX"):
        form_council(**facts | {"seats": odd})


def test_the_sectors_are_the_six_groups_of_the_regimes_sets(world: World) -> None:
    found = sectors_of([world.unit])
    assert [code for code, _ in found] == ["I", "II", "III", "IV", "V", "VI"]
    assert found[0][1] == "I. Sản phẩm thực phẩm"


def test_outside_its_term_a_council_neither_sits_nor_calls(world: World) -> None:
    council = council_of(world)
    chair = council.seats.get(role="chair").user
    day = world.at.date()
    Council.objects.filter(pk=council.pk).update(term_to=day)
    council.refresh_from_db()
    assert seat_of(chair, day, council) is not None
    assert seat_of(chair, day + timedelta(days=1), council) is None
    with refused("nằm ngoài nhiệm kỳ"):
        call_session(
            council=council,
            batch=world.batch,
            name="Phiên 9",
            held_on=day + timedelta(days=1),
            place="Hội trường",
            by=world.officer,
            at=world.at,
        )


def test_a_written_session_has_a_deadline_to_come(world: World) -> None:
    council = council_of(world)
    facts: dict[str, Any] = {
        "council": council,
        "batch": world.batch,
        "name": "Lấy ý kiến 1",
        "held_on": world.at.date(),
        "place": "Phòng Kinh tế",
        "by": world.officer,
        "at": world.at,
    }
    with refused("Ghi hạn gửi phiếu"):
        call_session(**facts, kind="written")
    with refused("Ghi hạn gửi phiếu"):
        call_session(**facts, kind="written", ballots_by=world.at)
    with refused("hình thức họp"):
        call_session(**facts, kind="phone")
    assert call_session(**facts, kind="written", ballots_by=world.later).ballots_by == world.later
    assert call_session(**facts, ballots_by=world.later).ballots_by is None


# ── amending ──


def amending(world: World, council: Council, **changes: Any) -> dict[str, Any]:
    return {
        "council": council,
        "seat": SeatDraft(user=member(world, "Người mới"), role="member"),
        "since": world.at.date(),
        "document": "Quyết định 9/QĐ-UBND",
        "by": world.officer,
        "at": world.at,
    } | changes


def test_an_added_seat_counts_from_its_day_and_products_before_it_are_shut_to_it(world: World) -> None:
    hearing = open_hearing(world)
    council, day = hearing.session.council, world.at.date()
    assert council_size(hearing) == 9
    facts = amending(world, council)
    seat = add_seat(**facts)
    assert council_size(hearing) == 10
    assert len(progress_of(hearing)) == 10
    assert is_barred(seat.user, hearing.dossier)
    assert list(waiting_for_member(seat.user, day)) == [hearing]
    declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
    assert not is_barred(seat.user, hearing.dossier)


def test_a_seat_added_for_later_has_no_part_in_todays_session(world: World) -> None:
    hearing = open_hearing(world)
    council, day = hearing.session.council, world.at.date()
    seat = add_seat(**amending(world, council, since=day + timedelta(days=1)))
    assert council_size(hearing) == 9
    assert seat not in seats_on(council, day)
    assert seat in seats_on(council, day + timedelta(days=1))
    assert not is_barred(seat.user, hearing.dossier)
    later = world.at + timedelta(days=1)
    assert seat_of(seat.user, later.date(), council) == seat
    assert not waiting_for_member(seat.user, later.date()).exists()
    with refused("không phải thành viên chấm điểm", PermissionDenied):
        declare(hearing=hearing, conflict=False, by=seat.user, at=later)


def test_what_an_added_seat_must_be(world: World) -> None:
    council = council_of(world)
    facts = amending(world, council)
    with refused("cơ quan chủ trì", PermissionDenied):
        add_seat(**facts | {"by": world.commune_officer})
    with refused("số quyết định kiện toàn"):
        add_seat(**facts | {"document": " "})
    with refused("Chọn vai trò"):
        add_seat(**facts | {"seat": SeatDraft(user=facts["seat"].user, role="guest")})
    stranger = SeatDraft(user=person("Khách"), role="member")
    with refused("chưa có vai trò trong Hội đồng"):
        add_seat(**facts | {"seat": stranger})
    with refused("Cho thôi ghế đó trước"):
        add_seat(**facts | {"seat": SeatDraft(user=facts["seat"].user, role="chair")})
    with refused("đang có ghế"):
        add_seat(**facts | {"seat": SeatDraft(user=council.seats.order_by("pk")[2].user, role="member")})


def test_a_session_that_closed_something_keeps_who_sat(world: World) -> None:
    result = closed_hearing(world)
    session = result.hearing.session
    day, council = session.held_on, session.council
    facts = amending(world, council)
    with refused("thành phần của phiên đó giữ nguyên"):
        add_seat(**facts | {"since": day})
    seat = council.seats.order_by("pk")[3]
    with refused("thành phần của phiên đó giữ nguyên"):
        end_seat(seat=seat, last_day=day - timedelta(days=1), document="QĐ 9", by=world.officer, at=world.at)
    end_seat(seat=seat, last_day=day, document="QĐ 9", by=world.officer, at=world.at)
    add_seat(**facts | {"since": day + timedelta(days=1)})
    sat = list(seats_on(council, day))
    assert seat in sat
    assert len(sat) == 10
    assert len(sheets_in(result.hearing)) == 9


def test_an_ended_seat_has_no_part_in_later_sessions_and_the_new_chair_takes_over(world: World) -> None:
    hearing = open_hearing(world)
    session, council, day = hearing.session, hearing.session.council, world.at.date()
    type(session).objects.filter(pk=session.pk).update(held_on=day + timedelta(days=5))
    hearing = type(hearing).objects.select_related("session__council").get(pk=hearing.pk)
    chair = council.seats.get(role="chair")
    end_seat(seat=chair, last_day=day, document="QĐ 9", by=world.officer, at=world.at)
    assert council_size(hearing) == 8
    assert not is_barred(chair.user, hearing.dossier)
    with refused("đã thôi từ ngày"):
        end_seat(seat=chair, last_day=day, document="QĐ 9", by=world.officer, at=world.at)
    with refused("không phải thành viên chấm điểm", PermissionDenied):
        declare(hearing=hearing, conflict=False, by=chair.user, at=world.at)
    deputy = acting_chair(hearing, day)
    assert deputy is not None
    assert deputy.role == "vice_chair"
    draft = SeatDraft(user=member(world, "Chủ tịch mới"), role="chair")
    fresh = add_seat(**amending(world, council, seat=draft, since=day + timedelta(days=1)))
    assert acting_chair(hearing, day + timedelta(days=2)) == fresh


def test_the_last_voting_seat_does_not_end(world: World) -> None:
    council = form_council(**forming(world))
    with refused("ít nhất một thành viên chấm điểm"):
        end_seat(seat=council.seats.get(), last_day=world.at.date(), document="QĐ 9", by=world.officer, at=world.at)


def test_the_lead_office_amends_on_a_page_and_keeps_what_was_typed(world: World) -> None:
    council, new = council_of(world), member(world, "Người bổ sung")
    client = Client()
    client.force_login(world.officer)
    address = reverse("council:amend", args=[council.pk])
    form = {
        "what": "them",
        "them-user": new.pk,
        "them-role": "member",
        "them-votes": "on",
        "them-organisation": "Sở Công Thương",
        "them-sectors": ["I"],
        "them-since": "17/09/2024",
        "them-document": "",
    }
    page = client.post(address, form)
    assert page.status_code == 422
    assert "Sở Công Thương" in page.content.decode()
    assert client.post(address, form | {"them-document": "QĐ 9/QĐ-UBND"}).status_code == 302
    seat = Seat.objects.get(user=new)
    assert (seat.organisation, seat.sectors) == ("Sở Công Thương", ["I"])
    end = {"what": "thoi", "thoi-seat": seat.pk, "thoi-last_day": "20/09/2024", "thoi-document": "QĐ 10"}
    assert client.post(address, end).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_on == date(2024, 9, 20)
    told = client.get(reverse("council:council", args=[council.pk])).content.decode()
    assert "đến hết 20/09/2024, QĐ 10" in told
    client.force_login(council.seats.get(role="secretary").user)
    assert client.get(address).status_code == 403


# ── bylaws ──


def bylaws(world: World, council: Council, **changes: Any) -> Any:
    facts = {
        "quorum": Decimal("0.75"),
        "chair_must_vote": True,
        "spread_limit": Decimal(10),
        "round_mean_to": None,
        "minimums_on": "mean",
    }
    return adopt_bylaws(council=council, **facts | changes, by=world.officer, at=world.at)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"numbers_seen": "always"}, "thấy điểm của nhau"),
        ({"reopened_by": "anybody"}, "mở lại phiếu"),
        ({"appeal_days": 0}, "Thời hạn kiến nghị"),
        ({"appeal_days": 366}, "Thời hạn kiến nghị"),
    ],
)
def test_bylaws_say_only_what_is_known(world: World, changed: dict[str, Any], words: str) -> None:
    council = council_of(world)
    with refused(words):
        bylaws(world, council, **changed)


def test_a_version_tells_what_it_changed(world: World) -> None:
    council = council_of(world)
    first = council.bylaws.get()
    second = bylaws(world, council, blind_tasting=True, appeal_days=15, numbers_seen="own_sheet")
    assert len(bylaws_words(second)) == 10
    changed = bylaws_changes(second, first)
    assert len(changed) == 3
    assert any("15 ngày" in sentence for sentence in changed)
    client = Client()
    client.force_login(world.officer)
    page = client.get(reverse("council:council", args=[council.pk])).content.decode()
    assert page.count("mới ở bản này") == 3


def test_the_result_keeps_every_word_of_the_bylaws(world: World) -> None:
    council = council_of(world)
    bylaws(world, council, numbers_seen="discussion", reopened_by="chair", appeal_days=20)
    result = closed_hearing(world, session=session_of(world, council))
    kept = result.inputs["bylaws"]
    assert (kept["numbers_seen"], kept["reopened_by"], kept["appeal_days"]) == ("discussion", "chair", 20)
    assert kept["blind_tasting"] is False


# ── who may ──


def test_who_may_amend_by_walking_all_roles() -> None:
    scene = evening()
    day = scene.world.at.date()
    may = {
        name
        for name, user in scene.people.items()
        if user is not None and permissions.can_form_council(user, day, scene.session.council.unit)
    }
    assert may == {"lead officer"}


def test_a_conflict_found_late_takes_the_sheet_out_of_every_count(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, [60] * 9, world)
    seat = hearing.session.council.seats.order_by("pk")[4]
    declare(hearing=hearing, conflict=True, reason="Vừa biết em họ góp vốn", by=seat.user, at=world.later)
    assert len(sheets_in(hearing)) == 8
    assert council_size(hearing) == 8
    row = next(row for row in progress_of(hearing) if row.seat == seat)
    assert (row.conflict, row.handed_in_at) == (True, None)
    assert seat.sheets.filter(hearing=hearing, state="submitted").exists()
    with refused("khai báo xung đột", PermissionDenied):
        cast_sheet(
            hearing=hearing,
            choices=places_for(_set(hearing), 60),
            by=seat.user,
            at=world.later,
        )
    chair = hearing.session.council.seats.get(role="chair").user
    result = close_hearing(hearing=hearing, by=chair, at=world.later)
    assert str(seat.pk) not in {row["member"] for row in result.inputs["sheets"]}
    assert result.inputs["council_size"] == 8


def _set(hearing: Any) -> Any:
    from ocop.dossiers.queries import criteria_of

    return criteria_of(hearing.dossier)
