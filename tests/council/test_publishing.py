"""Pending becomes published in one step: who may, what has to be read first, what the subject reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.certificates.actions import prepare_decision, sign_decision
from ocop.core.clock import day_of
from ocop.council.actions import publish_results, send_result_letter
from ocop.council.models import Publication, Result, Session
from ocop.council.permissions import can_prepare_publication, can_publish, can_see_result
from ocop.council.queries.publishing import not_yet_out, pending_results
from ocop.dossiers import queries as dossier_queries
from ocop.dossiers.states import RESULT_HIDDEN_LABEL
from ocop.paperwork.queries import latest_paper
from tests.council.refusing import refused
from tests.factories import World, city_2024, closed_hearing, council_of, open_hearing, session_of
from tests.factories.council import evening
from tests.factories.cycle import owner_of
from tests.papers import reading

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 16)


@pytest.fixture
def world() -> World:
    return city_2024()


def session_with(world: World, *totals: int) -> tuple[Session, list[Result]]:
    """A session of three members with a closed product of each of these totals."""
    session = session_of(world, council_of(world, members=3))
    return session, [closed_hearing(world, session=session, totals=(total,) * 3) for total in totals]


def let_out(session: Session, by: User, world: World, **changed: object) -> Publication:
    told = {
        "ticked": list(Result.objects.values_list("pk", flat=True)),
        "signed_on": DAY,
        "signer": "Nguyễn Văn Trưởng",
    }
    return publish_results(session=session, **told | changed, by=by, at=world.at)  # type: ignore[arg-type]


def director(result: Result) -> User:
    return owner_of(result.hearing.dossier.registration.product.subject)


def word(result: Result, world: World) -> str:
    """What the subject reads of the state of its dossier."""
    found = dossier_queries.visible_to(director(result), day_of(world.at)).get(pk=result.hearing.dossier_id)
    return dossier_queries.shown_as(found)[1]


def test_every_result_reads_the_same_until_it_is_out_and_then_what_it_is(world: World) -> None:
    session, results = session_with(world, 62, 75, 45)
    assert {word(result, world) for result in results} == {RESULT_HIDDEN_LABEL}
    day = day_of(world.at)
    assert not any(can_see_result(director(row), day, row.hearing.dossier) for row in results)
    made = let_out(session, world.leader, world)
    assert [word(result, world) for result in results] == [
        "Chờ quyết định công nhận",
        "Chờ chuyển cấp trên",
        "Không đạt, đã thông báo",
    ]
    for row in results:
        row.hearing.dossier.refresh_from_db()
        assert can_see_result(director(row), day, row.hearing.dossier)
        assert row.hearing.dossier.result_out_at == world.at
    assert made.results.count() == 3
    assert not not_yet_out(session).exists()


def test_each_product_gets_a_letter_of_the_series_and_the_ledger_names_them_all(world: World) -> None:
    session, results = session_with(world, 62, 75, 45)
    let_out(session, world.leader, world)
    letters = [latest_paper(result, "result_letter") for result in results]
    assert [letter.number for letter in letters if letter is not None] == [
        "01/TB-OCOP",
        "02/TB-OCOP",
        "03/TB-OCOP",
    ]
    entry = LedgerEntry.objects.get(act="publish_results")
    assert entry.facts["results"] == [result.pk for result in results]
    shown = LedgerEntry.objects.filter(act="issue_paper", shown_to_subject=True)
    assert shown.count() == 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ticked": []}, "Đọc và đánh dấu từng sản phẩm"),
        ({"signer": " "}, "người ký thông báo"),
        ({"signed_on": DAY + timedelta(days=1)}, "đến hôm nay"),
        ({"signed_on": DAY - timedelta(days=1)}, "từ ngày chốt điểm"),
    ],
)
def test_nothing_comes_out_half_read_or_wrongly_dated(world: World, changed: dict[str, object], words: str) -> None:
    session, _ = session_with(world, 62, 45)
    with refused(words):
        let_out(session, world.leader, world, **changed)


def test_the_warnings_name_the_product_and_the_article(world: World) -> None:
    session, _ = session_with(world, 62, 75, 45)
    rows = pending_results(session, world.leader)
    assert [bool(row.warning) for row in rows] == [False, True, True]
    forward, none = rows[1], rows[2]
    assert "Hội đồng đánh giá, phân hạng sản phẩm OCOP cấp tỉnh" in forward.words
    assert "không được cấp giấy chứng nhận" in none.words
    assert "Phụ lục II" in none.article


def test_nothing_is_published_before_anything_is_closed_or_twice(world: World) -> None:
    session = session_of(world, council_of(world, members=3))
    open_hearing(world, session=session)
    with refused("Chưa có sản phẩm nào chốt"):
        let_out(session, world.leader, world)
    closed_hearing(world, session=session, totals=(62,) * 3)
    let_out(session, world.leader, world)
    with refused("đã công bố rồi"):
        let_out(session, world.leader, world)
    later = closed_hearing(world, session=session, totals=(63,) * 3)
    assert list(let_out(session, world.leader, world).results.all()) == [later]


def test_only_the_chair_and_the_leader_let_results_out_and_the_office_prepares() -> None:
    scene = evening()
    day = day_of(scene.world.at)
    people = {name: user for name, user in scene.people.items() if user is not None}
    may = {name for name, user in people.items() if can_publish(user, day, scene.session)}
    prepare = {name for name, user in people.items() if can_prepare_publication(user, day, scene.session)}
    assert may == {"chair", "leader"}
    assert prepare == {"chair", "leader", "secretary", "lead officer"}
    for name in people.keys() - may:
        with refused("Chỉ Chủ tịch Hội đồng hoặc lãnh đạo", PermissionDenied):
            let_out(scene.session, people[name], scene.world)


def test_what_is_shut_for_the_chair_waits_for_the_leader(world: World) -> None:
    session, [result] = session_with(world, 62)
    chair = session.council.seats.get(role="chair").user
    dossier = result.hearing.dossier
    dossier.bars.update_or_create(user=chair, defaults={"since": world.at, "lifted_at": None})
    with refused("nhờ lãnh đạo đơn vị"):
        let_out(session, chair, world)
    let_out(session, world.leader, world)


def test_the_letter_says_what_is_missing_and_how_to_appeal(world: World) -> None:
    session, [result] = session_with(world, 45)
    let_out(session, world.leader, world)
    letter = latest_paper(result, "result_letter")
    assert letter is not None
    with default_storage.open(letter.pdf.path) as kept:
        printed = reading.text(kept.read())
    until = DAY + timedelta(days=session.bylaws.appeal_days)
    for words in (
        "45,00 điểm",
        "hạng 2 sao",
        "chưa được cấp Giấy chứng nhận",
        "Phụ lục II, QĐ 148",
        "Những tiêu chí nên cải thiện trước",
        f"ngày {until.day:02d} tháng {until.month} năm {until.year}",
        "Nguyễn Văn Trưởng",
        "01/TB-OCOP",
    ):
        assert words in printed, words
    for seat in session.council.seats.select_related("user"):
        assert seat.user.full_name not in printed


def test_the_page_names_what_to_read_and_lets_out(world: World) -> None:
    session, _ = session_with(world, 62, 45)
    address = reverse("council:publish", args=[session.pk])
    client = Client()
    client.force_login(world.officer)
    page = client.get(address).content.decode()
    assert "người công bố đánh dấu" in page
    assert 'name="ticked"' not in page
    client.force_login(world.leader)
    page = client.get(address).content.decode()
    assert "không được cấp giấy chứng nhận" in page
    typed = {"signer": "Nguyễn Văn Trưởng", "signed_on": "16/09/2024"}
    again = client.post(address, typed)
    assert again.status_code == 422
    assert "Nguyễn Văn Trưởng" in again.content.decode()
    assert not Publication.objects.exists()


def test_the_page_asks_as_much_for_three_products_as_for_one(world: World) -> None:
    client, counts = Client(), []
    client.force_login(world.leader)
    for totals in ((62,), (62, 75, 45)):
        session, _ = session_with(world, *totals)
        address = reverse("council:publish", args=[session.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_members_find_no_door_to_the_publication() -> None:
    scene = evening()
    client = Client()
    for name in ("member let in", "member conflicted", "member not declared", "subject", "commune officer"):
        client.force_login(scene.people[name])
        answer = client.get(reverse("council:publish", args=[scene.session.pk]))
        assert answer.status_code == 403, name
        assert "63,33" not in answer.content.decode()


def test_a_decision_and_a_single_letter_let_out_that_one_product(world: World) -> None:
    session, results = session_with(world, 62, 45, 75)
    decision = prepare_decision(unit=world.unit, batch=world.batch, results=results[:1], by=world.officer, at=world.at)
    assert not Result.objects.filter(hearing__dossier__result_out_at__isnull=False).exists()
    sign_decision(
        decision=decision,
        number="3163/QĐ-UBND",
        decided_on=DAY,
        signer_name="Lê Văn Chủ",
        signer_title="Chủ tịch",
        by=world.leader,
        at=world.at,
    )
    send_result_letter(result=results[1], signed_on=DAY, signer="Nguyễn Văn Trưởng", by=world.officer, at=world.at)
    assert list(not_yet_out(session)) == results[2:]
    let_out(session, world.leader, world)
    assert latest_paper(results[2], "result_letter") is not None
