"""Every form of the law as PDF and as a Word file: the same words in the same order, whatever is filled in."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from ocop.regime.forms import fill, layout_of
from ocop.ui.papers.document import Document, National, Qr, Table, Text, press_docx, press_pdf
from ocop.ui.papers.word.blocks import long_date
from tests.papers import reading
from tests.papers.forms import EVERY_FORM, labels_of, pdf_text, squeezed, values_of, word_text

HOSTILE = (
    "{words} " + "a1b2c3d4" * 40 + " 😀🍯 \x00\x07\u200b\u202e \ud800 שלום مرحبا "
    "</w:t><script>alert(1)</script> #let x = 1 \\ $ [ ] * _ @ \t dòng một\r\n\n\ndòng hai "
    "Đặng Thuỷ Ưởng nghĩa e\u0323\u0302"
)
each_form = pytest.mark.parametrize(("regime", "form"), EVERY_FORM, ids=[f"{r} {f}" for r, f in EVERY_FORM])


def assert_in_order(words: list[str], text: str) -> None:
    place = 0
    for label in words:
        found = text.find(squeezed(label), place)
        assert found >= 0, label
        place = found


@each_form
@pytest.mark.parametrize("put", ["{words}", ""], ids=["full", "empty"])
def test_both_papers_say_every_label_in_the_order_of_the_form(regime, form, put):
    layout = layout_of(regime, form)
    document = fill(layout, values_of(put))
    for text in (pdf_text(press_pdf(document)), word_text(press_docx(document))):
        assert_in_order(labels_of(layout, groups=bool(put)), text)


@each_form
def test_both_papers_say_the_values(regime, form):
    document = fill(layout_of(regime, form), values_of("Ghi {words}"))
    pdf, word = pdf_text(press_pdf(document)), word_text(press_docx(document))
    shown = [name for name in values_of() if squeezed(str(values_of("Ghi {words}")[name])) in pdf]
    assert len(shown) >= 5
    for name in shown:
        assert squeezed(str(values_of("Ghi {words}")[name])) in word, name


@each_form
def test_an_empty_form_is_dots_to_write_on_and_asks_nothing_of_the_press(regime, form):
    document = fill(layout_of(regime, form), {})
    assert "....." in reading.text(press_pdf(document))
    assert docx.Document(io.BytesIO(press_docx(document)))


@each_form
def test_hostile_values_change_nothing_but_themselves(regime, form):
    layout = layout_of(regime, form)
    document = fill(layout, values_of(HOSTILE))
    pdf, word = press_pdf(document), press_docx(document)
    assert_in_order(labels_of(layout), word_text(word))
    assert_in_order([label for label in labels_of(layout) if not label.isascii()], pdf_text(pdf))
    for left, _, right, bottom in reading.ink(pdf):
        assert left >= 19.5
        assert right >= 14
        assert bottom >= 15


def test_a_report_of_forty_criteria_with_long_words_is_pressed_whole():
    values = values_of("Nội dung {words} " * 60, rows=2)
    [part, *_] = values["parts"]
    values["parts"] = [part | {"criteria": part["criteria"][:1] * 40}]
    values["evidence"] = [{"number": str(n), "title": f"Giấy số {n}", "until": ""} for n in range(1, 301)]
    document = fill(layout_of("qd26-2026", "mau-02"), values)
    assert reading.pages(press_pdf(document)) > 40
    assert "Giấysố300" in pdf_text(press_pdf(document))
    assert "Giấysố300" in word_text(press_docx(document))


def test_the_same_document_gives_the_same_bytes():
    document = fill(layout_of("qd26-2026", "receipt"), values_of())
    assert press_pdf(document) == press_pdf(document)
    assert press_docx(document) == press_docx(document)
    assert press_docx(document) != press_docx(fill(layout_of("qd26-2026", "receipt"), values_of("Khác {words}")))


def test_the_qr_of_the_receipt_leads_to_the_tracking_page():
    pdf = press_pdf(fill(layout_of("qd26-2026", "receipt"), values_of()))
    assert reading.scanned(pdf, dpi=150) == ["https://vi-du.vn/theo-doi/K7QX9M2T/"]


def test_word_pages_are_a4_with_the_margins_of_papers_and_a_page_number():
    word = docx.Document(io.BytesIO(press_docx(fill(layout_of("qd26-2026", "mau-02"), values_of()))))
    section = word.sections[0]
    sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides] == [30, 17, 20, 20]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.header._element.xml
    assert section.different_first_page_header_footer
    assert word.styles["Normal"].font.name == "Times New Roman"


def test_boxes_are_ticked_in_both_papers():
    word = word_text(press_docx(fill(layout_of("qd26-2026", "mau-01"), values_of())))
    assert "Lầnđầu☐Nânghạng:☒Đánhgiálại:☐" in word


def test_a_paper_that_awaits_its_number_leaves_room_for_it():
    document = Document(title="Thử", blocks=(National(issuer="Ủy ban nhân dân xã", number="/BC-UBND", place="Đa Mai"),))
    assert "Số: ......./BC-UBND" in reading.text(press_pdf(document))
    [table] = docx.Document(io.BytesIO(press_docx(document))).tables
    assert "Số: ......./BC-UBND" in table.rows[0].cells[0].text


def test_words_are_never_markup():
    words = "#eval <b> *đậm* _nghiêng_ $x$ & “ngoặc”"
    document = Document(title=words, blocks=(Text(text=words), Qr(address="https://vi-du.vn/?a=1&b=<2>", words=words)))
    assert reading.text(press_pdf(document)).count("*đậm* _nghiêng_ $x$ &") == 2
    assert word_text(press_docx(document)).count(squeezed("*đậm* _nghiêng_ $x$ &")) == 2


def test_a_table_without_rows_is_its_head():
    table = Table(head=("TT", "Tên tài liệu"), rows=(), widths=(10, 0), aligns=("center", "left"))
    document = Document(title="Thử", blocks=(table,))
    assert "Tên tài liệu" in reading.text(press_pdf(document))
    assert "Têntàiliệu" in word_text(press_docx(document))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "ngày ..... tháng ..... năm ......"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 9, 15), "ngày 15 tháng 9 năm 2026"),
    ],
)
def test_days_are_written_as_papers_write_them(day, words):
    assert long_date(day) == words
