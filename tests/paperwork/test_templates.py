"""Templates: what is taken, what is refused and where, and that values are only ever text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.core.errors import Refused
from ocop.paperwork.kinds import kinds
from ocop.paperwork.word import filled, mistakes_in, sample_values, starter
from ocop.paperwork.word.fields import fields_in
from ocop.paperwork.word.parts import parts_of
from ocop.ui.papers import cleaned
from tests.paperwork.templates import (
    KIND,
    body,
    complex_field,
    repacked,
    said,
    simple_field,
    tables,
    template,
    with_field,
    with_link,
)

GOOD = template("so_van_ban", "co_quan", rows=("ten_san_pham", "diem"))
ROWS = [{"ten_san_pham": "Mật ong", "diem": "80,00"}, {"ten_san_pham": "Trà hoa vàng", "diem": "72,50"}]


@pytest.mark.parametrize("kind", kinds().values(), ids=str)
def test_the_template_to_begin_with_is_good_for_its_kind(kind):
    file = starter(kind)
    assert mistakes_in(file, kind) == []
    text = " ".join([*said(filled(file, kind, sample_values(kind, "https://vi-du.vn/x"))), kind.name])
    assert all(f"[{field.label}]" in text for field in kind.fields if field.name.startswith("co_quan"))
    assert starter(kind) == file


def test_values_stand_where_the_fields_were():
    file = filled(GOOD, KIND, {"so_van_ban": "05/BB-HĐ", "co_quan": "Hội đồng", "san_pham": ROWS})
    assert said(file)[:2] == ["Chỗ của so_van_ban: 05/BB-HĐ", "Chỗ của co_quan: Hội đồng"]
    assert tables(file)[0][1:] == [["Mật ong", "80,00"], ["Trà hoa vàng", "72,50"]]


def test_what_has_no_value_leaves_its_place_empty_and_a_group_without_rows_no_row():
    file = filled(GOOD, KIND, {})
    assert said(file)[0] == "Chỗ của so_van_ban: "
    assert tables(file)[0] == [["", ""]]


def test_a_table_of_nothing_but_the_row_goes_with_it():
    def only_row(paper):
        paper.tables[0]._tbl.remove(paper.tables[0].rows[0]._tr)

    file = template("co_quan", rows=("ho_ten",), also=only_row)
    assert tables(filled(file, KIND, {})) == []


def test_the_same_values_give_the_same_bytes():
    assert filled(GOOD, KIND, {"san_pham": ROWS}) == filled(GOOD, KIND, {"san_pham": ROWS})


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ 7*7 }} {% include 'x' %} ${jndi:ldap://x} =cmd|' /C calc'!A0",
        "<w:p><w:r><w:t>chen</w:t></w:r></w:p> & ]]> <!-- -->",
        "«co_quan» MERGEFIELD so_van_ban \\* MERGEFORMAT",
        'INCLUDETEXT "http://vi-du.vn/x"',
        "{MERGEFIELD ket_luan} {0.__class__}",
    ],
)
def test_a_value_is_text_and_nothing_else(hostile):
    file = filled(GOOD, KIND, {"co_quan": hostile, "san_pham": [{"ten_san_pham": hostile, "diem": "1"}]})
    assert said(file)[1] == f"Chỗ của co_quan: {hostile}"
    assert tables(file)[0][1][0] == hostile
    assert [field.shown for _, root in parts_of(file) for field in fields_in(root)] == []


def test_control_signs_and_halves_of_letters_are_left_out():
    file = filled(GOOD, KIND, {"co_quan": "Hội\x00\x07\x1b đồng\ud800\ufffe"})
    assert said(file)[1] == "Chỗ của co_quan: Hội đồng"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_filled_in(words):
    text = said(filled(GOOD, KIND, {"co_quan": words}))[1]
    assert text.split() == f"Chỗ của co_quan: {cleaned(words)}".split()


def test_an_unknown_field_is_named_with_its_place():
    [mistake] = mistakes_in(template("co_quan", "ten_la"), KIND)
    assert mistake.startswith("Thân văn bản, chỗ “Chỗ của ten_la: «ten_la»”")
    assert "không có trường “ten_la”" in mistake


def test_a_field_in_the_foot_of_the_page_is_found_and_filled():
    def in_foot(paper):
        complex_field(paper.sections[0].footer.paragraphs[0], " MERGEFIELD ten_la ")

    [mistake] = mistakes_in(template("co_quan", also=in_foot), KIND)
    assert mistake.startswith("Chân trang")


@pytest.mark.parametrize(
    "instruction",
    [
        ' INCLUDETEXT "C:\\\\bi-mat.txt" ',
        ' INCLUDEPICTURE "http://vi-du.vn/a.png" \\d ',
        ' HYPERLINK "http://vi-du.vn" ',
        " DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe calc ",
        ' IF a = b "đúng" "sai" ',
        ' DATABASE \\d "C:\\\\x" ',
        " MACROBUTTON AutoOpen bấm ",
        " QUOTE 68 68 69 ",
        " MERGEFIELD co_quan \\b bậy ",
        " mergefield co_quan ",
        " DATE ",
        "",
    ],
)
def test_other_fields_are_refused_by_name(instruction):
    [mistake] = mistakes_in(with_field(instruction), KIND)
    assert "không được dùng" in mistake
    assert "chỗ “Trường lạ" in mistake


@pytest.mark.parametrize("instruction", [" PAGE ", " NUMPAGES \\* MERGEFORMAT ", ' MERGEFIELD "co_quan" \\* Upper '])
def test_page_numbers_and_quoted_names_are_fine(instruction):
    file = with_field(instruction)
    assert mistakes_in(file, KIND) == []
    filled(file, KIND, {"co_quan": "Hội đồng"})


def test_a_simple_field_is_read_and_filled():
    file = template("so_van_ban", also=lambda paper: simple_field(paper.add_paragraph(), " MERGEFIELD co_quan "))
    assert mistakes_in(file, KIND) == []
    assert said(filled(file, KIND, {"co_quan": "Hội đồng"}))[-1] == "Hội đồng"
    bad = template("so_van_ban", also=lambda paper: simple_field(paper.add_paragraph(), ' INCLUDETEXT "x" '))
    assert "INCLUDETEXT" in mistakes_in(bad, KIND)[0]


@pytest.mark.parametrize(
    ("instruction", "inner", "ends"),
    [
        (' IF 1 = 1 "', " MERGEFIELD co_quan ", True),
        (" MERGEFIELD co_quan", " MERGEFIELD ket_luan ", True),
        (" MERGEFIELD co_quan ", "", False),
    ],
)
def test_fields_within_fields_and_without_an_end_are_refused(instruction, inner, ends):
    def add(paper):
        complex_field(paper.add_paragraph("Lồng: "), instruction, inner=inner, ends=ends)

    mistakes = mistakes_in(template("co_quan", also=add), KIND)
    assert any("lồng" in mistake for mistake in mistakes)


def test_a_field_split_over_several_runs_is_read_as_one():
    def split(parts):
        mark = " MERGEFIELD co_quan </w:instrText>"
        return body(
            parts, mark, ' MERGE</w:instrText></w:r><w:r><w:instrText xml:space="preserve">FIELD co_quan </w:instrText>'
        )

    file = repacked(template("co_quan"), split)
    assert mistakes_in(file, KIND) == []
    assert said(filled(file, KIND, {"co_quan": "Hội đồng"})) == ["Chỗ của co_quan: Hội đồng"]


def test_a_group_stands_in_the_row_of_a_table_and_only_one_in_a_row():
    [mistake] = mistakes_in(template("ten_san_pham"), KIND)
    assert "phải đặt trong một dòng của bảng" in mistake
    [mixed] = mistakes_in(template("co_quan", rows=("ten_san_pham", "ho_ten")), KIND)
    assert "chỉ chứa trường của một nhóm" in mixed


def test_a_template_without_any_field_says_how_to_put_one():
    [mistake] = mistakes_in(template(), KIND)
    assert "MergeField" in mistake


def test_links_out_are_refused_and_a_mail_address_is_not():
    assert "http://vi-du.vn" in mistakes_in(with_link(GOOD, "http://vi-du.vn/theo-doi"), KIND)[0]
    assert mistakes_in(with_link(GOOD, "\\\\may-la\\mau.dotm", "attachedTemplate"), KIND)
    assert mistakes_in(with_link(GOOD, "mailto:ocop@vi-du.vn"), KIND) == []


@pytest.mark.parametrize(
    "xml",
    [
        '<w:altChunk xmlns:r="http://x" r:id="rId9"/>',
        "<w:p><w:r><w:object/></w:r></w:p>",
        '<MergeField name="co_quan" merge_key="field_0"/>',
    ],
)
def test_embedded_parts_and_forged_elements_are_refused(xml):
    file = repacked(GOOD, lambda parts: body(parts, "<w:body>", f"<w:body>{xml}"))
    assert any("nhúng" in mistake for mistake in mistakes_in(file, KIND))


def test_declarations_that_unfold_or_fetch_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    file = repacked(GOOD, lambda parts: body(parts, "?>", f"?>{bomb}"))
    assert "DOCTYPE" in mistakes_in(file, KIND)[0]


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("word/document.xml", b"<x/>")
    assert "trùng tên" in mistakes_in(out.getvalue(), KIND)[0]


def test_what_unfolds_to_too_much_is_refused_unread():
    file = repacked(GOOD, lambda parts: {**parts, "word/lon.xml": b"<x>" + b" " * (25 * 1024 * 1024) + b"</x>"})
    assert "quá lớn" in mistakes_in(file, KIND)[0]


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04", b"%PDF-1.7", GOOD[:2000]])
def test_a_broken_file_is_said_to_be_broken(file):
    assert "bị hỏng" in mistakes_in(file, KIND)[0]


def test_many_mistakes_are_not_all_listed():
    mistakes = mistakes_in(template(*(f"la_{number}" for number in range(40))), KIND)
    assert len(mistakes) == 13
    assert "Còn 28 lỗi" in mistakes[-1]


def test_a_template_that_cannot_be_filled_is_refused_with_the_way_out():
    with pytest.raises(Refused, match="dùng lại mẫu chuẩn"):
        filled(b"PK", KIND, {})
    hidden = repacked(
        GOOD, lambda parts: body(parts, "<w:body>", '<w:body><w:p><w:fldSimple w:instr=" MERGEFIELD co_quan "/></w:p>')
    )
    with pytest.raises(Refused, match="dùng lại mẫu chuẩn"):
        filled(hidden, KIND, {})
