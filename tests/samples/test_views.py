"""Samples on the screen: reception, labels, scans, lists, tests, and who may see none of it."""

from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.dossiers.actions import bar_reading, lift_reading_bar
from ocop.samples.models import LabTest, Reception, Sample, SampleMove
from tests.factories import city_2024, enter, person
from tests.factories.cycle import accepted_dossier, owner_of, photo
from tests.factories.samples import asked, moved, received_samples, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def office(client, settings, world):
    return enter(client, settings, world.officer, world)


def test_samples_are_taken_in_and_labels_and_receipt_printed(office, world):
    dossier = accepted_dossier(world)
    page = reverse("samples:dossier", args=[dossier.pk])
    shown = office.get(page)
    assert shown.context["form"].initial["count"] == 5
    refused = office.post(page, {"key": uuid4(), "count": 5, "handed_by": "", "pack": "gói 500 g"})
    assert refused.status_code == 422
    assert "gói 500 g" in refused.content.decode()
    said = {"key": uuid4(), "count": 5, "handed_by": "Chị Hoa", "place": "Tủ mát"}
    assert office.post(page, said).status_code == 302
    assert office.post(page, said).status_code == 302
    assert Sample.objects.count() == 5
    assert office.post(page, {**said, "count": 4}).status_code == 409
    labels = office.get(reverse("samples:labels", args=[dossier.pk]))
    with pypdfium2.PdfDocument(labels.content) as sheet:
        printed = sheet[0].get_textpage().get_text_range()
    assert all(row.shown_code in printed for row in Sample.objects.all())
    registration = dossier.registration
    assert not any(name in printed for name in (registration.product.name, registration.product.subject.name))
    reception = Reception.objects.get()
    assert office.post(reverse("samples:receipt", args=[reception.pk])).status_code == 302
    paper = office.get(reverse("samples:receipt-paper", args=[reception.pk, "pdf"]))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    shown = office.get(page).content.decode()
    assert "Đã nộp đủ mẫu" in shown
    assert "BN-OCOP" in shown


def test_a_phone_opens_the_sample_and_offers_what_can_be_done(office, world):
    thing = sample(world)
    page = reverse("samples:sample", args=[thing.code])
    shown = office.get(page)
    assert [way["to"] for way in shown.context["ways"]] == [
        "on_table", "sent_to_lab", "stored", "handed_up", "disposed",
    ]  # fmt: skip
    key = shown.context["form"].initial["key"]
    refused = office.post(page, {"key": key, "to": "sent_to_lab", "place": "Xe của phòng"})
    assert refused.status_code == 422
    assert "Xe của phòng" in refused.content.decode()
    assert office.post(page, {"key": key, "to": "on_table", "place": "Bàn 1"}).status_code == 302
    assert office.post(page, {"key": key, "to": "on_table", "place": "Bàn 1"}).status_code == 302
    assert SampleMove.objects.filter(sample=thing).count() == 2
    shown = office.get(page).content.decode()
    assert "để ở Bàn 1" in shown
    assert not office.get(page).context["form"].initial.get("place")
    assert f"{world.officer.full_name} giao, {world.officer.full_name} nhận" in shown


def test_sample_after_sample_is_scanned_with_one_choice(office, world):
    rows = list(received_samples(world).samples.all())
    page = reverse("samples:scan")
    for row, typed in zip(
        rows, (rows[0].code, rows[1].shown_code.lower(), f"http://x/mau/{rows[2].code}/"), strict=False
    ):
        answer = office.post(page, {"key": uuid4(), "to": "on_table", "place": "Bàn 2", "code": typed}, follow=True)
        assert row.shown_code in answer.content.decode()
        assert answer.context["form"].initial["to"] == "on_table"
        assert answer.context["form"].initial["place"] == "Bàn 2"
    assert Sample.objects.filter(state="on_table").count() == 3
    again = office.post(page, {"key": uuid4(), "to": "on_table", "code": rows[0].code})
    assert again.status_code == 422
    assert "đã mở, trên bàn" in again.content.decode()
    unknown = office.post(page, {"key": uuid4(), "to": "on_table", "code": "AAAAAA"})
    assert unknown.status_code == 422
    assert "Không có mẫu nào mang mã này" in unknown.content.decode()


