"""Blind tasting: cups without names, answers by code, and a sheet that counts only with its tasting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from shutil import copytree
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused, Stale
from ocop.council.actions import (
    begin_discussion,
    call_off_tasting,
    cast_sheet,
    cast_tasting,
    close_hearing,
    declare,
    open_tasting,
    read_pour_list,
    revise_sheet,
    save_tasting,
)
from ocop.council.models import Hearing, Sheet, TastingCup, TastingRound, TastingSheet
from ocop.council.queries import (
    cups_for,
    opened_code,
    progress_of,
    sensory_codes,
    session_hearings,
    sheets_in,
    tastable,
    tasted_codes,
    tasting_due,
    tastings_not_as_recorded,
    tastings_waiting,
    with_tasting,
)
from ocop.council.states import SheetState
from ocop.dossiers.queries import criteria_of
from ocop.regime.rulebook import BOOK, read_regime
from ocop.rubric.books import read_book
from ocop.rubric.rulebook import read_set
from tests.council.test_sheets import locks_off
from tests.factories import city_2024, open_hearing, person, places_for, score, session_of
from tests.factories.council import evening
from tests.factories.tasting import Table, let_in, sensory, sheet_without, table, taste, tasting_council
from tests.factories.world import World

pytestmark = pytest.mark.django_db


def counted() -> tuple[int, ...]:
    """What would have grown if a refusal had written anything."""
    models: tuple[Any, ...] = (TastingRound, TastingCup, TastingSheet, Sheet, LedgerEntry)
    return tuple(model.objects.count() for model in models)


def refuses(act: Callable[[], Any], *words: str, error: type[Exception] = Refused) -> None:
    before = counted()
    with pytest.raises(error) as caught:
        act()
    assert counted() == before
    for word in words:
        assert word in str(caught.value), str(caught.value)


# ── what is tasted, from the rule book ──


@pytest.mark.parametrize("regime", ["qd148-2023", "qd26-2026"])
def test_food_and_drink_are_tasted_and_nothing_else(regime: str) -> None:
    rules = read_regime(regime)
    tasted = {number for number in range(1, 27) if rules.tasted_groups(number)}
    assert tasted == set(range(1, 18))
    for number in tasted:
        criteria = read_set(regime, number).criteria.values()
        assert sum(row.group in rules.tasted_groups(number) for row in criteria) >= 4


def test_a_rule_book_that_names_a_group_that_is_not_there_is_refused(tmp_path: Any) -> None:
    copytree(BOOK / "qd148-2023", tmp_path / "qd148-2023")
    file = tmp_path / "qd148-2023" / "regime.yaml"
    file.write_text(file.read_text().replace("group: '6', mark: R, note: Nhóm", "group: '66', mark: R, note: Nhóm"))
    problems = [str(problem) for problem in read_book(tmp_path).problems]
    assert sum("không có đúng một nhóm “66”" in problem for problem in problems) == 17


def test_a_set_beyond_the_annex_or_named_twice_is_refused(tmp_path: Any) -> None:
    copytree(BOOK / "qd148-2023", tmp_path / "qd148-2023")
    file = tmp_path / "qd148-2023" / "regime.yaml"
    file.write_text(file.read_text().replace("- {sets: [1, 2,", "- {sets: [1, 1, 27, 2,"))
    problems = {(problem.path, problem.message) for problem in read_book(tmp_path).problems}
    assert ("tasting[0].sets[1]", "bộ số 1, nhóm “6” đã ghi rồi") in problems
    assert ("tasting[0].sets[2]", "không có bộ tiêu chí số 27") in problems


# ── opening ──


def test_a_tasting_gives_codes_in_an_order_that_tells_nothing() -> None:
    found = table(products=3)
    cups = list(found.round.cups.order_by("pk"))
    assert [cup.place for cup in cups] == [1, 2, 3]  # made in the order of the table, not of the products
    assert len({cup.code for cup in cups}) == 3
    assert all(len(cup.code) == 3 and cup.code.isdecimal() and cup.code[0] != "0" for cup in cups)
    entry = LedgerEntry.objects.get(act="open_tasting")
    assert entry.thread == ""
    assert entry.facts == {"codes": sorted(cup.code for cup in cups)}


def test_the_order_is_drawn_anew_each_time() -> None:
    world = city_2024()
    session = session_of(world, tasting_council(world))
    hearings = [open_hearing(world, session=session) for _ in range(6)]
    open_tasting(session=session, hearings_tasted=hearings, by=world.officer, at=world.at)
    second = session_of(world, session.council)
    others = [open_hearing(world, session=second) for _ in range(6)]
    open_tasting(session=second, hearings_tasted=others, by=world.officer, at=world.at)
    orders = [
        [TastingCup.objects.get(hearing=hearing).place for hearing in row]
        + [TastingCup.objects.get(hearing=row[0]).code]
        for row in (hearings, others)
    ]
    assert orders[0] != orders[1]  # once in 720 · 900 times by chance


def test_opening_is_refused_where_there_is_nothing_to_taste() -> None:
    world = city_2024()
    plain = session_of(world)
    food = open_hearing(world, session=plain)
    refuses(lambda: open_tasting(session=plain, hearings_tasted=[food], by=world.officer, at=world.at), "Quy chế")
    session = session_of(world, tasting_council(world))
    craft = open_hearing(world, session=session, set_no=21)
    food2 = open_hearing(world, session=session)

    def opening(*hearings: Hearing) -> Callable[[], Any]:
        return lambda: open_tasting(session=session, hearings_tasted=hearings, by=world.officer, at=world.at)

    refuses(opening(), "ít nhất một")
    refuses(opening(craft), "không có phần nếm")
    refuses(opening(food), "không thuộc phiên")
    assert tastable(session) == [food2]
    opening(food2)()
    refuses(opening(food2), "đã có mã mẫu")
    assert tastable(session) == []


def test_only_who_runs_the_session_opens_a_tasting() -> None:
    scene = evening()
    allowed = {"secretary", "lead officer"}
    for who, user in scene.people.items():
        if user is None or who in allowed:
            continue
        refuses(
            lambda user=user: open_tasting(  # type: ignore[misc]
                session=scene.session, hearings_tasted=[scene.open], by=user, at=scene.world.at
            ),
            error=PermissionDenied,
        )
    for who in allowed:  # allowed, but these bylaws do not taste
        with pytest.raises(Refused, match="Quy chế"):
            open_tasting(
                session=scene.session,
                hearings_tasted=[scene.open],
                by=scene.people[who],
                at=scene.world.at,  # type: ignore[arg-type]
            )


def test_a_tasting_that_the_bylaws_ask_for_is_known_to_be_due() -> None:
    world = city_2024()
    session = session_of(world, tasting_council(world))
    food, craft = open_hearing(world, session=session), open_hearing(world, session=session, set_no=21)
    assert tasting_due(food)
    assert not tasting_due(craft)
    open_tasting(session=session, hearings_tasted=[food], by=world.officer, at=world.at)
    assert not tasting_due(food)


# ── pouring ──


def test_the_list_for_pouring_is_noted_each_time_and_never_for_a_member() -> None:
    found = table()
    secretary = found.seats[-1].user
    for _ in range(2):
        cups = read_pour_list(round=found.round, by=secretary, at=found.world.at)
        assert {cup.hearing_id for cup in cups} == {hearing.pk for hearing in found.hearings}
    assert LedgerEntry.objects.filter(act="read_pour_list", actor=secretary).count() == 2
    for seat in found.seats[:-1]:
        refuses(
            lambda user=seat.user: read_pour_list(round=found.round, by=user, at=found.world.at),  # type: ignore[misc]
            error=PermissionDenied,
        )


# ── tasting ──


def test_a_member_answers_by_code_and_hands_in_once() -> None:
    found = table()
    hearing, seat = found.hearings[0], found.seats[1]
    cup, by, at = found.cup(hearing), seat.user, found.world.at
    first = next(iter(sensory(hearing)))
    kept = save_tasting(cup=cup, choices={first: 2}, note="Thơm", by=by, at=at)
    assert (kept.choices, kept.note, kept.revision) == ({first: 2}, "Thơm", 1)
    refuses(lambda: cast_tasting(cup=cup, by=by, at=at), "tiêu chí chưa chấm")
    cast_tasting(cup=cup, choices=sensory(hearing, 1), by=by, at=at)
    entry = LedgerEntry.objects.get(act="cast_tasting")
    assert entry.facts["cup"] == cup.code
    assert entry.thread == ""
    refuses(lambda: save_tasting(cup=cup, choices={first: 1}, by=by, at=at), "đã nộp phiếu nếm")


def test_only_sensory_criteria_and_printed_options_are_taken() -> None:
    found = table()
    hearing, by = found.hearings[0], found.seats[1].user
    cup, at = found.cup(hearing), found.world.at
    other = next(code for code in criteria_of(hearing.dossier).criteria if code not in sensory_codes(hearing))
    first = next(iter(sensory(hearing)))
    refuses(lambda: save_tasting(cup=cup, choices={other: 1}, by=by, at=at), "không chấm ở lượt nếm")
    refuses(lambda: save_tasting(cup=cup, choices={first: 99}, by=by, at=at), "chọn một mức")
    refuses(lambda: save_tasting(cup=cup, choices={}, note="x" * 1001, by=by, at=at), "Ghi chú")


def test_an_older_page_never_overwrites_a_newer_one() -> None:
    found = table()
    hearing, by = found.hearings[0], found.seats[1].user
    cup, at = found.cup(hearing), found.world.at
    first, second = list(sensory(hearing))[:2]
    save_tasting(cup=cup, choices={first: 1}, revision=0, by=by, at=at)
    save_tasting(cup=cup, choices={first: 1}, revision=0, by=by, at=at)  # the answer was lost on the line
    assert TastingSheet.objects.get().revision == 1
    refuses(lambda: save_tasting(cup=cup, choices={second: 1}, revision=0, by=by, at=at), error=Stale)


def test_tasting_waits_for_the_day_and_for_every_door() -> None:
    found = table(doors=False)
    one, other = found.hearings
    seat, at = found.seats[1], found.world.at
    declare(hearing=one, conflict=False, by=seat.user, at=at)
    refuses(lambda: taste(found, one, seat), "Còn 1 sản phẩm", "ở cửa")
    refuses(lambda: taste(found, other, seat), error=PermissionDenied)
    declare(hearing=other, conflict=False, by=seat.user, at=at)
    before = replace_at(found, at - timedelta(days=1))
    refuses(lambda: taste(before, one, seat), "Nếm mẫu tại phiên họp")
    taste(found, one, seat)


def replace_at(found: Table, at: Any) -> Table:
    world = World(**{**found.world.__dict__, "at": at})
    return replace(found, world=world)


def test_a_product_left_for_a_conflict_is_no_cup_of_the_member() -> None:
    found = table(doors=False)
    seat, left = found.seats[1], found.hearings[0]
    declare(hearing=left, conflict=True, reason="Em ruột là giám đốc", by=seat.user, at=found.world.at)
    declare(hearing=found.hearings[1], conflict=False, by=seat.user, at=found.world.at)
    assert [cup.hearing_id for cup in cups_for(found.session, seat)] == [found.hearings[1].pk]
    refuses(lambda: taste(found, left, seat), error=PermissionDenied)
    taste(found, found.hearings[1], seat)


def test_a_conflict_found_later_takes_the_cup_away() -> None:
    found = table()
    seat, hearing = found.seats[1], found.hearings[0]
    taste(found, hearing, seat)
    declare(hearing=hearing, conflict=True, reason="Vừa biết là em ruột", by=seat.user, at=found.world.at)
    assert hearing.pk not in {cup.hearing_id for cup in cups_for(found.session, seat)}


# ── counting ──


def test_a_sheet_is_in_only_with_its_tasting() -> None:
    found = table()
    hearing = found.hearings[0]
    codes = sensory_codes(hearing)
    assert tasted_codes(hearing) == codes
    for seat in found.seats[:3]:
        sheet_without(found, hearing, seat)
    for seat in found.seats[1:3]:
        taste(found, hearing, seat, 2)
    assert [sheet.seat_id for sheet in sheets_in(hearing)] == [seat.pk for seat in found.seats[1:3]]
    assert [row.lacks_tasting for row in progress_of(hearing)] == [True, False, False, True]
    assert session_hearings(found.session).get(pk=hearing.pk).sheets_in == 3  # type: ignore[attr-defined]
    members = with_tasting(hearing, sheets_in(hearing), found.seats[1])
    assert all(member.choices.keys() == criteria_of(hearing.dossier).criteria.keys() for member in members)
    assert all(member.choices[code] == 2 for member in members for code in codes)
    assert [member.chair for member in members] == [True, False]


def test_without_a_tasting_nothing_changes() -> None:
    scene = evening()
    assert tasted_codes(scene.open) == frozenset()
    sheets = sheets_in(scene.open)
    assert len(sheets) == 6
    assert [member.choices for member in with_tasting(scene.open, sheets)] == [sheet.choices for sheet in sheets]


def test_a_sheet_never_answers_for_the_cup() -> None:
    found = table()
    hearing, seat = found.hearings[0], found.seats[1]
    whole = places_for(criteria_of(hearing.dossier), 60)
    refuses(lambda: cast_sheet(hearing=hearing, choices=whole, by=seat.user, at=found.world.at), "nếm")


def test_before_the_tasting_nothing_is_discussed_or_closed() -> None:
    world = city_2024()
    session = session_of(world, tasting_council(world, members=3, spread=0))
    hearing = open_hearing(world, session=session, total=55)
    score(hearing, (50, 60, 70), world)
    chair = session.council.seats.get(role="chair").user
    refuses(lambda: begin_discussion(hearing=hearing, by=chair, at=world.at), "nếm")
    refuses(lambda: close_hearing(hearing=hearing, by=chair, at=world.at), "nếm")


def test_a_tasting_changed_behind_the_ledger_stops_the_closing() -> None:
    found = table()
    hearing, seats = found.hearings[0], found.seats[:-1]
    for seat in seats:
        sheet_without(found, hearing, seat)
        taste(found, hearing, seat, 1)
    assert tastings_not_as_recorded(hearing) == []
    with locks_off():
        TastingSheet.objects.filter(seat=seats[2]).update(choices=sensory(hearing, 2))
    assert len(tastings_not_as_recorded(hearing)) == 1
    refuses(lambda: close_hearing(hearing=hearing, by=seats[0].user, at=found.world.at), "không còn như lúc nộp")


def test_the_result_holds_what_was_tasted() -> None:
    found = table()
    hearing = found.hearings[0]
    for seat in found.seats[:-1]:
        sheet_without(found, hearing, seat)
    chair = found.seats[0].user
    with pytest.raises(Refused):
        close_hearing(hearing=hearing, by=chair, at=found.world.at)
    for seat in found.seats[:-1]:
        taste(found, hearing, seat, 1)
    result = close_hearing(hearing=hearing, by=chair, at=found.world.at)
    expected = with_tasting(hearing, sheets_in(hearing))
    criteria = criteria_of(hearing.dossier).criteria
    totals = {
        member.member: sum(criteria[code].options[place - 1].points for code, place in member.choices.items() if place)
        for member in expected
    }
    assert {row["member"]: row["total"] for row in result.evaluation["sheets"]} == totals


# ── opening of the codes ──


def test_the_codes_are_opened_at_closing_and_not_before() -> None:
    found = table()
    hearing = found.hearings[0]
    assert opened_code(hearing) == ""
    for seat in found.seats[:-1]:
        sheet_without(found, hearing, seat)
        taste(found, hearing, seat)
    assert opened_code(hearing) == ""
    close_hearing(hearing=hearing, by=found.seats[0].user, at=found.world.at)
    hearing.refresh_from_db()
    assert opened_code(hearing) == found.cup(hearing).code
    assert opened_code(found.hearings[1]) == ""


def test_in_a_discussion_the_code_is_open_and_a_sensory_criterion_may_be_revised() -> None:
    found = table(members=3, spread=0)
    hearing, at = found.hearings[0], found.world.at
    code = max(sensory_codes(hearing), key=lambda each: criteria_of(hearing.dossier).criteria[each].max_points)
    highest = len(criteria_of(hearing.dossier).criteria[code].options)
    for seat, place in zip(found.seats[:-1], (1, 1, highest), strict=True):
        sheet_without(found, hearing, seat)
        choices = {**sensory(hearing, 1), code: place}
        cast_tasting(cup=found.cup(hearing), choices=choices, by=seat.user, at=at)
    assert begin_discussion(hearing=hearing, by=found.seats[0].user, at=at).criteria == [code]
    assert opened_code(hearing) == found.cup(hearing).code
    member = found.seats[2]
    revise_sheet(hearing=hearing, choices={code: 1}, notes={}, reason="Nếm lại thấy nhạt", by=member.user, at=at)
    mine = next(row for row in with_tasting(hearing, sheets_in(hearing)) if row.member == str(member.pk))
    assert mine.choices == with_tasting(hearing, sheets_in(hearing))[0].choices
    refuses(lambda: taste(found, hearing, member), "đã mở mã")


# ── calling off ──


def test_calling_off_opens_the_sheets_again_with_what_was_tasted() -> None:
    found = table()
    hearing, other = found.hearings
    for seat in found.seats[:2]:
        sheet_without(found, hearing, seat)
    taste(found, hearing, found.seats[0], 2)
    secretary, at = found.seats[-1].user, found.world.at
    refuses(lambda: call_off_tasting(round=found.round, reason=" ", by=secretary, at=at), "lý do")
    call_off_tasting(round=found.round, reason="Mẫu hỏng", by=secretary, at=at)
    assert tasted_codes(hearing) == frozenset()
    drafts = {sheet.seat_id: sheet for sheet in Sheet.objects.filter(hearing=hearing, state=SheetState.DRAFT)}
    assert {sheet.version for sheet in drafts.values()} == {2}
    assert sensory_codes(hearing) <= drafts[found.seats[0].pk].choices.keys()
    assert not sensory_codes(hearing) & drafts[found.seats[1].pk].choices.keys()
    old = Sheet.objects.filter(hearing=hearing, state=SheetState.REPLACED)
    assert {sheet.reopened_reason for sheet in old} == {"Hủy lượt nếm: Mẫu hỏng"}
    assert sheets_in(hearing) == []
    refuses(lambda: taste(found, other, found.seats[0]), "đã hủy")
    refuses(lambda: call_off_tasting(round=found.round, reason="x", by=secretary, at=at), "đã hủy rồi")
    cast_sheet(hearing=hearing, by=found.seats[0].user, at=at)
    assert [sheet.seat_id for sheet in sheets_in(hearing)] == [found.seats[0].pk]


def test_a_closed_product_keeps_its_tasting_when_the_rest_is_called_off() -> None:
    found = table()
    hearing, other = found.hearings
    for seat in found.seats[:-1]:
        sheet_without(found, hearing, seat)
        taste(found, hearing, seat)
    close_hearing(hearing=hearing, by=found.seats[0].user, at=found.world.at)
    later = found.world.at + timedelta(minutes=1)
    call_off_tasting(round=found.round, reason="Hết mẫu", by=found.seats[-1].user, at=later)
    hearing.refresh_from_db()
    assert len(sheets_in(hearing)) == 4
    assert opened_code(hearing)
    assert tasted_codes(other) == frozenset()


# ── pages ──


def test_a_members_pages_name_no_product() -> None:
    found = table()
    client = Client()
    client.force_login(found.seats[1].user)
    names = [hearing.dossier.registration.product.name for hearing in found.hearings]
    names += [hearing.dossier.registration.product.subject.name for hearing in found.hearings]
    names.append(criteria_of(found.hearings[0].dossier).name)
    for cup in found.round.cups.all():
        page = client.get(reverse("council:tasting-cup", args=[cup.pk]))
        assert page.status_code == 200
        told = page.content.decode() + str(page.headers)
        assert cup.code in told
        assert not [name for name in names if name in told]
        assert f"/nghi-su/{cup.hearing_id}/" not in told
    queue = client.get(reverse("council:tasting", args=[found.session.pk])).content.decode()
    assert not [name for name in names if name in queue]
    assert client.post(reverse("council:tasting-pour", args=[found.round.pk])).status_code == 403
    assert client.get(reverse("council:tasting-labels", args=[found.round.pk])).status_code == 403


def test_a_cup_is_filled_in_saved_and_handed_in() -> None:
    found = table()
    hearing = found.hearings[0]
    cup = found.cup(hearing)
    client = Client()
    client.force_login(found.seats[1].user)
    save = reverse("council:tasting-cup-save", args=[cup.pk])
    first = next(iter(sensory(hearing)))
    answer = client.post(save, {f"choice-{first}": "1", "revision": "0"})
    assert answer.json()["answered"] == 1
    assert set(answer.json()) == {"saved_at", "total", "answered", "revision"}
    assert client.post(save, {"choice-1.a": "1"}).status_code == 422
    assert client.post(save, {f"choice-{first}": "2", "revision": "0"}).status_code == 409
    submit = reverse("council:tasting-cup-submit", args=[cup.pk])
    missing = client.post(submit, {f"choice-{first}": "1", "note-chung": "Thơm"})
    assert missing.status_code == 422
    assert "Thơm" in missing.content.decode()
    sent = {f"choice-{code}": "0" for code in sensory(hearing)} | {"note-chung": "Thơm"}
    done = client.post(submit, sent)
    assert done.status_code == 302
    assert done["Location"] == reverse("council:tasting-cup", args=[found.cup(found.hearings[1]).pk])
    sheet = TastingSheet.objects.get()
    assert set(sheet.choices.values()) == {None}
    assert sheet.note == "Thơm"


def test_a_cup_that_is_not_the_members_is_not_there() -> None:
    found = table(doors=False)
    seat, left = found.seats[1], found.hearings[0]
    declare(hearing=left, conflict=True, reason="Em ruột", by=seat.user, at=found.world.at)
    client = Client()
    client.force_login(seat.user)
    cup = found.cup(left)
    assert client.get(reverse("council:tasting-cup", args=[cup.pk])).status_code == 404
    assert client.post(reverse("council:tasting-cup-save", args=[cup.pk]), {}).status_code == 404
    assert client.post(reverse("council:tasting-cup-submit", args=[cup.pk]), {}).status_code == 404
    stranger = Client()
    stranger.force_login(person("Người lạ"))
    assert stranger.get(reverse("council:tasting", args=[found.session.pk])).status_code == 403


def test_the_secretary_opens_prints_pours_and_calls_off_on_the_page() -> None:
    world = city_2024()
    session = session_of(world, tasting_council(world))
    hearings = [open_hearing(world, session=session) for _ in range(2)]
    client = Client()
    client.force_login(session.council.seats.get(role="secretary").user)
    page = reverse("council:tasting", args=[session.pk])
    assert hearings[0].dossier.registration.product.name in client.get(page).content.decode()
    assert client.post(page, {"hearings": ["0"]}).status_code == 422
    assert client.post(page, {"hearings": [hearing.pk for hearing in hearings]}).status_code == 302
    found = TastingRound.objects.get()
    poured = client.post(reverse("council:tasting-pour", args=[found.pk]))
    cup = TastingCup.objects.get(hearing=hearings[0])
    assert cup.code in poured.content.decode()
    assert hearings[0].dossier.registration.product.name in poured.content.decode()
    assert client.get(reverse("council:tasting-pour", args=[found.pk])).status_code == 405
    labels = client.get(reverse("council:tasting-labels", args=[found.pk]))
    assert labels["Content-Type"] == "application/pdf"
    off = reverse("council:tasting-off", args=[found.pk])
    assert client.post(off, {"reason": ""}).status_code == 422
    assert client.post(off, {"reason": "Mẫu hỏng"}).status_code == 302
    found.refresh_from_db()
    assert found.ended_at is not None


def test_the_queue_costs_the_same_for_one_cup_and_three() -> None:
    counts, world = [], city_2024()
    for products in (1, 3):
        found = table(world, products=products)
        client = Client()
        client.force_login(found.seats[1].user)
        address = reverse("council:tasting", args=[found.session.pk])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_nobody_else_is_told_anything() -> None:
    found = table()
    scene = evening(found.world)
    for who in ("subject", "commune officer", "helper", "other council's member", "liaison", "anonymous"):
        client = Client()
        user = scene.people[who]
        if user is not None:
            client.force_login(user)
        for name, key in (
            ("tasting", found.session.pk),
            ("tasting-cup", found.cup(found.hearings[0]).pk),
            ("tasting-labels", found.round.pk),
        ):
            answer = client.get(reverse(f"council:{name}", args=[key]))
            assert answer.status_code in (302, 403, 404), (who, name)
        assert client.post(reverse("council:tasting-pour", args=[found.round.pk])).status_code in (302, 403)


def test_who_still_has_to_taste_is_told_to_the_secretary_and_to_no_member() -> None:
    found = table()
    hearing = found.hearings[0]
    sheet_without(found, hearing, found.seats[1])
    for seat, told in ((found.seats[-1], True), (found.seats[0], False)):
        client = Client()
        client.force_login(seat.user)
        page = client.get(reverse("council:hearing", args=[hearing.pk])).content.decode()
        assert ("thiếu phần nếm" in page) is told


def test_a_tasting_waits_for_a_member_until_every_cup_is_in() -> None:
    found = table()
    day, seat = found.world.at.date(), found.seats[1]
    assert list(tastings_waiting(seat.user, day - timedelta(days=1))) == []
    for hearing in found.hearings:
        assert list(tastings_waiting(seat.user, day)) == [found.session]
        taste(found, hearing, seat)
    assert list(tastings_waiting(seat.user, day)) == []
    assert list(tastings_waiting(found.seats[-1].user, day)) == []


def test_doors_answered_again_do_not_matter() -> None:
    found = table(doors=False)
    let_in(found, seats=[found.seats[1]])
    taste(found, found.hearings[0], found.seats[1])
    assert TastingSheet.objects.count() == 1
