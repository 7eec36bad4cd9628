"""Samples come in, go from hand to hand, are tested: every way out of every action."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Stale
from ocop.dossiers.actions import bar_reading
from ocop.paperwork.models import IssuedPaper
from ocop.samples import queries
from ocop.samples.actions import ask_test, issue_receipt, move_sample, receive_samples, record_test
from ocop.samples.models import LabTest, Reception, Sample, SampleMove
from ocop.samples.queries import samples_of, standing_samples
from ocop.samples.states import WAYS, SampleState
from tests.council.refusing import refused
from tests.factories import city_2024, closed_hearing, person
from tests.factories.cycle import accepted_dossier, draft_dossier, photo, submitted_dossier
from tests.factories.samples import asked, moved, received_samples, sample

pytestmark = pytest.mark.django_db

PAPER = b"%PDF-1.4 not really"


@pytest.fixture
def world():
    return city_2024()


# ── taking in ───────────────────────────────────────────────────────────────────────────────


def test_five_samples_come_in_under_codes_that_tell_nothing(world):
    reception = received_samples(world, pack="gói 500 g", lot="L01", best_before=world.at.date() + timedelta(days=90))
    rows = list(samples_of(reception.dossier))
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert len({row.code for row in rows}) == 5
    assert {(row.state, row.place, row.held_by) for row in rows} == {
        ("stored", "Tủ mát 2", world.officer.full_name),
    }
    assert [(move.handed_by, move.taken_by) for move in rows[0].moves.all()] == [("Chị Hoa", world.officer.full_name)]
    entry = LedgerEntry.objects.get(act="receive_samples")
    assert entry.shown_to_subject
    assert not any(row.code in entry.words for row in rows)
    assert sorted(entry.facts["codes"]) == sorted(row.code for row in rows)


def test_more_samples_come_later_and_are_counted_on(world):
    dossier = received_samples(world, count=3).dossier
    received_samples(world, dossier, count=2)
    assert [row.number for row in samples_of(dossier)] == [1, 2, 3, 4, 5]
    assert standing_samples([dossier]) == {dossier.pk: {"stored": 5}}


def test_the_same_sending_is_kept_once(world):
    key = uuid4()
    first = received_samples(world, key=key)
    again = received_samples(world, first.dossier, key=key)
    assert again == first
    assert Sample.objects.count() == 5
    with refused("đã cũ", Stale):
        received_samples(world, first.dossier, key=key, count=4)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"count": 0}, "từ 1 đến"),
        ({"count": 51}, "từ 1 đến"),
        ({"handed_by": " "}, "người giao"),
        ({"pack": "x" * 161}, "Quy cách dài"),
        ({"note": "x" * 501}, "Ghi chú dài"),
        ({"yesterday": True}, "hết hạn dùng"),
    ],
)
def test_what_is_typed_wrongly_is_refused(world, change, words):
    dossier = accepted_dossier(world)
    said = {"count": 5, "handed_by": "Chị Hoa", **change}
    if said.pop("yesterday", None):
        said["best_before"] = world.at.date() - timedelta(days=1)
    with refused(words):
        receive_samples(dossier=dossier, **said, by=world.officer, at=world.at)


def test_a_service_brings_no_samples(world):
    dossier = submitted_dossier(world, set_no=26)
    with refused("không nộp"):
        received_samples(world, dossier)


def test_a_draft_brings_no_samples(world):
    dossier = draft_dossier(world)
    with refused("không nhận mẫu"):
        received_samples(world, dossier)


def test_after_the_result_no_samples_come_in(world):
    dossier = closed_hearing(world).hearing.dossier
    with refused("không nhận mẫu"):
        received_samples(world, dossier)


def test_only_the_office_of_the_programme_takes_samples_in(world):
    dossier = accepted_dossier(world)
    for by in (world.commune_officer, world.leader, world.liaison, person("Ai đó", Role.MEMBER, world.unit)):
        with refused("do cơ quan chủ trì", PermissionDenied):
            receive_samples(dossier=dossier, count=5, handed_by="Chị Hoa", by=by, at=world.at)
    for role in (Role.SECRETARY, Role.HELPER):
        receive_samples(
            dossier=dossier, count=1, handed_by="Chị Hoa", by=person("Người giữ", role, world.unit), at=world.at
        )


def test_whom_the_door_keeps_out_keeps_no_samples(world):
    thing = sample(world)
    bar_reading(dossier=thing.dossier, users=[world.officer], at=world.at)
    with refused("do cơ quan chủ trì", PermissionDenied):
        move_sample(sample=thing, to="on_table", by=world.officer, at=world.at)
    assert samples_of(thing.dossier).get(number=1).state == "stored"


# ── hand-overs ──────────────────────────────────────────────────────────────────────────────


def test_a_sample_goes_from_hand_to_hand_and_each_hand_is_named(world):
    thing = sample(world)
    helper = person("Chị Giữ Kho", Role.HELPER, world.unit)
    move_sample(sample=thing, to="on_table", place="Bàn 1", by=helper, at=world.later)
    move_sample(sample=thing, to="tasted", by=world.officer, at=world.later)
    last = move_sample(sample=thing, to="disposed", note="Hủy theo biên bản", by=world.officer, at=world.later)
    assert (last.state, last.held_by, last.place) == ("disposed", world.officer.full_name, "")
    chain = [(move.from_state, move.to_state, move.handed_by, move.taken_by) for move in thing.moves.all()]
    officer = world.officer.full_name
    assert chain == [
        ("", "stored", "Chị Hoa", officer),
        ("stored", "on_table", officer, "Chị Giữ Kho"),
        ("on_table", "tasted", "Chị Giữ Kho", officer),
        ("tasted", "disposed", officer, officer),
    ]
    assert LedgerEntry.objects.filter(act="move_sample", shown_to_subject=False).count() == 3


@pytest.mark.parametrize("state", list(SampleState))
def test_every_way_that_is_none_is_refused_with_where_the_sample_is(world, state):
    road = {
        "stored": (), "on_table": ("on_table",), "tasted": ("on_table", "tasted"), "sent_to_lab": ("sent_to_lab",),
        "back": ("sent_to_lab", "back"), "handed_up": ("handed_up",), "disposed": ("disposed",),
    }[state]  # fmt: skip
    thing = moved(world, sample(world), *road)
    assert thing.state == state
    for to in SampleState:
        if to in WAYS[state]:
            continue
        with refused("Mẫu .* giữ"):
            move_sample(sample=thing, to=to, taken_by="Ai đó", note="Lý do", by=world.officer, at=world.at)
        assert samples_of(thing.dossier).get(number=1).state == state


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"to": "sent_to_lab"}, "nơi nhận"),
        ({"to": "handed_up", "taken_by": " "}, "nơi nhận"),
        ({"to": "disposed"}, "cách xử lý"),
        ({"to": "eaten"}, "trong danh sách"),
        ({"to": "on_table", "place": "x" * 161}, "Nơi để mẫu dài"),
    ],
)
def test_a_hand_over_that_says_too_little_is_refused(world, said, words):
    thing = sample(world)
    with refused(words):
        move_sample(sample=thing, **said, by=world.officer, at=world.at)


def test_a_double_scan_is_kept_once(world):
    thing, key = sample(world), uuid4()
    for _ in range(2):
        move_sample(sample=thing, to="on_table", key=key, by=world.officer, at=world.at)
    assert thing.moves.count() == 2
    assert LedgerEntry.objects.filter(act="move_sample").count() == 1
    with refused("đã cũ", Stale):
        move_sample(sample=thing, to="tasted", key=key, by=world.officer, at=world.at)


def test_what_was_written_of_a_sample_stays(world):
    thing = moved(world, sample(world), "on_table")
    asked(world, thing.dossier)
    for rows in (SampleMove.objects, Reception.objects, LabTest.objects):
        field = {SampleMove: "taken_by", Reception: "handed_by", LabTest: "what"}[rows.model]
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{field: "Người khác"})
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {rows.model._meta.db_table}")


# ── the receipt ─────────────────────────────────────────────────────────────────────────────


def test_the_receipt_is_issued_once_and_bears_no_code(world):
    reception = received_samples(world, note="Một gói rách mép")
    paper = issue_receipt(reception=reception, by=world.officer, at=world.at)
    assert issue_receipt(reception=reception, by=world.officer, at=world.at) == paper
    assert IssuedPaper.objects.count() == 1
    assert paper.number.endswith("/BN-OCOP")
    import docx
    from django.core.files.storage import default_storage

    with default_storage.open(paper.docx.path) as content:
        document = docx.Document(content)
    text = "\n".join(
        [each.text for each in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "Chị Hoa" in text
    assert "Một gói rách mép" in text
    assert not any(row.code in text or row.shown_code in text for row in reception.samples.all())


# ── tests ───────────────────────────────────────────────────────────────────────────────────


def test_a_test_is_asked_for_and_answered_by_the_samples_code(world):
    thing = moved(world, sample(world), "sent_to_lab")
    test = asked(world, thing.dossier)
    assert [row.verdict for row in queries.tests_of(thing.dossier)] == ["Chờ kết quả"]
    record_test(
        test=test,
        sample=thing,
        result_text="Độ ẩm 12 %",
        passed=True,
        paper_file=photo(),
        by=world.officer,
        at=world.later,
    )
    (row,) = queries.tests_of(thing.dossier)
    assert (row.verdict, row.sample.code, row.result_text) == ("Đạt", thing.code, "Độ ẩm 12 %")
    facts = LedgerEntry.objects.get(act="record_test").facts
    assert facts == {"sample": thing.code, "passed": True, "sha256": row.paper.sha256}
    with refused("được giữ nguyên"):
        record_test(test=test, sample=thing, result_text="Khác", passed=False, by=world.officer, at=world.later)


def test_a_service_is_tested_without_a_sample(world):
    test = asked(world, submitted_dossier(world, set_no=26))
    answered = record_test(
        test=test, sample=None, result_text="Nước giếng đạt", passed=None, by=world.officer, at=world.at
    )
    assert answered.verdict == "Đã có kết quả"


def test_results_that_belong_to_nothing_are_refused(world):
    thing = sample(world)
    other = moved(world, sample(world), "sent_to_lab")
    test = asked(world, thing.dossier)
    said = {"result_text": "Độ ẩm 12 %", "passed": True, "by": world.officer, "at": world.at}
    with refused("Chọn mã mẫu"):
        record_test(test=test, sample=None, **said)
    with refused("không thuộc hồ sơ"):
        record_test(test=test, sample=other, **said)
    with refused("chưa được gửi kiểm nghiệm"):
        record_test(test=test, sample=thing, **said)
    moved(world, thing, "sent_to_lab")
    with refused("như trên phiếu"):
        record_test(test=test, sample=thing, **{**said, "result_text": " "})
    with refused("hỏng|không|đọc"):
        record_test(test=test, sample=thing, paper_file=SimpleUploadedFile("phieu.pdf", PAPER), **said)
    assert queries.tests_of(thing.dossier).get().answered_at is None


def test_a_test_says_what_and_comes_before_the_result(world):
    dossier = accepted_dossier(world)
    with refused("Ghi chỉ tiêu"):
        ask_test(dossier=dossier, what=" ", by=world.officer, at=world.at)
    with refused("dài"):
        ask_test(dossier=dossier, what="x" * 501, by=world.officer, at=world.at)
    closed = closed_hearing(world).hearing.dossier
    with refused("không đề nghị"):
        ask_test(dossier=closed, what="Độ ẩm", by=world.officer, at=world.at)


def test_only_the_office_asks_for_tests_and_answers_them(world):
    thing = moved(world, sample(world), "sent_to_lab")
    test = asked(world, thing.dossier)
    for by in (world.commune_officer, world.leader, person("Ai đó", Role.MEMBER, world.unit)):
        with refused("do cơ quan chủ trì", PermissionDenied):
            ask_test(dossier=thing.dossier, what="Độ ẩm", by=by, at=world.at)
        with refused("do cơ quan chủ trì", PermissionDenied):
            record_test(test=test, sample=thing, result_text="Đạt", passed=True, by=by, at=world.at)
