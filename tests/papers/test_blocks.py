"""The blocks that letters under NĐ 30/2020 need, in the PDF and in the Word file alike; the foot, the draft mark."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from ocop.ui.papers.document import (
    Bases,
    Block,
    Document,
    Foot,
    National,
    Signatures,
    Signed,
    Table,
    Text,
    Title,
    To,
    press_docx,
    press_pdf,
)
from tests.papers import reading

TOP = National(
    parent="Ủy ban nhân dân thành phố Bắc Giang",
    issuer="Hội đồng OCOP",
    number="5/BB-HĐ",
    place="Bắc Giang",
    signed_on=date(2026, 2, 3),
)
FOOT = Foot(
    address="https://saolang.example.gov.vn/kiem-tra-van-ban/7K3M9QXT2FA/",
    code="7K3M-9QXT-2FA",
    head_seq=1234,
    head_hash="0123456789abcdef" * 4,
)


def paper(*blocks: Block, **more) -> Document:
    return Document(title="Văn bản", author="Hội đồng OCOP", blocks=blocks, **more)


def in_word(file: bytes) -> str:
    """Every word of the file in the order of its body, then of the foot of its pages."""
    word = docx.Document(io.BytesIO(file))
    texts = [node.text or "" for node in word.element.body.iter("{*}t")]
    texts += [line.text for line in word.sections[0].footer.paragraphs]
    return " ".join(" ".join(texts).split())


def both(document: Document) -> tuple[str, str]:
    return reading.text(press_pdf(document)), in_word(press_docx(document))


def test_one_addressee_stands_on_the_line_and_several_below_each_other():
    for text in both(paper(TOP, To(names=("Ủy ban nhân dân tỉnh;",)))):
        assert "Kính gửi: Ủy ban nhân dân tỉnh" in text
    for text in both(paper(TOP, To(names=("Ủy ban nhân dân tỉnh.", "Sở Nông nghiệp và Môi trường;")))):
        assert "Kính gửi: - Ủy ban nhân dân tỉnh; - Sở Nông nghiệp và Môi trường." in text


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop():
    for text in both(paper(TOP, Bases(items=("Căn cứ Luật A.", "Căn cứ Quyết định B;", "Theo đề nghị của C")))):
        assert "Căn cứ Luật A; Căn cứ Quyết định B; Theo đề nghị của C." in text


def test_a_number_under_ten_and_a_day_have_their_zeros():
    for text in both(paper(TOP)):
        assert "Số: 05/BB-HĐ" in text
        assert "Bắc Giang, ngày 03 tháng 02 năm 2026" in text


def test_minutes_have_no_place_and_day_at_the_top():
    for text in both(paper(replace(TOP, dated=False))):
        assert "Số: 05/BB-HĐ" in text
        assert "ngày 03" not in text


def test_what_a_paper_is_about_can_be_ruled_off():
    plain, ruled = (paper(TOP, Title(kind="Báo cáo", about="Kết quả", ruled=ruled)) for ruled in (False, True))
    assert press_pdf(plain) != press_pdf(ruled)
    assert press_docx(plain) != press_docx(ruled)


def table(rows: int) -> Table:
    part = [(str(number), "Nguồn gốc nguyên liệu, gia tăng giá trị", "2,50") for number in range(rows)]
    return Table(
        head=("TT", "Tiêu chí", "Điểm"),
        rows=(("Phần A. Sản phẩm",), *part, ("Phần B. Tiếp thị",), *part),
        widths=(15, 0, 20),
        aligns=("center", "left", "right"),
    )


def test_a_row_of_one_cell_heads_its_part_on_every_page():
    pages = reading.page_texts(press_pdf(paper(TOP, table(70))))
    assert len(pages) > 3
    assert all("Tiêu chí" in text and ("Phần A" in text or "Phần B" in text) for text in pages)
    [word] = docx.Document(io.BytesIO(press_docx(paper(TOP, table(2))))).tables[1:]
    assert len({cell._tc for cell in word.rows[1].cells}) == 1
    assert word.rows[1].cells[0].text == "Phần A. Sản phẩm"


@pytest.mark.parametrize("rows", range(20, 36))
def test_a_part_never_begins_with_its_heading_alone_at_the_foot_of_a_page(rows):
    for text in reading.page_texts(press_pdf(paper(TOP, table(rows)))):
        last = [line for line in text.splitlines() if line.strip()][-1]
        assert not last.startswith("Phần")


def test_two_sign_and_the_recipients_stand_below():
    cells = (Signed(lines=("Thư ký",), name="Trần Thị B"), Signed(lines=("Chủ trì",), name="Lê Văn A"))
    for text in both(paper(TOP, Text(text="Hết."), Signatures(cells=cells, recipients=("Như trên", "Lưu: VT")))):
        assert text.index("Trần Thị B") < text.index("Nơi nhận:")
        assert text.index("Lê Văn A") < text.index("- Như trên; - Lưu: VT.")


def test_an_issued_paper_carries_its_code_on_every_page_and_at_its_end_how_to_check_it():
    document = paper(TOP, table(70), foot=FOOT)
    pages = reading.page_texts(press_pdf(document))
    assert all("Mã kiểm tra: 7K3M-9QXT-2FA" in text for text in pages)
    for text in both(document):
        assert FOOT.head_hash in text
        assert "việc số 1234" in text
        assert FOOT.address in text
    assert reading.scanned(press_pdf(paper(TOP, foot=FOOT)), dpi=200) == [FOOT.address]


def test_the_foot_of_a_page_stays_off_its_edge():
    for left, _, right, bottom in reading.ink(press_pdf(paper(TOP, table(70), foot=FOOT))):
        assert left >= 29.5
        assert right >= 16.5
        assert bottom >= 8


def test_a_paper_before_the_first_act_has_no_end_of_the_ledger_to_print():
    for text in both(paper(TOP, foot=replace(FOOT, head_seq=0, head_hash=""))):
        assert "7K3M-9QXT-2FA" in text
        assert "nhật ký" not in text


def test_a_draft_says_so_and_no_other_paper_does():
    for text in both(paper(TOP, draft=True)):
        assert "DỰ THẢO" in text
    for text in both(paper(TOP)):
        assert "DỰ THẢO" not in text
        assert "Mã kiểm tra" not in text


def test_the_same_paper_gives_the_same_bytes():
    document = paper(TOP, table(3), foot=FOOT, draft=True)
    assert press_pdf(document) == press_pdf(document)
    assert press_docx(document) == press_docx(document)
    assert b"<pdfaid:part>2</pdfaid:part>" in press_pdf(document)