def test_the_list_finds_by_code_and_name_and_counts_states(office, world):
    thing = moved(world, sample(world), "on_table")
    other = sample(world)
    page = reverse("samples:list")
    shown = office.get(page)
    assert {str(state): count for state, _, count in shown.context["counts"]} == {"stored": 9, "on_table": 1}
    assert [row["sample"].pk for row in office.get(page, {"q": thing.shown_code}).context["rows"]] == [thing.pk]
    name = other.dossier.registration.product.name
    assert {row["sample"].dossier_id for row in office.get(page, {"q": name}).context["rows"]} == {other.dossier_id}
    assert [row["sample"].pk for row in office.get(page, {"trang-thai": "on_table"}).context["rows"]] == [thing.pk]
    assert "Không có mẫu nào khớp" in office.get(page, {"q": "không có gì"}).content.decode()


def test_a_long_list_is_read_on(office, world):
    for _ in range(2):
        received_samples(world, count=20)
    first = office.get(reverse("samples:list"))
    assert len(first.context["rows"]) == 25
    second = office.get(f"{reverse('samples:list')}?{first.context['next']}")
    assert len(second.context["rows"]) == 15
    seen = [row["sample"].pk for page in (first, second) for row in page.context["rows"]]
    assert len(set(seen)) == 40


@pytest.mark.parametrize("name", ["samples:list", "samples:lacking"])
def test_lists_ask_the_same_number_of_questions_for_more_rows(office, world, name):
    def asked_for() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert office.get(reverse(name)).status_code == 200
        return len(queries)

    received_samples(world, count=1)
    asked_for()
    one = asked_for()
    for _ in range(2):
        received_samples(world, count=1)
    assert asked_for() == one


def test_which_products_lack_samples(office, world):
    short, full, none = (accepted_dossier(world) for _ in range(3))
    service = accepted_dossier(world, set_no=26)
    received_samples(world, short, count=3)
    received_samples(world, full, count=5)
    shown = office.get(reverse("samples:lacking"))
    assert {row.pk: row.brought for row in shown.context["page"].rows} == {short.pk: 3, none.pk: 0}
    assert service.pk not in {row.pk for row in shown.context["page"].rows}
    assert "3" in office.get(reverse("samples:list")).content.decode()


def test_the_window_on_the_dossier_is_the_offices_own(client, settings, world):
    thing = sample(world)
    page = reverse("samples:dossier-panel", args=[thing.dossier_id])
    assert thing.shown_code in enter(client, settings, world.officer, world).get(page).content.decode()
    owner = owner_of(thing.dossier.registration.product.subject)
    for by in (owner, world.commune_officer, world.liaison, person("Thành viên", Role.MEMBER, world.unit)):
        answer = enter(client, settings, by, world).get(page)
        assert answer.status_code == 200
        assert thing.shown_code not in answer.content.decode()
        assert thing.code not in answer.content.decode()


def test_a_test_is_asked_for_and_answered_on_screen(office, world):
    thing = moved(world, sample(world), "sent_to_lab")
    page = reverse("samples:tests", args=[thing.dossier_id])
    assert office.post(page, {"what": ""}).status_code == 422
    assert office.post(page, {"what": "Độ ẩm", "laboratory": "Quatest 1"}).status_code == 302
    test = LabTest.objects.get()
    answer = reverse("samples:test", args=[test.pk])
    refused = office.post(answer, {"sample": thing.pk, "result_text": "", "passed": "1", "paper": photo()})
    assert refused.status_code == 422
    assert "Đã giữ tệp" in refused.content.decode()
    said = {"sample": thing.pk, "result_text": "Độ ẩm 12 %", "passed": "0", "held": refused.context["held"].key}
    assert office.post(answer, said).status_code == 302
    test.refresh_from_db()
    assert (test.passed, test.sample, test.paper is not None) == (False, thing, True)
    assert "Độ ẩm 12 %" in office.get(page).content.decode()
    assert office.post(answer, said).status_code == 422


