"""Every paper as printed: words, numbers, page breaks, margins of NĐ 30/2020/NĐ-CP, and the QR code read back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from ocop.certificates.papers.certificate import certificate
from ocop.certificates.papers.decision import decision
from ocop.ui.papers import PaperError
from tests.papers import reading
from tests.papers.samples import (
    CERTIFICATE,
    CHECK_URL,
    LONG_ADDRESS,
    LONG_CERTIFICATE,
    LONG_PRODUCT,
    LONG_SUBJECT,
    decision_facts,
)

OFFICE_PAPERS = {
    "decision of one": partial(decision, decision_facts(1)),
    "decision of forty": partial(decision, decision_facts(40)),
    "draft decision": partial(decision, decision_facts(2, number="/QĐ-UBND")),
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


# ── numbers, days, signatures ────────────────────────────────────────────────────────────────


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
    facts = decision_facts(1)
    for paragraphs in range(8, 32, 2):
        long = replace(facts, articles=(*["Điều khoản." for _ in range(paragraphs)], "Câu kết của quyết định."))
        [signing_page] = [page for page in reading.page_texts(decision(long)) if facts.frame.signature.name in page]
        assert "Câu kết của quyết định." in signing_page
