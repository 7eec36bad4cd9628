"""The press itself: same facts, same bytes; facts are never markup; signs that no font has are left out."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import replace
from fractions import Fraction

import pytest
import typst

from ocop.certificates.papers.decision import decision
from ocop.ui import papers
from ocop.ui.papers import PaperError, points_text, qr_svg
from tests.papers import reading
from tests.papers.samples import ALPHABET, CERTIFICATE, decision_facts

PAPER = decision_facts(1)


@pytest.mark.parametrize(
    ("points", "printed"),
    [
        (Fraction(90), "90,00"),
        (Fraction(629, 9), "69,89"),
        (Fraction(1, 8), "0,13"),
        (Fraction(-1, 8), "-0,13"),
        (Fraction(0), "0,00"),
        (Fraction(89 * 99 + 98, 99), "89,99"),
    ],
)
def test_points_have_two_decimals_and_a_comma(points, printed):
    assert points_text(points) == printed


@pytest.mark.parametrize("sheets", range(1, 31))
def test_printed_mean_never_reaches_the_next_band(sheets):
    assert points_text(Fraction(90 * sheets - 1, sheets)) < "90,00"


def test_same_facts_give_the_same_bytes():
    assert decision(PAPER) == decision(PAPER)


def test_other_facts_give_other_bytes():
    assert decision(PAPER) != decision(replace(PAPER, authority="Bộ trưởng"))


def test_paper_is_an_archive_pdf_in_vietnamese_dated_by_its_signing():
    pdf = decision(PAPER)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"/Lang(vi-VN)" in pdf
    assert b"D:20260805" in pdf


def test_an_unsigned_paper_does_not_carry_the_moment_of_printing():
    unsigned = replace(PAPER, frame=replace(PAPER.frame, signed_on=None))
    assert b"D:1970" in decision(unsigned)


@pytest.mark.parametrize("letters", ALPHABET.split())
def test_every_vietnamese_letter_is_read_back_exactly(letters):
    assert letters in reading.text(decision(replace(PAPER, articles=(letters,))))


def test_decomposed_and_invisible_letters_are_composed_and_dropped():
    pasted = unicodedata.normalize("NFD", "Bánh\tđa Kế ngũ sắc") + "\u200b\ufeff\u00ad"
    assert "Bánh đa Kế ngũ sắc" in reading.text(decision(replace(PAPER, articles=(pasted,))))


def test_facts_are_never_markup():
    hostile = "#panic() *đậm* $x^2$ `mã` <b> \\ @nguồn [khối] //chú //"
    assert hostile in reading.text(decision(replace(PAPER, articles=(hostile,))))


def test_lines_of_a_fact_stay_lines():
    [first_page, *_] = reading.page_texts(decision(replace(PAPER, articles=("Dòng một\r\nDòng hai",))))
    assert "Dòng một\r\nDòng hai" in first_page


def test_stars_in_a_sentence_are_drawn():
    drawn = decision(replace(PAPER, articles=("Đạt ★★★☆☆ trong đợt này",)))
    assert "trong đợt này" in reading.text(drawn)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Trà hoa vàng🌼", "Trà hoa vàng"),
        ("Mật ong 🍯hoa vải😀", "Mật ong hoa vải"),
        ("Gọi 1️⃣2️⃣3️⃣ hoặc 123", "Gọi 123 hoặc 123"),
        ("Cờ 🇻🇳đỏ, nhà 👨‍👩‍👧ba người, tay 👍🏽khen, tim ❤️hồng", "Cờ đỏ, nhà ba người, tay khen, tim hồng"),
        ("Chữ 漢字Hán và ký hiệu riêng \ue000xa", "Chữ Hán và ký hiệu riêng xa"),
    ],
)
def test_signs_that_no_font_has_are_left_out(typed, printed):
    assert decision(replace(PAPER, articles=(typed,))) == decision(replace(PAPER, articles=(printed,)))
    assert printed in reading.text(decision(replace(PAPER, articles=(typed,))))


def test_a_text_of_nothing_else_leaves_its_place_empty():
    assert reading.pages(decision(replace(PAPER, articles=("😀🍯",)))) >= 1


def test_a_missing_font_stops_the_press(tmp_path, monkeypatch):
    shutil.copy(papers.FONTS / "BeVietnamPro-Regular.ttf", tmp_path)
    poor = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path])
    monkeypatch.setattr(papers, "_fonts", lambda: poor)
    with pytest.raises(PaperError, match="tinos"):
        decision(PAPER)


def test_qr_has_its_quiet_zone():
    assert qr_svg(CERTIFICATE.check_url).startswith("<svg")
