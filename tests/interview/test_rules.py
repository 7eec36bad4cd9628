"""Reading answers as people type them, and what a card still asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from ocop.interview.book import read_catalogue
from ocop.interview.queries import catalogue
from ocop.interview.rules import (
    AnswerRefused,
    Scene,
    given,
    key_of,
    merged_history,
    read,
    typed_as,
    view_of,
    words_of,
    year_of,
)
from ocop.interview.states import CardState
from ocop.regime.forms import layouts_of, names_in
from ocop.rubric.queries import fact_catalogue
from tests.factories import MORNING

BOOK = catalogue()
Q = BOOK.questions


# The catalogue


def test_every_fact_of_the_rubric_is_asked_on_one_card() -> None:
    assert set(fact_catalogue()) <= set(Q)
    codes = [question.code for card in BOOK.cards for question in card.questions]
    assert len(codes) == len(set(codes))


def test_no_fact_is_left_for_the_card_of_the_rest() -> None:
    assert [question.code for card in BOOK.cards if card.code == "more" for question in card.questions] == []


def test_every_answer_that_a_form_shows_is_asked() -> None:
    layouts = [layout for regime in ("qd26-2026", "qd148-2023") for layout in layouts_of(regime).values()]
    shown = {name for layout in layouts for name in names_in(layout) if name.startswith("answer.")}
    assert len(shown) > 30
    assert [name for name in sorted(shown) if BOOK.of(name.removeprefix("answer.")) is None] == []


def test_a_fact_that_no_card_names_goes_to_the_rest() -> None:
    facts = dict(fact_catalogue())
    facts["new_fact"] = replace(facts["workers"], code="new_fact")
    (rest,) = [card for card in read_catalogue(facts).cards if card.code == "more"]
    assert [question.code for question in rest.questions] == ["new_fact"]


def test_a_question_is_plain_and_says_what_it_is_called_for_short() -> None:
    for question in Q.values():
        assert question.ask.endswith(("?", ".")), question.code
        assert question.about, question.code
        assert not question.about.endswith("."), question.code


def test_only_the_law_s_three_personal_questions_are_sensitive() -> None:
    assert {q.code for q in Q.values() if q.sensitive} == {"rep_sex", "rep_ethnicity", "rep_home_address"}


# Reading


@pytest.mark.parametrize(
    ("code", "typed", "kept"),
    [
        ("workers", " 52 ", 52),
        ("revenue", "1.614.000.000 đ", 1_614_000_000),
        ("profit", "-20.000.000", -20_000_000),
        ("local_capital", "73,5", "73,5"),
        ("established_on", "12/3/2021", "2021-03-12"),
        ("has_declaration", "yes", True),
        ("has_declaration", "no", False),
        ("rep_sex", "female", "female"),
        ("history", "  Bắt đầu\r\nnăm 1998.  ", "Bắt đầu\nnăm 1998."),
        ("ip_rights", ["design", "trademark"], ["trademark", "design"]),
        ("ip_rights", [], None),
        ("history", "   ", None),
        ("workers", "", None),
        ("plan_schedule", [{"work": "Mua lò sấy", "time": "Quý 1"}, {"work": " "}], None),
    ],
)
def test_an_answer_is_kept_exactly(code: str, typed: Any, kept: Any) -> None:
    if code == "plan_schedule":
        kept = [{"work": "Mua lò sấy", "time": "Quý 1", "who": ""}]
    assert read(Q[code], typed) == kept


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("local_capital", "120", "từ 0 đến 100"),
        ("revenue", "một tỷ sáu", "bằng chữ số"),
        ("revenue", "1.614.000,5", "không có phần lẻ"),
        ("workers", "-3", "nhỏ hơn 0"),
        ("established_on", "31/02/2021", "ngày có thật"),
        ("has_declaration", "có lẽ", "Có hoặc Không"),
        ("rep_sex", "khác", "trong danh sách"),
        ("ip_rights", ["trademark", "moon"], "trong danh sách"),
        ("ip_rights", ["trademark", "none"], "không chọn mục khác"),
        ("history", "a" * 5001, "nhiều nhất 5000"),
        ("packing", "a" * 301, "nhiều nhất 300"),
        ("plan_schedule", [{"work": "a" * 201}], "Dòng 1, cột “Việc”"),
        ("plan_schedule", [{"work": "a"}] * 31, "nhiều nhất 30"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_plain_words(code: str, typed: Any, said: str) -> None:
    with pytest.raises(AnswerRefused, match=said):
        read(Q[code], typed)


@pytest.mark.parametrize("code", ["workers", "revenue", "profit", "local_capital", "established_on", "legal_form"])
@pytest.mark.parametrize("typed", ["52", "-1.614.000", "73,5", "12/03/2021", "llc"])
def test_what_stands_in_a_field_is_read_back_as_the_same(code: str, typed: str) -> None:
    try:
        kept = read(Q[code], typed)
    except AnswerRefused:
        return
    assert read(Q[code], typed_as(Q[code], kept)) == kept


@pytest.mark.parametrize(
    ("code", "kept", "words"),
    [
        ("revenue", 1_614_000_000, "1.614.000.000 đồng"),
        ("established_on", "2021-03-12", "12/03/2021"),
        ("has_declaration", True, "Có"),
        ("rep_sex", "female", "Nữ"),
        ("ip_rights", ["trademark", "design"], "Nhãn hiệu; Kiểu dáng công nghiệp"),
        ("plan_schedule", [{"work": "Mua lò", "time": "", "who": "Ông Ba"}], "Mua lò · Ông Ba"),
        ("history", None, ""),
    ],
)
def test_an_answer_is_read_in_words(code: str, kept: Any, words: str) -> None:
    assert words_of(Q[code], kept) == words


# Years


def test_a_yearly_answer_belongs_to_the_year_it_speaks_of() -> None:
    assert [year_of(key, 2024) for key in Q["revenue"].keys] == [2023, 2022, 2021]
    assert key_of("revenue", 2023, 2024) == "revenue.last"
    assert key_of("revenue", 2023, 2025) == "revenue.before"
    assert key_of("revenue", 2019, 2024) is None
    assert key_of("workers", None, 2024) == "workers"


def test_only_keys_of_the_catalogue_name_a_question() -> None:
    assert BOOK.of("revenue.last") is Q["revenue"]
    assert BOOK.of("revenue") is None
    assert BOOK.of("workers.last") is None
    assert BOOK.of("nothing") is None


# What a card asks for


def card(code: str) -> Any:
    return next(card for card in BOOK.cards if card.code == code)


def test_a_card_asks_only_what_a_form_or_a_criterion_needs() -> None:
    scene = Scene(forms={"staff_structure": ("mau-02",)}, facts={"workers"})
    view = view_of(card("people"), BOOK, scene, {}, set())
    assert view.keys == ("workers", "staff_structure")
    assert view.state == CardState.EMPTY


def test_what_the_registration_says_is_not_asked() -> None:
    facts = {"legal_form"}
    assert view_of(card("business"), BOOK, Scene({}, facts, "company"), {}, set()).keys == ("legal_form",)
    assert view_of(card("business"), BOOK, Scene({}, facts, "household"), {}, set()).keys == ()
    assert given(Q["legal_form"], "household", ()) == "household"


def test_a_paper_of_the_wallet_answers_by_being_there() -> None:
    assert given(Q["has_food_safety"], "household", {"food_safety_certificate"}) is True
    assert given(Q["has_food_safety"], "household", {"invoice"}) is None


def test_a_question_for_goods_is_not_put_to_a_service() -> None:
    forms = {"sample_count": ("mau-01",)}
    assert view_of(card("product"), BOOK, Scene(forms, ()), {}, set()).keys == ("sample_count",)
    assert view_of(card("product"), BOOK, Scene(forms, (), goods=False), {}, set()).keys == ()


def test_a_question_that_hangs_on_another_waits_for_it() -> None:
    scene = Scene({}, {"origin_sign", "protected_sign"})

    def left(facts: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        view = view_of(card("rights"), BOOK, scene, facts, set(facts))
        return view.keys, view.open

    assert left({}) == (("origin_sign", "protected_sign"), ("origin_sign",))
    assert left({"origin_sign": True}) == (("origin_sign", "protected_sign"), ("protected_sign",))
    assert left({"origin_sign": False}) == (("origin_sign",), ())


def test_an_optional_question_is_never_missing() -> None:
    view = view_of(card("business"), BOOK, Scene({"website": ("mau-02",)}, ()), {}, set())
    assert (view.keys, view.open, view.state) == (("website",), (), CardState.DONE)


# History


@dataclass(frozen=True)
class Row:
    question: str
    who: int
    minute: int

    @property
    def at(self) -> Any:
        return MORNING + timedelta(minutes=self.minute)

    @property
    def thing(self) -> tuple[str, int | None, int | None]:
        return self.question, None, None


def test_what_one_person_typed_in_one_sitting_is_one_step() -> None:
    first, second, other, late = Row("a", 1, 0), Row("a", 1, 5), Row("a", 2, 6), Row("a", 2, 60)
    assert merged_history([first, second, other, late]) == [(second, None), (other, second), (late, other)]


def test_questions_have_histories_of_their_own() -> None:
    assert merged_history([Row("a", 1, 0), Row("b", 1, 1)]) == [(Row("a", 1, 0), None), (Row("b", 1, 1), None)]
