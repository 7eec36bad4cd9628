"""Papers made from what happened: minutes, attendance, report, submission, score sheets; who reads and issues them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as WordFile

from ocop.core.clock import day_of
from ocop.council.actions import cast_sheet, close_hearing, reopen_sheet
from ocop.council.actions.papers import COMPOSED, issue_session_paper, issue_sheets
from ocop.council.models import Discussion, Hearing, Result, Session
from ocop.council.papers.sheets import compose_sheets
from ocop.council.permissions import can_issue_paper, can_read_all_sheets, can_read_own_sheets, can_read_paper
from ocop.council.queries import handed_in_versions
from ocop.council.queries.versions import choices_as_handed_in
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from ocop.paperwork.queries import papers_on, preview
from ocop.ui.papers import points_text
from ocop.ui.papers.document import press_docx, press_pdf
from tests.council.refusing import refused
from tests.factories import World, city_2024, closed_hearing, council_of, open_hearing, score, session_of
from tests.factories.council import SECRETS, evening
from tests.factories.tasting import sensory, sheet_without, table, taste
from tests.papers import reading

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 16)
KINDS = tuple(COMPOSED)


@pytest.fixture
def world() -> World:
    return city_2024()


@pytest.fixture
def closed(world: World) -> Session:
    """A session of three members, two products closed, one of them after a reopened sheet."""
    session = session_of(world, council_of(world, members=3))
    closed_hearing(world, session=session, totals=(62, 64, 66))
    hearing = open_hearing(world, session=session, name="Mật ong rừng")
    score(hearing, (70, 71, 72), world)
    seats = list(session.council.seats.order_by("pk"))
    reopen_sheet(hearing=hearing, seat=seats[1], reason="Chọn nhầm tiêu chí 2", by=seats[0].user, at=world.at)
    cast_sheet(hearing=hearing, choices=places_for(criteria_of(hearing.dossier), 69), by=seats[1].user, at=world.at)
    close_hearing(hearing=hearing, by=seats[0].user, at=world.at)
    return session


def draft(session: Session, kind: str) -> str:
    composed = preview(kind, COMPOSED[kind](session, "Nguyễn Văn Trưởng"), signed_on=DAY)
    return reading.text(press_pdf(composed.document))


def secretary(session: Session):  # type: ignore[no-untyped-def]
    return session.council.seats.get(role="secretary").user


def test_every_number_in_the_minutes_is_that_of_the_frozen_results(closed: Session) -> None:
    printed = draft(closed, "minutes")
    for result in Result.objects.filter(hearing__session=closed):
        assert points_text(result.mean) in printed
        assert result.sha256 in printed.replace(" ", "")
        for row in result.evaluation["sheets"]:
            assert f"{row['total']},00" in printed
        for sentence in result.evaluation["trace"]:
            assert " ".join(sentence.split())[:60] in printed


def test_the_minutes_print_both_versions_of_a_reopened_sheet(closed: Session) -> None:
    printed = draft(closed, "minutes")
    assert (
        "Thành viên 2: phiếu được mở lại, bản 1 71,00 điểm, bản 2 69,00 điểm; lý do: Chọn nhầm tiêu chí 2." in printed
    )


def test_the_minutes_name_who_left_and_who_was_there() -> None:
    scene = evening()
    chair = scene.seats[0].user
    close_hearing(hearing=scene.open, by=chair, at=scene.world.at)
    printed = draft(scene.session, "minutes")
    assert "Thành viên 8 không tham gia đánh giá sản phẩm Bánh đa Kế vì có xung đột lợi ích" in printed
    assert "63,33" in printed
    assert "Chủ trì: Thành viên 1" in printed


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_word_say_the_same_words_in_the_same_order(closed: Session, kind: str) -> None:
    composed = preview(kind, COMPOSED[kind](closed, "Nguyễn Văn Trưởng"), signed_on=DAY)
    printed = "".join(reading.text(press_pdf(composed.document)).split())
    word = WordFile(io.BytesIO(press_docx(composed.document)))
    place = 0
    for paragraph in word.paragraphs:
        text = "".join(paragraph.text.split())
        if len(text) > 20:
            found = printed.find(text[:40], place)
            assert found >= 0, paragraph.text
            place = found


@pytest.mark.parametrize("kind", KINDS)
def test_each_issue_takes_the_next_number_and_the_older_stays(closed: Session, world: World, kind: str) -> None:
    told = {"session": closed, "kind": kind, "signed_on": DAY, "signer": "Nguyễn Văn Trưởng"}
    first = issue_session_paper(**told, by=world.officer, at=world.at)  # type: ignore[arg-type]
    second = issue_session_paper(**told, by=secretary(closed), at=world.at)  # type: ignore[arg-type]
    assert first.number.startswith("01/")
    assert second.number.startswith("02/")
    assert list(papers_on(closed, kind)) == [second, first]
    with refused("đã cấp cho một văn bản khác"):
        issue_session_paper(**told, number=first.number, by=world.officer, at=world.at)  # type: ignore[arg-type]


def test_a_paper_is_dated_within_its_session_and_named_signer(closed: Session, world: World) -> None:
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with refused("từ ngày họp"):
            issue_session_paper(session=closed, kind="minutes", signed_on=day, by=world.officer, at=world.at)
    with refused("người ký tờ trình"):
        issue_session_paper(session=closed, kind="submission_letter", signed_on=DAY, by=world.officer, at=world.at)
    with refused("Chọn loại văn bản"):
        issue_session_paper(session=closed, kind="handover", signed_on=DAY, by=world.officer, at=world.at)


def test_no_paper_with_points_before_the_whole_session_is_closed() -> None:
    scene = evening()
    day = day_of(scene.world.at)
    for name, user in scene.people.items():
        if user is None:
            continue
        for kind in KINDS:
            if kind != "attendance":
                assert not can_read_paper(user, day, scene.session, kind), (name, kind)
    with refused("Biên bản có điểm", PermissionDenied):
        issue_session_paper(
            session=scene.session, kind="council_report", signed_on=DAY, by=scene.world.officer, at=scene.world.at
        )


def test_after_closing_minutes_go_to_whoever_may_read_every_product() -> None:
    scene = evening()
    close_hearing(hearing=scene.open, by=scene.seats[0].user, at=scene.world.at)
    day = day_of(scene.world.at)
    people = {name: user for name, user in scene.people.items() if user is not None}
    reads = {name for name, user in people.items() if can_read_paper(user, day, scene.session, "minutes")}
    issues = {name for name, user in people.items() if can_issue_paper(user, day, scene.session, "minutes")}
    assert reads == {
        "chair", "member let in", "member who wrote the secret", "member handed in", "secretary", "lead officer"
    }  # fmt: skip
    assert issues == {"secretary", "lead officer"}
    scene.closed.refresh_from_db()
    sheets = {name for name, user in people.items() if can_read_all_sheets(user, day, scene.closed)}
    assert sheets == {"chair", "secretary", "lead officer"}
    own = {name for name, user in people.items() if can_read_own_sheets(user, day, scene.closed)}
    assert "member conflicted" not in own
    assert "member handed in" in own


def test_the_page_tells_no_secret_to_whom_the_door_keeps_out() -> None:
    scene = evening()
    client = Client()
    for name in ("member conflicted", "member not declared", "leader", "secretary"):
        client.force_login(scene.people[name])
        page = client.get(reverse("council:papers", args=[scene.session.pk]))
        assert page.status_code == 200, name
        assert not [secret for secret in SECRETS if secret in page.content.decode()], name
        for kind in KINDS:
            address = reverse("council:paper-draft", args=[scene.session.pk, kind, "pdf"])
            assert client.get(address).status_code == (200 if kind == "attendance" else 403), (name, kind)


def test_a_member_prints_its_own_sheet_only() -> None:
    scene = evening()
    client = Client()
    client.force_login(scene.people["member handed in"])
    answer = client.get(reverse("council:sheets-paper", args=[scene.closed.pk]))
    printed = reading.text(answer.content)
    assert "Thành viên 4" in printed
    assert "Thành viên 3" not in printed
    client.force_login(scene.people["member conflicted"])
    assert client.get(reverse("council:sheets-paper", args=[scene.closed.pk])).status_code == 404


def test_the_sheets_have_the_head_and_foot_of_the_official_form(closed: Session, world: World) -> None:
    hearing = Hearing.objects.get(session=closed, place=2)
    rows = list(handed_in_versions(hearing))
    assert len(rows) == 4
    printed = reading.text(
        press_pdf(preview("score_sheet", partial(compose_sheets, hearing, rows), signed_on=DAY).document)
    )
    for words in (
        "PHIẾU ĐÁNH GIÁ SẢN PHẨM OCOP", "Tên sản phẩm", "Mã số sản phẩm", "Tên chủ thể", "TỔNG CỘNG",
        "Ý kiến của người đánh giá", "NGƯỜI ĐÁNH GIÁ", "71/100", "69/100", "lý do: Chọn nhầm tiêu chí 2",
    ):  # fmt: skip
        assert words in printed, words
    paper = issue_sheets(hearing=hearing, signed_on=DAY, by=world.officer, at=world.at)
    assert paper.number == "01/PĐG-HĐ"


def test_papers_are_issued_and_fetched_on_the_page(closed: Session, world: World) -> None:
    client = Client()
    client.force_login(world.officer)
    page = reverse("council:papers", args=[closed.pk])
    wrong = client.post(reverse("council:paper-issue", args=[closed.pk, "minutes"]), {"signed_on": "30/02/2024"})
    assert wrong.status_code == 422
    assert "30/02/2024" in wrong.content.decode()
    issue_session_paper(session=closed, kind="minutes", signed_on=DAY, by=world.officer, at=world.at)
    paper = papers_on(closed, "minutes").get()
    assert paper.number in client.get(page).content.decode()
    for ending, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(reverse("council:paper-file", args=[closed.pk, paper.pk, ending]))
        assert b"".join(answer.streaming_content).startswith(head)  # type: ignore[attr-defined]
    client.force_login(world.commune_officer)
    assert client.get(reverse("council:paper-file", args=[closed.pk, paper.pk, "pdf"])).status_code == 403


def test_the_page_asks_as_much_for_three_products_as_for_one(world: World) -> None:
    client, counts = Client(), []
    client.force_login(world.officer)
    for products in (1, 3):
        session = session_of(world, council_of(world, members=3))
        for _ in range(products):
            closed_hearing(world, session=session, totals=(62,) * 3)
        address = reverse("council:papers", args=[session.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_own_sheet_in_print_does_not_tell_which_cup_it_was() -> None:
    found = table()
    hearing, seat = found.hearings[0], found.seats[1]
    taste(found, hearing, seat, 1)
    sheet_without(found, hearing, seat)
    sheets = list(hearing.sheets.filter(seat=seat))
    [before] = choices_as_handed_in(hearing, sheets)
    assert not set(before) & set(sensory(hearing))
    Discussion.objects.create(hearing=hearing, criteria=[], spread="0", opened_by=seat.user, opened_at=found.world.at)
    [after] = choices_as_handed_in(hearing, sheets)
    assert set(after) >= set(sensory(hearing))