def test_a_tests_paper_opens_for_a_member_only_after_the_door(client, settings, world):
    thing = moved(world, sample(world), "sent_to_lab")
    test = asked(world, thing.dossier)
    page, paper = reverse("samples:test", args=[test.pk]), reverse("samples:test-paper", args=[test.pk])
    office = enter(client, settings, world.officer, world)
    office.post(page, {"sample": thing.pk, "result_text": "Đạt", "passed": "1", "paper": photo()})
    assert office.get(paper).status_code == 200
    member = person("Thành viên", Role.MEMBER, world.unit)
    assert enter(client, settings, member, world).get(paper).status_code == 404
    bar_reading(dossier=thing.dossier, users=[member], at=world.at)
    assert client.get(paper).status_code == 404
    lift_reading_bar(dossier=thing.dossier, user=member, at=world.at)
    assert client.get(paper).status_code == 200
    assert client.get(page).status_code == 403
    bar_reading(dossier=thing.dossier, users=[member], at=world.at)
    assert client.get(paper).status_code == 404


def test_nobody_else_sees_where_a_sample_is(client, settings, world):
    thing = sample(world)
    test = asked(world, thing.dossier)
    reception = Reception.objects.get()
    other_world = person("Cán bộ nơi khác", Role.LEAD_OFFICER, world.commune)
    pages = [
        reverse("samples:list"),
        reverse("samples:lacking"),
        reverse("samples:scan"),
        reverse("samples:sample", args=[thing.code]),
        reverse("samples:dossier", args=[thing.dossier_id]),
        reverse("samples:labels", args=[thing.dossier_id]),
        reverse("samples:tests", args=[thing.dossier_id]),
        reverse("samples:test", args=[test.pk]),
        reverse("samples:test-paper", args=[test.pk]),
        reverse("samples:receipt-paper", args=[reception.pk, "pdf"]),
    ]
    owner = owner_of(thing.dossier.registration.product.subject)
    strangers = [owner, world.commune_officer, world.liaison, person("Thành viên", Role.MEMBER, world.unit)]
    for by in (*strangers, other_world):
        own = enter(client, settings, by, world)
        for page in pages:
            answer = own.get(page)
            if answer.status_code == 200:
                assert by == other_world, page
                assert thing.shown_code not in answer.content.decode(), page
            else:
                assert answer.status_code in (403, 404), page
        assert own.post(pages[3], {"key": uuid4(), "to": "on_table"}).status_code in (403, 404)
    client.logout()
    for page in pages:
        assert client.get(page).status_code == 302


def test_the_leader_looks_on_and_moves_nothing(client, settings, world):
    thing = sample(world)
    leader = enter(client, settings, world.leader, world)
    page = reverse("samples:sample", args=[thing.code])
    assert "Cất vào kho" not in leader.get(page).content.decode()
    assert leader.post(page, {"key": uuid4(), "to": "on_table"}).status_code == 403


def test_whom_the_door_keeps_out_finds_no_sample_of_it(office, world):
    thing = sample(world)
    bar_reading(dossier=thing.dossier, users=[world.officer], at=world.at)
    assert office.get(reverse("samples:sample", args=[thing.code])).status_code == 404
    assert office.get(reverse("samples:list")).context["rows"] == []


def test_the_subject_takes_its_receipt(client, settings, world):
    from ocop.samples.actions import issue_receipt

    reception = received_samples(world)
    issue_receipt(reception=reception, by=world.officer, at=world.at)
    owner = owner_of(reception.dossier.registration.product.subject)
    own = enter(client, settings, owner, world)
    assert own.get(reverse("samples:receipt-paper", args=[reception.pk, "docx"])).status_code == 200
    assert own.post(reverse("samples:receipt", args=[reception.pk])).status_code == 403
