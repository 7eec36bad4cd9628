"""A seat is worth the role held on the day; what the door keeps shut stays shut through every other door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.council import permissions
from ocop.council.actions import (
    cast_sheet,
    close_hearing,
    confirm_finding,
    declare,
    form_council,
    forward_dossier,
    reopen_sheet,
    save_sheet,
)
from ocop.council.actions.forming import SeatDraft
from ocop.council.models import Hearing, Result, Seat
from ocop.council.queries import acting_chair, councils_of, seat_of, sessions_of, sits_on_any, waiting_for_member
from ocop.desk.demo.choices import places_for
from ocop.desk.queries import tasks_for
from ocop.dossiers.models import ReadingBar
from ocop.dossiers.queries import criteria_of, dossier_list, is_barred, live_evidence, regime_of, visible_to
from ocop.registration.models import SubjectPerson
from tests.council.refusing import refused
from tests.factories import World, city_2024, closed_hearing, council_of, open_hearing, person, score, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def seats(hearing: Hearing) -> list[Seat]:
    return list(hearing.session.council.seats.select_related("user").order_by("pk"))


def fresh(user: User) -> User:
    """The person as a new request reads it, with no role remembered."""
    return User.objects.get(pk=user.pk)


def retire(user: User, at: datetime) -> User:
    """The person's roles were over the day before."""
    user.grants.update(valid_to=at.date() - timedelta(days=1))
    return fresh(user)


def also(user: User, role: Role, world: World) -> User:
    """The person also holds an office."""
    where = {Role.COMMUNE_OFFICER: world.commune, Role.LIAISON: world.unit.parent}.get(role, world.unit)
    RoleGrant.objects.create(user=user, role=role, unit=where, valid_from="2020-01-01")
    return fresh(user)


