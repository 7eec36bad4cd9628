"""Every paper as printed: words, numbers, page breaks, margins of NĐ 30/2020/NĐ-CP, and the QR code read back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from ocop.certificates.papers.certificate import certificate
from ocop.certificates.papers.decision import decision
from ocop.council.papers.forwarding_letter import PackagePart, forwarding_letter
from ocop.council.papers.minutes import minutes
from ocop.council.papers.result_letter import result_letter
from ocop.ui.papers import PaperError, Signature
from tests.papers import reading
from tests.papers.samples import (
    CERTIFICATE,
    CHECK_URL,
    FORWARDING,
    LONG_ADDRESS,
    LONG_CERTIFICATE,
    LONG_PRODUCT,
    LONG_SUBJECT,
    MINUTES,
    RESULT_LETTER,
    decision_facts,
)

EXCLUDED = replace(
    RESULT_LETTER, outcome="excluded", reasons=("Giấy công bố không đúng bản gốc.",), mean=None, star=None, parts=(),
    missed=(), worth_raising=(),
)  # fmt: skip
UNBROKEN = "a1b2c3d4" * 16

OFFICE_PAPERS = {
    "decision of one": partial(decision, decision_facts(1)),
    "decision of forty": partial(decision, decision_facts(40)),
    "draft decision": partial(decision, decision_facts(2, number="/QĐ-UBND")),
    "result letter": partial(result_letter, RESULT_LETTER),
    "result letter with long names": partial(
        result_letter, replace(RESULT_LETTER, product=LONG_PRODUCT, subject=LONG_SUBJECT, contact=UNBROKEN)
    ),
    "result letter of an excluded product": partial(result_letter, EXCLUDED),
    "forwarding letter": partial(forwarding_letter, FORWARDING),
    "forwarding letter with an unbroken name": partial(
        forwarding_letter, replace(FORWARDING, products=(replace(FORWARDING.products[0], subject=UNBROKEN),))
    ),
    "forwarding submission": partial(forwarding_letter, replace(FORWARDING, kind="Tờ trình")),
    "minutes": partial(minutes, MINUTES),
}


@pytest.mark.parametrize("paper", OFFICE_PAPERS.values(), ids=OFFICE_PAPERS.keys())
def test_nothing_runs_into_the_margins(paper):
    for left, top, right, bottom in reading.ink(paper()):
        assert (left >= 19.5, right >= 14.5) == (True, True), "left and right"
        assert (top >= 9, bottom >= 15) == (True, True), "top (page number) and bottom"


@pytest.mark.parametrize("paper", OFFICE_PAPERS.values(), ids=OFFICE_PAPERS.keys())
def test_page_numbers_start_on_the_second_page(paper):
    first, *others = reading.page_texts(paper())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    for number, page in enumerate(others, start=2):
        assert page.split()[0] == str(number)


# ── certificate ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("facts", [CERTIFICATE, LONG_CERTIFICATE], ids=["ordinary", "longest names"])
def test_certificate_is_one_page_that_says_everything(facts):
    pdf = certificate(facts)
    assert reading.pages(pdf) == 1
    [(left, top, right, bottom)] = reading.ink(pdf)
    assert min(left, top, right, bottom) >= 18, "inside the border"
    printed = reading.text(pdf)
    for words in (
        facts.product, facts.product_code, facts.subject, facts.address, facts.group, facts.check_url,
        "GIẤY CHỨNG NHẬN", "KẾT QUẢ PHÂN HẠNG SẢN PHẨM OCOP", f"HẠNG {facts.star} SAO",
        "số 3981/QĐ-UBND ngày 05/08/2026", "từ 05/08/2026 đến 05/08/2029", "12/2026/GCN-OCOP",
        "Quét mã để kiểm tra hiệu lực", facts.frame.signature.name,
    ):  # fmt: skip
        assert words in printed


@pytest.mark.parametrize("dpi", [100, 150, 300])
def test_certificate_leads_a_scanner_to_the_check_page(dpi):
    assert reading.scanned(certificate(CERTIFICATE), dpi=dpi) == [CHECK_URL]


def test_certificate_stays_one_page_with_names_beyond_reason():
    facts = replace(LONG_CERTIFICATE, product=LONG_PRODUCT * 2, subject=LONG_SUBJECT * 2, address=LONG_ADDRESS * 2)
    assert reading.pages(certificate(facts)) == 1


@pytest.mark.parametrize("field", ["product", "subject", "address", "group"])
def test_certificate_refuses_a_name_it_would_have_to_clip(field):
    with pytest.raises(PaperError, match=r"^Tên, địa chỉ hoặc nhóm sản phẩm quá dài để in"):
        certificate(replace(CERTIFICATE, **{field: LONG_PRODUCT * 12}))


# ── decision ────────────────────────────────────────────────────────────────────────────────


def test_decision_has_bases_articles_and_annex():
    printed = reading.text(decision(decision_facts(3)))
    for words in (
        "Số: 3981/QĐ-UBND", "Bắc Ninh, ngày 05 tháng 8 năm 2026", "QUYẾT ĐỊNH", "Công nhận kết quả đánh giá",
        "Căn cứ Luật Tổ chức chính quyền địa phương;", "ngày 30 tháng 7 năm 2026.",
        "Điều 1. Công nhận 03 sản phẩm đạt hạng sao OCOP của tỉnh Bắc Ninh (02 sản phẩm 4 sao, 01 sản phẩm 3 sao)",
        "có giá trị 36 tháng", "Điều 2.", "Điều 3.", "Nơi nhận:", "- Lưu: VT, KTN.", "TM. ỦY BAN NHÂN DÂN",
        "PHỤ LỤC", "24-07210-2-2026", "71,86",
    ):  # fmt: skip
        assert words in printed
    assert "DỰ THẢO" not in printed


def test_draft_decision_says_so_and_leaves_room_for_number_and_day():
    printed = reading.text(decision(decision_facts(2, number="/QĐ-UBND")))
    assert "DỰ THẢO" in printed
    assert "Số: ......./QĐ-UBND" in printed
    assert "ngày ..... tháng ..... năm ......" in printed


def test_annex_repeats_its_head_and_loses_no_product():
    _, *annex = reading.page_texts(decision(decision_facts(40)))
    assert len(annex) > 3
    assert all("Mã sản phẩm" in page for page in annex)
    whole = " ".join(" ".join(annex).split())
    assert all(f"24-07210-{i}-2026" in whole for i in range(1, 41))
    assert LONG_SUBJECT in whole
    assert LONG_PRODUCT in whole


# ── result letter ───────────────────────────────────────────────────────────────────────────


def test_result_letter_says_points_minimums_and_what_to_raise():
    printed = reading.text(result_letter(RESULT_LETTER))
    for words in (
        "Kính gửi: Hợp tác xã Bánh đa Kế Dĩnh Kế", "69,89 điểm", "hạng 3 sao",
        "A. Sản phẩm và sức mạnh cộng đồng 31,00 40",
        "3. Yêu cầu tối thiểu chưa đạt", "3.5 Sở hữu trí tuệ 4 sao 2,00 điểm 1,44 điểm",
        "4. Những tiêu chí nên cải thiện trước", "4.1 Khu vực phân phối chính 2,00 5", "0204 3855 555",
    ):  # fmt: skip
        assert words in printed


@pytest.mark.parametrize(
    ("facts", "says", "never"),
    [
        (RESULT_LETTER, "được trình Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh xem xét", "chưa được cấp"),
        (replace(RESULT_LETTER, outcome="forward", authority="Bộ NN&MT"), "được chuyển lên Bộ NN&MT", "chưa được cấp"),
        (replace(RESULT_LETTER, outcome="no_certificate", star=2), "đạt từ 50 điểm trở lên", "được trình"),
        (EXCLUDED, "Giấy công bố không đúng bản gốc.", "Điểm trung bình"),
    ],
    ids=["recognise", "forward", "no certificate", "excluded"],
)
def test_result_letter_says_what_the_result_means(facts, says, never):
    printed = reading.text(result_letter(facts))
    assert says in printed
    assert never not in printed


def test_result_letter_numbers_only_the_sections_it_has():
    printed = reading.text(result_letter(EXCLUDED))
    assert "3. Việc cần làm tiếp" in printed
    assert "4. Cần hỏi, xin liên hệ" in printed


# ── forwarding letter, minutes, commune report ──────────────────────────────────────────────


def test_forwarding_letter_lists_products_samples_and_parts():
    printed = reading.text(forwarding_letter(FORWARDING))
    for words in (
        "Số: 412/UBND-KTN", "V/v đề nghị đánh giá", "91,63", "Tổng cộng: 02 sản phẩm, 10 sản phẩm mẫu.",
        "Báo cáo của Tổ tư vấn Có", "kiểm nghiệm bổ sung (nếu có) Không", LONG_PRODUCT,
    ):  # fmt: skip
        assert words in printed
    assert "TỜ TRÌNH" in reading.text(forwarding_letter(replace(FORWARDING, kind="Tờ trình")))


def test_minutes_record_who_was_there_and_how_each_result_came_about():
    printed = reading.text(minutes(MINUTES))
    for words in (
        "Số: 07/BB-HĐ", "08 giờ 00, ngày 16 tháng 6 năm 2026", "Có mặt 7 trên 9", "Nguyễn Văn Khuê", "Vắng, có lý do",
        "71,43", "Loại: giả mạo hồ sơ", "tổng 511 điểm, trung bình 511/7", "IV. Kết luận của Hội đồng", "11 giờ 45",
        "THƯ KÝ", "CHỦ TỊCH HỘI ĐỒNG",
    ):  # fmt: skip
        assert words in printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [("5/QĐ-UBND", "Số: 05/QĐ-UBND"), ("15/QĐ-UBND", "Số: 15/QĐ-UBND"), ("/QĐ-UBND", "Số: ......./")],
)
def test_numbers_below_ten_get_a_zero(number, printed):
    assert printed in reading.text(decision(decision_facts(1, number=number)))


@pytest.mark.parametrize(
    ("month", "printed"), [(1, "tháng 01"), (2, "tháng 02"), (3, "tháng 3"), (9, "tháng 9"), (12, "tháng 12")]
)
def test_only_the_first_two_months_get_a_zero(month, printed):
    facts = decision_facts(1)
    signed = replace(facts.frame, signed_on=facts.frame.signed_on.replace(month=month))
    assert f"ngày 05 {printed} năm 2026" in reading.text(decision(replace(facts, frame=signed)))


def test_a_signature_is_never_alone_on_a_page():
    lines = Signature(lines=("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), name="Nguyễn Thị Hường")
    for paragraphs in range(20, 44):
        facts = replace(
            FORWARDING,
            frame=replace(FORWARDING.frame, signature=lines),
            opening="Câu mở.\n\n" * 3,
            parts=tuple(PackagePart(name=f"Tài liệu số {i}", enclosed=True) for i in range(paragraphs)),
            request="Câu kết. " * 3,
        )
        [signing_page] = [page for page in reading.page_texts(forwarding_letter(facts)) if lines.name in page]
        assert "Câu kết." in signing_page
