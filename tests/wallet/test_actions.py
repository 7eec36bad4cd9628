"""Papers are added, corrected, renewed and put away; a refusal writes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from ocop.audit.models import LedgerEntry
from ocop.consent.actions import end_consent
from ocop.core.errors import Refused
from ocop.files.models import StoredFile
from ocop.wallet import actions
from ocop.wallet.actions import add_paper, correct_paper, renew_paper, withdraw_paper
from ocop.wallet.models import Paper
from ocop.wallet.queries import papers_of, versions_of
from tests.factories import World, person, photo, province_2026, subject
from tests.factories.consent import consent
from tests.factories.cycle import owner_of
from tests.factories.files import docx, heic, jpeg, pdf, sent
from tests.factories.wallet import DATED, PLAIN, held, paper

pytestmark = pytest.mark.django_db
DATES = {"number": "12/2026/ATTP", "issued_on": date(2026, 1, 5), "expires_on": date(2029, 1, 5)}


@pytest.fixture
def world() -> World:
    return province_2026()


@pytest.fixture
def producer(world: World):
    return subject(world)


def last_entry() -> LedgerEntry:
    return LedgerEntry.objects.latest("seq")


def test_a_paper_is_kept_once_with_what_stands_on_it(world: World, producer) -> None:
    kept = paper(world, producer, kind=DATED, issuer=" Chi cục  ", **DATES)
    assert (kept.number, kept.issuer, kept.expires_on) == ("12/2026/ATTP", "Chi cục", date(2029, 1, 5))
    assert kept.title == "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm"
    assert (kept.pages, kept.consent, kept.replaces) == (1, None, None)
    entry = last_entry()
    assert (entry.act, entry.shown_to_subject) == ("add_paper", True)
    assert entry.facts["sha256"] == kept.file.sha256


def test_a_file_alone_is_enough_to_begin_with(world: World, producer) -> None:
    assert paper(world, producer, upload=photo("Hợp đồng siêu thị.jpg")).title == "Hợp đồng siêu thị"


def test_several_pages_become_one_pdf_in_their_order(world: World, producer) -> None:
    pages = [
        held(world, producer, "1.jpg", jpeg()),
        held(world, producer, "2.heic", heic()),
        held(world, producer, "3.pdf", pdf(2)),
        held(world, producer, "1-lan-nua.jpg", jpeg()),
    ]
    kept = paper(world, producer, upload=None, held=[each.key for each in pages], title="Hợp đồng thu mua")
    assert (kept.file.name, kept.file.content_type, kept.pages) == ("Hợp đồng thu mua.pdf", "application/pdf", 4)


def test_one_held_file_stays_as_it_is(world: World, producer) -> None:
    upload = held(world, producer, "anh.heic", heic())
    kept = paper(world, producer, upload=None, held=[upload.key])
    assert kept.file == upload.stored


@pytest.mark.parametrize(
    ("what", "field", "words"),
    [
        ({"kind": DATED, **DATES, "number": ""}, "number", "có số"),
        ({"kind": DATED, **DATES, "expires_on": None}, "expires_on", "có hạn"),
        ({"issued_on": date(2026, 10, 6)}, "issued_on", "còn chưa tới"),
        ({"issued_on": date(2026, 10, 1), "expires_on": date(2026, 9, 1)}, "issued_on", "sau ngày hết hạn"),
        ({"kind": "khong-co"}, "kind", "không có trong danh mục"),
        ({"title": "x" * 201}, "title", "201 chữ cái"),
        ({"upload": None}, "file", "Chưa có ảnh hay tệp"),
        ({"upload": sent("a.pdf", pdf(script="open"))}, "file", "JavaScript"),
    ],
)
@pytest.mark.usefixtures("world", "producer", "nothing_written")
def test_what_cannot_be_right_is_refused_at_its_field(world: World, producer, what, field: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        paper(world, producer, **what)
    assert refused.value.field == field


def test_the_same_file_twice_is_said_with_the_name_it_has(world: World, producer) -> None:
    paper(world, producer, upload=sent("a.jpg", jpeg()), title="Ảnh nhà xưởng")
    files = StoredFile.objects.count()
    with pytest.raises(Refused, match="đã có trong ví với tên “Ảnh nhà xưởng”") as refused:
        paper(world, producer, upload=sent("b.jpg", jpeg()))
    assert refused.value.field == "file"
    assert (papers_of(producer).count(), StoredFile.objects.count()) == (1, files)
    assert paper(world, subject(world), upload=sent("b.jpg", jpeg())), "another subject's wallet knows nothing of it"


def test_the_same_pages_twice_are_recognised(world: World, producer) -> None:
    pages = [held(world, producer, f"{number}.jpg", jpeg((number, 9, 9))) for number in (20, 90)]
    paper(world, producer, upload=None, held=[each.key for each in pages], title="Hợp đồng")
    with pytest.raises(Refused, match="với tên “Hợp đồng”"):
        paper(world, producer, upload=None, held=[each.key for each in pages], title="Hợp đồng khác")


def test_word_files_are_not_joined(world: World, producer) -> None:
    pages = [held(world, producer, "1.jpg", jpeg()), held(world, producer, "2.docx", docx())]
    with pytest.raises(Refused, match="Chỉ ghép được ảnh và PDF"):
        paper(world, producer, upload=None, held=[each.key for each in pages])
    assert not papers_of(producer).exists()


def test_a_wallet_has_a_bound(world: World, producer, monkeypatch) -> None:
    monkeypatch.setattr(actions, "MOST_PAPERS", 1)
    paper(world, producer)
    with pytest.raises(Refused, match="Ví đã có 1 giấy tờ"):
        paper(world, producer)


def test_what_another_holds_is_not_taken(world: World, producer) -> None:
    foreign = held(world, subject(world), "1.jpg", jpeg())
    with pytest.raises(Refused, match=r"không còn|chưa tải lên hết"):
        paper(world, producer, upload=None, held=[foreign.key])
    assert not papers_of(producer).exists()


def test_only_the_subject_and_whom_it_let_type_add_papers(world: World, producer) -> None:
    for stranger in (world.commune_officer, world.officer, owner_of(subject(world)), person()):
        with pytest.raises(PermissionDenied):
            add_paper(subject=producer, upload=photo(), by=stranger, at=world.at)
    assert not Paper.objects.exists()


def test_a_helper_types_by_consent_and_the_paper_remembers_it(world: World, producer) -> None:
    given = consent(world, producer, world.commune_officer)
    kept = paper(world, producer, by=world.commune_officer)
    assert (kept.added_by, kept.consent) == (world.commune_officer, given)
    end_consent(consent=given, by=owner_of(producer), at=world.later)
    for act in (correct_paper, withdraw_paper):
        with pytest.raises(PermissionDenied):
            act(paper=kept, by=world.commune_officer, at=world.later)
    with pytest.raises(PermissionDenied):
        renew_paper(paper=kept, upload=photo(), by=world.commune_officer, at=world.later)
    assert papers_of(producer).get() == kept


def test_a_correction_keeps_both_readings(world: World, producer) -> None:
    kept = paper(world, producer, title="Giấy ATTP", issuer="Sở")
    by = owner_of(producer)
    fixed = correct_paper(paper=kept, kind=DATED, title="Giấy ATTP", issuer="Sở", **DATES, by=by, at=world.later)
    assert (fixed.kind, fixed.expires_on) == (DATED, date(2029, 1, 5))
    entry = last_entry()
    assert entry.facts["expires_on"] == [None, "2029-01-05"]
    assert "issuer" not in entry.facts
    assert fixed.file == kept.file


def test_a_correction_that_changes_nothing_is_no_act(world: World, producer) -> None:
    kept = paper(world, producer, title="Giấy ATTP")
    before = last_entry().seq
    correct_paper(paper=kept, title="Giấy ATTP", by=owner_of(producer), at=world.later)
    assert last_entry().seq == before


def test_a_renewed_paper_takes_the_place_and_the_old_one_stays(world: World, producer) -> None:
    by = owner_of(producer)
    old = paper(world, producer, kind=DATED, **DATES)
    newer = renew_paper(
        paper=old,
        upload=photo(),
        number="13/2026",
        issued_on=date(2026, 10, 1),
        expires_on=date(2029, 10, 1),
        by=by,
        at=world.later,
    )
    assert (newer.kind, newer.title, newer.replaces) == (old.kind, old.title, old)
    assert list(papers_of(producer)) == [newer]
    assert versions_of(old) == versions_of(newer) == [newer, old]
    assert last_entry().act == "renew_paper"
    for act in (correct_paper, withdraw_paper):
        with pytest.raises(Refused, match="đã có bản mới hơn"):
            act(paper=old, by=by, at=world.later)
    with pytest.raises(Refused, match="đã có bản mới hơn"):
        renew_paper(paper=old, upload=photo(), number="1", expires_on=date(2030, 1, 1), by=by, at=world.later)


def test_a_renewal_with_the_old_file_is_no_renewal(world: World, producer) -> None:
    old = paper(world, producer, upload=sent("a.jpg", jpeg()))
    with pytest.raises(Refused, match="đã có trong ví"):
        renew_paper(paper=old, upload=sent("b.jpg", jpeg()), by=owner_of(producer), at=world.later)
    assert list(papers_of(producer)) == [old]


def test_a_paper_put_away_is_offered_no_more_and_keeps_its_file(world: World, producer) -> None:
    by = owner_of(producer)
    kept = withdraw_paper(paper=paper(world, producer, kind=PLAIN), by=by, at=world.later)
    assert kept.withdrawn_at == world.later
    assert not papers_of(producer).exists()
    assert StoredFile.objects.filter(pk=kept.file_id).exists()
    assert last_entry().act == "withdraw_paper"
    with pytest.raises(Refused, match="đã được cất"):
        withdraw_paper(paper=kept, by=by, at=world.later + timedelta(hours=1))


def test_the_table_itself_refuses_dates_out_of_order(world: World, producer) -> None:
    kept = paper(world, producer)
    with pytest.raises(IntegrityError):
        Paper.objects.filter(pk=kept.pk).update(issued_on=date(2026, 2, 1), expires_on=date(2026, 1, 1))
