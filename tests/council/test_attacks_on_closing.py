"""Attacks on the closing: each one that peers' systems let through, tried here by the acts and by direct posting."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.audit.queries import break_in_chain
from ocop.core.errors import Refused
from ocop.council.actions import (
    begin_discussion,
    cast_sheet,
    close_hearing,
    declare,
    reopen_sheet,
    revise_sheet,
    save_sheet,
)
from ocop.council.models import Result, Sheet
from ocop.council.states import SheetState
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import minimums
from tests.council.refusing import refused
from tests.council.test_locks import at_once
from tests.factories import city_2024, closed_hearing, load_law, open_hearing, score
from tests.factories.meeting import Meeting, meeting
from tests.factories.world import enter


@pytest.fixture
def _law(transactional_db: None) -> Iterator[None]:
    load_law()
    return


def close_by_post(client: Client, made: Meeting, **more: object) -> Any:
    """Posting the closing as the page does, with whatever else somebody adds."""
    address = reverse("council:close", args=[made.hearing.pk])
    return client.post(address, {"confirm_number": made.hearing.place} | more)


# ── the bylaws ──


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 6])
def test_nothing_is_closed_with_one_sheet_or_below_the_quorum(count: int, settings: Any) -> None:
    made = meeting((60,) * count)
    if count == 0:
        declare(hearing=made.hearing, conflict=False, by=made.seats[0].user, at=made.world.at)
    with refused(f"{count}/9 phiếu"):
        close_hearing(hearing=made.hearing, by=made.seats[0].user, at=made.world.at)
    client = enter(Client(), settings, made.seats[0].user, made.world)
    answer = close_by_post(client, made)
    assert answer.status_code == 422
    assert f"{count}/9 phiếu" in answer.content.decode()
    assert not Result.objects.exists()


@pytest.mark.django_db
def test_a_minimum_is_never_ignored_however_many_points() -> None:
    world = city_2024()
    hearing = open_hearing(world)
    criteria_set = criteria_of(hearing.dossier)
    star_three = minimums(criteria_set, 3)
    code = next(code for code, least in star_three.items() if least > 0)
    seats = list(hearing.session.council.seats.filter(votes=True).select_related("user").order_by("pk"))
    choices = places_for(criteria_set, 62)
    choices[code] = None  # nobody gives the criterion anything
    for seat in seats[:7]:
        declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
        cast_sheet(hearing=hearing, choices=choices, by=seat.user, at=world.at)
    result = close_hearing(hearing=hearing, by=seats[0].user, at=world.at)
    assert result.star is not None
    assert result.star < 3
    assert code in {row["criterion"] for row in result.evaluation["missed_minimums"]}
    assert result.outcome == "no_certificate"


# ── conflicts ──


@pytest.mark.django_db
def test_a_conflict_found_after_the_sheet_takes_the_sheet_out_of_everything() -> None:
    made = meeting((60,) * 7 + (72,))
    outlier = made.seats[7]
    with refused("quá mức"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    declare(hearing=made.hearing, conflict=True, reason="Góp vốn vào hợp tác xã", by=outlier.user, at=made.world.at)
    result = close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert result.mean == 60
    assert result.inputs["council_size"] == 8
    assert str(outlier.pk) not in {row["member"] for row in result.inputs["sheets"]}
    assert [row["member"] for row in result.inputs["not_counted"]] == [str(outlier.pk)]
    assert outlier.user.full_name not in json.dumps(result.inputs["sheets"], ensure_ascii=False)
    assert Sheet.objects.filter(hearing=made.hearing, seat=outlier, state=SheetState.SUBMITTED).exists()


@pytest.mark.django_db
def test_a_conflicted_member_scores_nothing_by_any_way() -> None:
    made = meeting((60,) * 6)
    user = made.seats[6].user
    declare(hearing=made.hearing, conflict=True, reason="Em ruột", by=user, at=made.world.at)
    for act in (
        lambda: save_sheet(hearing=made.hearing, choices={"1.1": 1}, notes={}, by=user, at=made.world.at),
        lambda: cast_sheet(hearing=made.hearing, choices={"1.1": 1}, by=user, at=made.world.at),
        lambda: revise_sheet(hearing=made.hearing, choices={}, notes={}, reason="x", by=user, at=made.world.at),
    ):
        with refused("khai báo", PermissionDenied):
            act()
    with refused("không rút lại"):
        declare(hearing=made.hearing, conflict=False, by=user, at=made.world.at)


@pytest.mark.django_db
@pytest.mark.parametrize("conflicted", [1, 2])
def test_who_has_a_conflict_does_not_close_the_own_product(conflicted: int, settings: Any) -> None:
    """The chair, then also the vice-chair who chairs instead: nobody with a conflict closes, by act or by post."""
    made = meeting((60,) * 9)
    leaders = [made.seats[0].user, made.seats[1].user][:conflicted]
    for user in leaders:
        declare(hearing=made.hearing, conflict=True, reason="Góp vốn", by=user, at=made.world.at)
    for user in leaders:
        with refused("Chỉ người chủ trì", PermissionDenied):
            close_hearing(hearing=made.hearing, by=user, at=made.world.at)
        client = enter(Client(), settings, user, made.world)
        assert close_by_post(client, made).status_code == 403
        for name in ("begin-discussion", "end-discussion", "finding", "reopen", "revise"):
            assert client.post(reverse(f"council:{name}", args=[made.hearing.pk])).status_code == 403
    assert not Result.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("place", [1, 2, 9])
def test_only_who_chairs_closes(place: int, settings: Any) -> None:
    made = meeting((60,) * 9)
    user = made.seats[place].user
    with refused("Chỉ người chủ trì", PermissionDenied):
        close_hearing(hearing=made.hearing, by=user, at=made.world.at)
    assert close_by_post(enter(Client(), settings, user, made.world), made).status_code == 403
    for outsider in (made.world.officer, made.world.leader, made.world.liaison):
        assert close_by_post(enter(Client(), settings, outsider, made.world), made).status_code == 403
    assert not Result.objects.exists()


# ── what is posted ──


@pytest.mark.django_db
def test_points_stars_and_actors_that_are_posted_change_nothing(settings: Any) -> None:
    made = meeting((60,) * 9)
    client = enter(Client(), settings, made.chair.user, made.world)
    more = {"star": 5, "mean": 100, "total": 100, "outcome": "forward", "by": made.seats[3].pk, "sheets": "[]", "at": 0}
    assert close_by_post(client, made, **more).status_code == 302
    result = Result.objects.get()
    assert (result.mean, result.star, result.closed_by) == (60, 3, made.chair.user)


@pytest.mark.django_db
def test_a_sheet_slipped_in_past_every_act_stops_the_closing() -> None:
    made = meeting((60,) * 8)
    stranger = made.seats[8]
    declare(hearing=made.hearing, conflict=False, by=stranger.user, at=made.world.at)
    slipped = Sheet.objects.create(
        hearing=made.hearing,
        seat=stranger,
        state=SheetState.SUBMITTED,
        choices=places_for(criteria_of(made.hearing.dossier), 62),
        saved_at=made.world.at,
        submitted_at=made.world.at,
    )
    with refused(f"Phiếu số {slipped.pk}"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)


@pytest.mark.django_db
def test_a_score_is_never_overwritten_not_even_in_a_discussion() -> None:
    made = meeting()
    first = {sheet.pk: sheet.sha256 for sheet in Sheet.objects.filter(hearing=made.hearing)}
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    code = discussion.criteria[0]
    revise_sheet(
        hearing=made.hearing, choices={code: None}, notes={}, reason="Xem lại", by=made.chair.user, at=made.world.at
    )
    reopen_sheet(hearing=made.hearing, seat=made.seats[2], reason="Nhầm", by=made.chair.user, at=made.world.at)
    assert {pk: Sheet.objects.get(pk=pk).sha256 for pk in first} == first
    replaced = Sheet.objects.filter(hearing=made.hearing, state=SheetState.REPLACED)
    assert {sheet.reopened_reason for sheet in replaced} == {"Xem lại", "Nhầm"}


@pytest.mark.django_db
def test_a_result_is_frozen_with_everything_and_cannot_be_changed() -> None:
    result = closed_hearing(city_2024(), totals=(62,) * 9)
    assert {"regime", "set", "bylaws", "sheets", "evidence", "earlier_versions", "tasting", "not_counted"} <= set(
        result.inputs
    )
    assert {"numbers_seen", "reopened_by", "blind_tasting", "appeal_days", "document"} <= set(result.inputs["bylaws"])
    kept = {sheet.pk: sheet.sha256 for sheet in Sheet.objects.all()}
    assert {row["sheet"]: row["sha256"] for row in result.inputs["sheets"]} == kept
    with pytest.raises(Exception, match="chi duoc them"), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(star=5)


# ── races: two real connections ──


def in_turn(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[Any, Any]:
    """`first` is done but not yet committed when `second` begins, on another connection; then it is committed."""
    done, begun = Event(), Event()

    def run_first() -> Any:
        try:
            with transaction.atomic():
                made = first()
                done.set()
                assert begun.wait(timeout=10)
            return made
        finally:
            connection.close()

    def run_second() -> Any:
        try:
            assert done.wait(timeout=30)
            begun.set()
            return second()
        except Refused as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(run_first), pool.submit(run_second)
        return one.result(timeout=60), two.result(timeout=60)


def late_sheet(made: Meeting) -> tuple[User, Callable[[], Any], Callable[[], Any]]:
    """A member whose sheet of other points comes while the chair closes."""
    late = made.seats[8].user
    declare(hearing=made.hearing, conflict=False, by=late, at=made.world.at)
    choices = places_for(criteria_of(made.hearing.dossier), 68)

    def cast() -> Any:
        return cast_sheet(hearing=made.hearing, choices=choices, by=late, at=made.world.at)

    def close() -> Any:
        return close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)

    return late, cast, close


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_law")
def test_a_sheet_that_comes_while_the_closing_is_being_written_is_refused() -> None:
    made = meeting((60,) * 8)
    late, cast, close = late_sheet(made)
    closed, refusal = in_turn(close, cast)
    assert isinstance(refusal, Refused)
    assert "đã chốt điểm" in refusal.message
    assert closed.mean == 60
    assert not Sheet.objects.filter(hearing=made.hearing, seat__user=late).exists()
    assert break_in_chain() is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_law")
def test_a_closing_that_comes_while_a_sheet_is_being_written_counts_it() -> None:
    made = meeting((60,) * 8)
    _late, cast, close = late_sheet(made)
    sheet, result = in_turn(cast, close)
    assert isinstance(result, Result)
    assert str(sheet.seat_id) in {row["member"] for row in result.inputs["sheets"]}
    assert len(result.inputs["sheets"]) == 9
    assert break_in_chain() is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_law")
def test_a_conflict_that_comes_while_the_closing_is_being_written_is_refused_and_the_other_way_round() -> None:
    made = meeting((60,) * 9)
    user = made.seats[8].user

    def leave() -> Any:
        return declare(hearing=made.hearing, conflict=True, reason="Góp vốn", by=user, at=made.world.at)

    def close() -> Any:
        return close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)

    _left, result = in_turn(leave, close)
    assert result.inputs["council_size"] == 8
    other = open_hearing(made.world)
    score(other, (60,) * 9, made.world)
    made.hearing = other
    user = made.seats[8].user
    _closed, refusal = in_turn(close, leave)
    assert isinstance(refusal, Refused)
    assert break_in_chain() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_law")
def test_a_product_is_closed_once_however_often_the_button_is_pressed() -> None:
    made = meeting((60,) * 9)
    chair = made.chair.user

    def close() -> Any:
        return close_hearing(hearing=made.hearing, by=chair, at=made.world.at)

    outcomes = at_once(close, close, close)
    assert sum(isinstance(outcome, Result) for outcome in outcomes) == 1
    assert all("đã chốt điểm rồi" in outcome.message for outcome in outcomes if isinstance(outcome, Refused))
    assert Result.objects.count() == 1
    assert break_in_chain() is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_law")
def test_a_revision_and_the_end_of_the_discussion_come_one_after_the_other() -> None:
    made = meeting()
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    from ocop.council.actions import end_discussion

    def revise() -> Any:
        return revise_sheet(
            hearing=made.hearing,
            choices=dict.fromkeys(discussion.criteria),
            notes={},
            reason="Xem lại",
            by=made.chair.user,
            at=made.world.at,
        )

    _ended, refusal = in_turn(
        lambda: end_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at), revise
    )
    assert isinstance(refusal, Refused)
    assert "Thảo luận đã kết thúc" in refusal.message
    assert made.hearing.sheets.filter(seat=made.chair).count() == 1