def visiting(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# ── a role that is over ──


def test_a_member_whose_role_is_over_scores_no_more(world: World) -> None:
    hearing = open_hearing(world)
    user = seats(hearing)[2].user
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    gone, later = retire(user, world.at), seats(hearing)[3].user
    undeclared = retire(later, world.at)
    choices = places_for(criteria_of(hearing.dossier), 60)
    with refused("không phải thành viên chấm điểm", PermissionDenied):
        save_sheet(hearing=hearing, choices={}, notes={}, by=gone, at=world.at)
    with refused("không phải thành viên chấm điểm", PermissionDenied):
        cast_sheet(hearing=hearing, choices=choices, by=gone, at=world.at)
    with refused("không phải thành viên chấm điểm", PermissionDenied):
        declare(hearing=hearing, conflict=False, by=undeclared, at=world.at)
    day = world.at.date()
    assert seat_of(gone, day, hearing.session.council) is None
    assert not sits_on_any(gone, day)
    assert not councils_of(gone, day).exists()
    assert not sessions_of(gone, day).exists()
    assert not waiting_for_member(undeclared, day).exists()
    assert not permissions.can_read_hearing(gone, day, hearing)
    assert not permissions.can_open_session(gone, day, hearing.session)
    assert not tasks_for(undeclared, day)
    yesterday = day - timedelta(days=1)
    assert seat_of(fresh(gone), yesterday, hearing.session.council) is not None


@pytest.mark.parametrize("name", ["session", "hearing", "door", "sheet", "sheet-save", "close"])
def test_no_page_opens_for_a_member_whose_role_is_over(world: World, name: str) -> None:
    hearing = open_hearing(world)
    user = seats(hearing)[2].user
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    client = visiting(retire(user, world.at))
    address = reverse(f"council:{name}", args=[hearing.session_id if name == "session" else hearing.pk])
    ask: Callable[..., object] = client.post if name == "sheet-save" else client.get
    assert ask(address).status_code == 403  # type: ignore[attr-defined]


def test_a_secretary_whose_role_is_over_runs_no_session(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (62,) * 3, world)
    secretary = retire(seats(hearing)[-1].user, world.at)
    assert not permissions.can_run_session(secretary, world.at.date(), hearing.session.council)
    with refused("chủ trì hoặc thư ký", PermissionDenied):
        reopen_sheet(hearing=hearing, seat=seats(hearing)[1], reason="Xem lại", by=secretary, at=world.at)


def test_when_the_chairs_role_is_over_the_vice_chair_closes_and_cast_sheets_still_count(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (62,) * 9, world)
    chair, deputy = seats(hearing)[:2]
    gone = retire(chair.user, world.at)
    with refused("người chủ trì", PermissionDenied):
        close_hearing(hearing=hearing, by=gone, at=world.at)
    with refused("người chủ trì", PermissionDenied):
        confirm_finding(hearing=hearing, criterion="1.1", reason="Hàng giả", by=gone, at=world.at)
    assert acting_chair(hearing, world.at.date()) == deputy
    result = close_hearing(hearing=hearing, by=deputy.user, at=world.at)
    assert len(result.inputs["sheets"]) == 9


def test_a_seat_is_given_only_to_who_holds_a_councils_role_there(world: World) -> None:
    for stranger in (person("Người lạ"), person("Người xã", Role.MEMBER, world.commune)):
        with refused(f"{stranger.full_name} chưa có vai trò"):
            form_council(
                unit=world.unit,
                level="district",
                name="Hội đồng",
                decision_number="9/QĐ",
                decided_on=world.at.date(),
                seats=[SeatDraft(user=stranger, role="chair")],
                by=world.officer,
                at=world.at,
            )


# ── a shut door ──


def dossier_addresses(hearing: Hearing) -> list[str]:
    """Every page and file of the dossier that reads."""
    file = live_evidence(hearing.dossier).get()
    names = ("dossiers:dossier", "dossiers:self-assessment", "dossiers:evidence", "dossiers:submit", "intake:step")
    keys = [hearing.dossier_id]
    return [
        *(reverse(name, args=keys) for name in (*names, "intake:dossier-panel")),
        reverse("dossiers:evidence-file", args=[hearing.dossier_id, file.file.key]),
        reverse("council:evidence-file", args=[hearing.pk, file.file.key]),
        reverse("council:hearing", args=[hearing.pk]),
        reverse("certificates:dossier-panel", args=keys),
    ]


READERS = (Role.COMMUNE_OFFICER, Role.LEAD_OFFICER, Role.HELPER, Role.LEADER, Role.LIAISON)


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("conflict", [None, True])
def test_an_office_does_not_open_what_the_door_keeps_shut(world: World, role: Role, conflict: bool | None) -> None:
    hearing = open_hearing(world)
    user = also(seats(hearing)[2].user, role, world)
    if conflict:
        declare(hearing=hearing, conflict=True, reason="Em ruột là giám đốc", by=user, at=world.at)
    client, day = visiting(user), world.at.date()
    for address in dossier_addresses(hearing):
        assert client.get(address).status_code in (403, 404), address
    assert is_barred(user, hearing.dossier)
    assert not visible_to(user, day).exists()
    assert not dossier_list(user, day, query=hearing.dossier.registration.product.name).exists()
    assert client.get(reverse("council:dossier-panel", args=[hearing.dossier_id])).status_code == 403


def test_the_window_on_a_registration_offers_no_second_dossier(world: World) -> None:
    hearing = open_hearing(world)
    user = also(seats(hearing)[2].user, Role.LEAD_OFFICER, world)
    told = visiting(user).get(reverse("dossiers:registration-panel", args=[hearing.dossier.registration_id]))
    assert "Lập hồ sơ" not in told.content.decode()
    assert "đang đóng với bạn" in told.content.decode()


@pytest.mark.parametrize("role", [Role.HELPER, Role.LEAD_OFFICER])
def test_after_no_conflict_everything_opens(world: World, role: Role) -> None:
    hearing = open_hearing(world)
    user = also(seats(hearing)[2].user, role, world)
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    assert not is_barred(user, hearing.dossier)
    assert list(visible_to(user, world.at.date())) == [hearing.dossier]
    client = visiting(user)
    assert client.get(reverse("dossiers:dossier", args=[hearing.dossier_id])).status_code == 200
    bar = ReadingBar.objects.get(user=user)
    assert (bar.dossier_id, bar.since, bar.lifted_at) == (hearing.dossier_id, world.at, world.at)


def test_the_bar_is_the_voting_members_and_outlasts_the_role(world: World) -> None:
    hearing = open_hearing(world)
    voting = [seat.user_id for seat in seats(hearing) if seat.votes]
    assert list(ReadingBar.objects.order_by("pk").values_list("user", flat=True)) == voting
    gone = also(retire(seats(hearing)[2].user, world.at), Role.LEAD_OFFICER, world)
    day = world.at.date()
    assert permissions.can_run_session(gone, day, hearing.session.council)
    assert not permissions.can_read_hearing(gone, day, hearing)
    assert not permissions.readable_hearings(gone, day, hearing.session)
    assert not visible_to(gone, day).exists()


def test_whoever_acts_for_the_subject_does_not_judge_it(world: World) -> None:
    hearing = open_hearing(world)
    user = seats(hearing)[2].user
    subject = hearing.dossier.registration.product.subject
    SubjectPerson.objects.create(subject=subject, user=user)
    with refused("Bạn thay mặt chủ thể này nên phải khai có xung đột"):
        declare(hearing=hearing, conflict=False, by=user, at=world.at)
    declare(hearing=hearing, conflict=True, reason="Người của chủ thể", by=user, at=world.at)


def test_ones_own_dossier_is_never_barred(world: World) -> None:
    hearing = open_hearing(world)
    user = seats(hearing)[2].user
    SubjectPerson.objects.create(subject=hearing.dossier.registration.product.subject, user=user)
    RoleGrant.objects.create(user=user, role=Role.SUBJECT, unit=world.commune, valid_from="2020-01-01")
    assert list(visible_to(fresh(user), world.at.date())) == [hearing.dossier]


# ── what went up ──


def hand_over(result: Result, world: World) -> None:
    forward_dossier(
        result=result,
        letter_number="312/CV",
        parts=[part.code for part in regime_of(result.hearing.dossier).forward_parts],
        samples=5,
        handed_on=world.at.date(),
        received_by="Trần Văn Tỉnh",
        signer="Nguyễn Văn Trưởng",
        by=world.officer,
        at=world.at,
    )


def test_the_liaison_answers_only_for_what_went_up(world: World) -> None:
    session = session_of(world, council_of(world, members=3))
    below, waiting = (closed_hearing(world, session=session, totals=(total,) * 3) for total in (45, 75))
    client = visiting(world.liaison)
    for result in (below, waiting):
        for ask in (client.get, client.post):
            assert ask(reverse("council:answer", args=[result.pk])).status_code == 404
    hand_over(waiting, world)
    assert client.get(reverse("council:answer", args=[waiting.pk])).status_code == 200
    assert client.get(reverse("council:answer", args=[below.pk])).status_code == 404
