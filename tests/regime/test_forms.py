"""Layouts of forms: what is refused, what is filled, what is said to be missing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ocop.regime.forms import Layout, asks_for, fill, known_values, layout_of, layouts_of, missing, names_in
from ocop.regime.forms.checks import check_layouts
from ocop.regime.rulebook import BOOK, codes, load_yaml, read_regime
from ocop.rubric.books import read_book
from ocop.ui.papers.document import Fields, Signatures, Table, Text, Ticks

HEAD = {"schema": 1, "form": "mau-01", "part_of": ["dossier"], "filled_by": "subject"}
REGIME = {"forms": [{"code": "mau-01", "name": "Mẫu 01", "mark": "V"}]}


def layout(*blocks: dict) -> Layout:
    return Layout("thu", "mau-01", ("dossier",), "subject", blocks)


def problems(tmp_path: Path, *blocks: object, **keys: object) -> list[str]:
    folder = tmp_path / "thu" / "forms"
    folder.mkdir(parents=True)
    (folder / "mau-01.yaml").write_text(yaml.safe_dump(HEAD | {"blocks": list(blocks)} | keys, allow_unicode=True))
    return [f"{found.path}: {found.message}" for found in check_layouts(tmp_path / "thu", REGIME)]


# ── the shipped layouts ─────────────────────────────────────────────────────────────────────


def test_the_shipped_layouts_are_sound():
    assert [p for code in codes() for p in check_layouts(BOOK / code, load_yaml(BOOK / code / "regime.yaml"))] == []
    assert [problem for problem in read_book(BOOK).problems if "/forms/" in problem.file] == []


@pytest.mark.parametrize("code", [code for code in codes() if layouts_of(code)])
def test_every_form_of_a_regime_but_the_scoring_sheet_has_a_layout(code):
    assert {form.code for form in read_regime(code).forms} - set(layouts_of(code)) == {"sheet"}


def test_the_list_of_values_holds_nothing_that_no_form_shows_and_no_desk_reads():
    shown = {name for code in codes() for layout in layouts_of(code).values() for name in names_in(layout)}
    steps = [step for code in codes() for step in read_regime(code).intake]
    read = {f"answer.{code}" for step in steps for content in step.contents for code in content.questions}
    assert set(known_values()) - shown == read - shown
    assert read <= set(known_values())


def test_a_form_may_be_taken_over_from_another_regime():
    idea = layout_of("qd26-2026", "idea")
    assert idea.blocks == layout_of("qd148-2023", "idea").blocks
    assert (idea.regime, idea.part_of) == ("qd26-2026", ("idea",))
    with pytest.raises(KeyError):
        layout_of("qd26-2026", "khong-co")


# ── what is refused ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"fiield": {"label": "Tên"}}, "không có loại khối “fiield”"),
        ({"field": {"label": "Tên", "value": "subject.nam"}}, "không có giá trị “subject.nam”"),
        ({"field": {"label": "Tên", "value": "subject.name", "more": ["{answer.x}"]}}, "không có giá trị “answer.x”"),
        ({"field": {"value": "subject.name"}}, "field.label: thiếu khóa bắt buộc"),
        ({"paragraph": "Của {subject.tenn}"}, "không có giá trị “subject.tenn”"),
        ({"paragraph": 26}, "phải là chữ"),
        ({"table": {"of": "evidence", "columns": [{"head": "A", "value": "{codee}"}]}}, "không có giá trị “codee”"),
        ({"each": {"of": "parts", "blocks": [{"heading": "{code}"}]}}, "không có giá trị “code”"),
        ({"signatures": {"cells": [{"lines": ["A"], "name": "ai.do"}]}}, "không có giá trị “ai.do”"),
        ({"ticks": {"of": "registration.kind", "options": {}}}, "phải là các khóa và chữ của từng ô"),
        ({"qr": {"address": "{dia.chi}"}}, "không có giá trị “dia.chi”"),
        ({"group": {"when": "khong_co", "blocks": [{"bold": "A"}]}}, "không có giá trị “khong_co”"),
        ("chữ", "mỗi khối là đúng một khóa"),
        ({"bold": "A", "italic": "B"}, "mỗi khối là đúng một khóa"),
    ],
)
def test_a_block_that_cannot_be_printed_is_refused(tmp_path, block, words):
    assert any(words in problem for problem in problems(tmp_path, block))


def test_columns_of_nested_tables_are_known(tmp_path):
    inner = {"each": {"of": "criteria", "blocks": [{"heading": "{code} {name} của phần {part}, {subject.name}"}]}}
    assert problems(tmp_path, {"each": {"of": "parts", "blocks": [inner]}}) == []


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"form": "mau-09"}, "không có biểu mẫu “mau-09” trong forms"),
        ({"form": "mau-09"}, "ghi “mau-09”, tên tệp là “mau-01”"),
        ({"filled_by": "ai đó"}, "không thuộc"),
        ({"blocks": []}, "danh sách không được rỗng"),
        ({"mau": "đỏ"}, "khóa lạ"),
    ],
)
def test_a_head_that_does_not_fit_is_refused(tmp_path, keys, words):
    assert any(words in problem for problem in problems(tmp_path, {"bold": "A"}, **keys))


def test_taking_over_what_is_not_there_is_refused(tmp_path):
    folder = tmp_path / "thu" / "forms"
    folder.mkdir(parents=True)
    told = "schema: 1\nform: mau-01\npart_of: [dossier]\nsame_as: qd-khac\n"
    (folder / "mau-01.yaml").write_text(told, encoding="utf-8")
    [problem] = check_layouts(tmp_path / "thu", REGIME)
    assert "không có mẫu “mau-01” ở quy định “qd-khac”" in problem.message


# ── filling ─────────────────────────────────────────────────────────────────────────────────


def test_a_field_takes_its_value_its_further_lines_or_its_blank():
    field = {"label": "Sản phẩm", "value": "product.name", "more": ["Quy cách: {answer.packing}"], "blank": "……/26"}
    values = {"product.name": "Mỳ", "answer.packing": "500 g"}
    for given, printed in ((values, "Mỳ\nQuy cách: 500 g"), ({"product.name": "Mỳ"}, "Mỳ"), ({}, "……/26")):
        [block] = fill(layout({"field": field}), given).blocks
        assert isinstance(block, Fields)
        assert block.items[0].value == printed


def test_empty_places_inside_sentences_are_dots():
    [block] = fill(layout({"paragraph": "Của {subject.name} năm {batch.year}"}), {"batch.year": "2026"}).blocks
    assert block == Text(text="Của ……… năm 2026", style="body")


def test_a_number_that_is_awaited_keeps_room_in_front():
    [block] = fill(layout({"paragraph": "số {report.number}."}), {"report.number": "/BC-UBND"}).blocks
    assert block == Text(text="số ………/BC-UBND.", style="body")


@pytest.mark.parametrize(
    ("value", "chosen"), [("upgrade", [False, True]), (["new", "upgrade"], [True, True]), (None, [False, False])]
)
def test_ticks_follow_one_or_several_codes(value, chosen):
    ticks = {"of": "registration.kind", "options": {"new": "Lần đầu", "upgrade": "Nâng hạng"}}
    [block] = fill(layout({"ticks": ticks}), {"registration.kind": value}).blocks
    assert isinstance(block, Ticks)
    assert [option.chosen for option in block.options] == chosen


def test_rows_are_walked_through_with_the_values_around_them():
    named = {"group": {"when": "name", "blocks": [{"bold": "{name} {batch.year}"}]}}
    blocks = [
        {"each": {"of": "parts", "blocks": [{"heading": "{part}"}, named]}},
        {"table": {"of": "evidence", "columns": [{"head": "Năm {batch.year}", "value": "{title}"}]}},
    ]
    values = {
        "parts": [{"part": "A", "name": "Tên"}, {"part": "B", "name": ""}],
        "batch.year": "2026",
        "evidence": [{"title": "Giấy"}],
    }
    *texts, table = fill(layout(*blocks), values).blocks
    assert [block.text for block in texts] == ["A", "Tên 2026", "B"]
    assert isinstance(table, Table)
    assert (table.head, table.rows) == (("Năm 2026",), (("Giấy",),))


def test_a_signature_is_dated_only_where_the_form_dates_it():
    cells = [{"lines": ["Đại diện"], "signed_on": "submission.on"}, {"lines": ["Cơ quan"]}]
    [block] = fill(layout({"signatures": {"cells": cells}}), {}).blocks
    assert isinstance(block, Signatures)
    assert [cell.dated for cell in block.cells] == [True, False]


# ── what is missing ─────────────────────────────────────────────────────────────────────────


def test_missing_names_come_in_the_order_of_the_form_and_once():
    told = layout(
        {"field": {"label": "A", "value": "answer.history"}},
        {"fields": [{"label": "B", "value": "subject.email"}, {"label": "C", "value": "subject.phone"}]},
        {"field": {"label": "D", "value": "slip.commune.number"}},
        {"tick": {"label": "E", "value": "answer.has_declaration"}},
        {"field": {"label": "F", "value": "answer.history", "more": ["{answer.packing}"]}},
        {"group": {"when": "changes", "blocks": [{"field": {"label": "G", "value": "answer.market_now"}}]}},
        {"table": {"of": "evidence", "columns": [{"head": "H", "value": "{title}"}]}},
    )
    assert missing(told, {}) == [
        "answer.history", "subject.phone", "answer.has_declaration", "answer.packing", "evidence",
    ]  # fmt: skip
    assert missing(told, {"answer.has_declaration": False, "evidence": [{}], "changes": [{}]}) == [
        "answer.history", "subject.phone", "answer.packing", "answer.market_now",
    ]  # fmt: skip


def test_a_layout_knows_what_it_shows():
    assert asks_for(layout_of("qd26-2026", "mau-02"), "total.points")
    assert not asks_for(layout_of("qd26-2026", "mau-01"), "total.points")
