"""Issuing: number, code, both files, one entry in the ledger; a refusal writes nothing."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from ocop.audit.models import LedgerEntry
from ocop.audit.queries import head
from ocop.core.codes import clean_code
from ocop.core.errors import Refused
from ocop.core.models import NumberSeries
from ocop.files.models import StoredFile
from ocop.paperwork import queries
from ocop.paperwork.models import IssuedPaper
from tests.factories.paperwork import adopted, issued, minutes_composed
from tests.factories.world import city_2024, province_2026
from tests.papers import reading
from tests.paperwork.templates import said, template

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def content(stored):
    with default_storage.open(stored.path) as file:
        return file.read()


def written():
    return IssuedPaper.objects.count(), LedgerEntry.objects.count(), StoredFile.objects.count()


def test_a_paper_gets_number_code_files_and_one_entry(world):
    before, end = LedgerEntry.objects.count(), head()
    paper = issued(world)
    assert (paper.number, paper.year, paper.thing) == ("01/BB-HĐ", 2024, f"planning.batch:{world.batch.pk}")
    assert clean_code(paper.code) == paper.code
    assert (paper.head_seq, paper.head_hash) == (end.seq, end.hash)
    assert LedgerEntry.objects.count() == before + 1
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.words) == ("issue_paper", "Phát hành biên bản họp Hội đồng số 01/BB-HĐ")
    assert entry.facts["sha256"] == paper.sha256 == paper.pdf.sha256
    assert entry.facts["docx_sha256"] == paper.docx.sha256
    assert entry.previous_hash == paper.head_hash


def test_the_paper_says_how_to_check_it(world, settings):
    settings.OCOP_PUBLIC_URL = "https://saolang.example.gov.vn"
    paper = issued(world)
    pdf = content(paper.pdf)
    text = reading.text(pdf)
    assert f"Mã kiểm tra {paper.shown_code}" in text
    assert f"việc số {paper.head_seq}, dấu {paper.head_hash}" in text
    assert f"Số: {paper.number}" in text
    assert reading.scanned(pdf, dpi=200) == [f"https://saolang.example.gov.vn/kiem-tra-van-ban/{paper.code}/"]
    word = " ".join(said_in_cells(content(paper.docx)))
    assert paper.shown_code in word
    assert paper.head_hash in word


def said_in_cells(file):
    from tests.paperwork.templates import tables

    return [*said(file), *(cell for table in tables(file) for row in table for cell in row)]


def test_numbers_are_counted_by_office_kind_and_year(world):
    other = province_2026()
    assert [issued(world).number for _ in range(3)] == ["01/BB-HĐ", "02/BB-HĐ", "03/BB-HĐ"]
    assert issued(world, kind="council_report").number == "01/BC-HĐ"
    assert issued(world, signed_on=date(2025, 1, 2)).number == "01/BB-HĐ"
    assert issued(other).number == "01/BB-HĐ"


def test_a_typed_number_is_kept_and_the_series_steps_over_it(world):
    assert issued(world, number=" 02/BB-HĐ ").number == "02/BB-HĐ"
    assert [issued(world).number for _ in range(2)] == ["01/BB-HĐ", "03/BB-HĐ"]


@pytest.mark.parametrize(
    ("number", "words"),
    [("01/BB-HĐ", "đã cấp"), ("01/bb-hđ", "đã cấp"), ("9" * 61, "nhiều nhất 60"), ("1/\u200bBB", "không in được")],
)
def test_a_typed_number_that_cannot_be_given(world, number, words):
    issued(world)
    before = written()
    with pytest.raises(Refused, match=words) as refused:
        issued(world, number=number)
    assert refused.value.field == "number"
    assert written() == before
    assert NumberSeries.objects.get(name__contains=":minutes:").last == 1


def test_a_title_too_long_is_refused(world):
    before = written()
    with pytest.raises(Refused, match="nhiều nhất 300"):
        issued(world, title="x" * 301)
    assert written() == before


def test_a_value_that_the_book_does_not_know_is_a_mistake_of_the_program(world):
    def compose(stamp):
        return dataclasses.replace(minutes_composed(stamp), values={"la": "x", "san_pham": [{"ten": "x"}]})

    before = written()
    with pytest.raises(ValueError, match=r"kinds.yaml, minutes: no field la"):
        issued(world, compose=compose)
    assert written() == before


def test_the_word_file_follows_the_office_template_while_it_is_live(world):
    live = adopted(world, file=template("so_van_ban", "co_quan", "ma_kiem_tra"))
    paper = issued(world)
    assert paper.template == live
    assert said(content(paper.docx)) == [
        "Chỗ của so_van_ban: 01/BB-HĐ",
        "Chỗ của co_quan: Hội đồng OCOP",
        f"Chỗ của ma_kiem_tra: {paper.shown_code}",
    ]
    assert "BIÊN BẢN" in reading.text(content(paper.pdf))


def test_a_draft_has_no_number_no_code_and_says_that_it_is_one(world):
    before = written()
    draft = queries.preview("minutes", minutes_composed, signed_on=world.at.date())
    from ocop.ui.papers.document import press_docx, press_pdf

    text = reading.text(press_pdf(draft.document))
    assert "DỰ THẢO" in text
    assert "Số: ......./BB-HĐ" in text
    assert "Mã kiểm tra" not in text
    assert said(press_docx(draft.document))[0] == "DỰ THẢO"
    assert written() == before


def test_papers_of_a_thing_come_newest_first(world):
    one, two = issued(world), issued(world)
    other = issued(world, kind="council_report")
    assert list(queries.papers_on(world.batch)) == [other, two, one]
    assert list(queries.papers_on(world.batch, "minutes")) == [two, one]
    assert queries.latest_paper(world.batch, "minutes") == two
    assert queries.latest_paper(world.unit, "minutes") is None


def test_an_issued_paper_can_be_neither_changed_nor_removed(world):
    paper = issued(world)
    rows = IssuedPaper.objects.filter(pk=paper.pk)
    for change in (lambda: rows.update(number="99/BB-HĐ"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert rows.get().number == "01/BB-HĐ"
