"""The book of kinds: read whole, and a mistake in it named with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.paperwork.kinds import kinds
from ocop.paperwork.rules import draft_number, number_at, number_refusal, parse_kinds

KIND = {"name": "Biên bản", "number": "{seq:02d}/BB", "fields": {"a": "A"}}


def book(**changes):
    return {"kinds": {"minutes": {**KIND, **changes}}}


def test_the_book_holds_every_kind_of_the_council_day():
    assert set(kinds()) >= {
        "invitation", "attendance", "score_sheet", "minutes", "council_report", "submission_letter", "draft_decision",
        "result_letter", "forwarding_letter", "handover", "advisory_report", "sample_receipt", "appeal_answer",
    }  # fmt: skip
    assert all(code == kind.code and "so_van_ban" in kind.names for code, kind in kinds().items())
    assert all(len(kind.code) <= 30 and len(number_at(kind.number, 9999)) <= 60 for kind in kinds().values())


def test_letters_about_one_product_or_person_do_not_show_their_title_to_everybody():
    shown = {code for code, kind in kinds().items() if kind.title_public}
    assert shown == {"attendance", "minutes", "council_report", "submission_letter"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "kinds.yaml: phải là"),
        ({}, "kinds: phải là"),
        (book(la=1), "kinds.minutes: không có mục la"),
        (book(name=""), r"kinds.minutes.name: phải là chữ"),
        (book(number="BB"), r"kinds.minutes.number: phải có \{seq\}"),
        (book(number="{seq:02d}"), r"kinds.minutes.number"),
        (book(number="{x}/BB"), r"kinds.minutes.number"),
        (book(title_public="yes"), r"kinds.minutes.title_public: phải là true"),
        (book(fields={"Tên": "x"}), r"kinds.minutes.fields.Tên: tên trường"),
        (book(fields={"a": ""}), r"kinds.minutes.fields.a: phải là chữ"),
        (book(groups={"g": {"label": "G", "fields": {}}}), r"kinds.minutes.groups.g.fields: nhóm dòng cần"),
        (book(groups={"g": {"label": "G", "fields": {"a": "A"}}}), r"kinds.minutes: tên a có hai lần"),
        (book(groups={"g": {"fields": {"b": "B"}}}), r"kinds.minutes.groups.g.label"),
        ({"kinds": {"Biên bản": KIND}}, r"kinds.Biên bản: mã loại"),
        ({"shared": {"a": "A"}, **book()}, r"tên a có hai lần"),
    ],
)
def test_a_mistake_is_named_with_its_place(content, words):
    with pytest.raises(ValueError, match=words):
        parse_kinds(content)


@pytest.mark.parametrize(("seq", "number"), [(1, "01/BB"), (9, "09/BB"), (10, "10/BB"), (123, "123/BB")])
def test_numbers_under_ten_have_their_zero(seq, number):
    assert number_at("{seq:02d}/BB", seq) == number


def test_a_draft_keeps_room_for_its_number():
    assert draft_number("{seq:02d}/BB-HĐ") == "/BB-HĐ"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_no_two_places_have_one_number(one, other):
    assert (number_at("{seq:02d}/BB", one) == number_at("{seq:02d}/BB", other)) == (one == other)


def test_an_empty_number_is_asked_for():
    assert number_refusal("", ()) == "Ghi số văn bản."
