"""Cheapest first, minimums before everything: against brute force, at the bands and at the minimums."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from ocop.coaching.queries import shipped
from ocop.coaching.rules import (
    Advice,
    Backing,
    Raise,
    advice_for,
    cannot_be_raised,
    cheapest,
    last_step,
    missing_words,
    money_of,
    overclaims,
    way_to,
    weight_of,
)
from ocop.regime.rulebook import read_regime
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import CriteriaSet, Need, minimums, missed, total_of
from tests.factories import places_for
from tests.factories.coaching import criterion, ladder, rung

REGIME, SET = read_regime("qd26-2026"), read_set("qd26-2026", 6)
LEAST = {band.star: band.least for band in REGIME.bands}


def way(choices, star, advices=(), backings=None, criteria_set: CriteriaSet = SET):
    return way_to(
        star, regime=REGIME, criteria_set=criteria_set, choices=choices, advices=list(advices), backings=backings or {}
    )


def brute_force(ladders, need):
    best = None
    for taken in product(*([*([] if each.must else [None]), *each.raises] for each in ladders)):
        steps = [step for step in taken if step is not None]
        if sum(step.gain for step in steps) >= need and (best is None or weight_of(steps) < best):
            best = weight_of(steps)
    return best


@pytest.mark.parametrize("seed", range(150))
def test_nothing_is_cheaper_than_the_way_found(seed):
    chance = random.Random(seed)
    ladders = [
        ladder(
            f"{number}",
            *(
                (
                    gain,
                    chance.choice([None, 0, 1, 2, 5, 5, 10]),
                    chance.choice([None, 0, 7, 30, 90]),
                )
                for gain in sorted(chance.sample(range(1, 6), chance.randint(1, 3)))
            ),
            must=chance.random() < 0.2,
        )
        for number in range(chance.randint(1, 6))
    ]
    need = chance.randint(-1, 14)
    found, best = cheapest(ladders, need), brute_force(ladders, need)
    assert (found is None) == (best is None)
    if found is not None:
        assert weight_of(found) == best
        assert sum(step.gain for step in found) >= need
        assert len({step.criterion.code for step in found}) == len(found)


def test_a_known_price_goes_before_an_unknown_one_and_nothing_needless_is_bought():
    assert [step.own for step in cheapest([ladder("a", (2, None, None)), ladder("b", (2, 900, 10))], 2)] == [900]
    assert cheapest([ladder("a", (2, 0, 0)), ladder("b", (2, 0, 0))], 2) is not None
    assert len(cheapest([ladder("a", (2, 0, 0)), ladder("b", (2, 0, 0))], 2)) == 1
    assert cheapest([ladder("a", (2, 5, 1))], 0) == ()


def test_at_the_same_price_the_shorter_time_wins():
    found = cheapest([ladder("a", (1, 5, 90)), ladder("b", (1, 5, 10))], 1)
    assert [step.days for step in found] == [10]


def test_a_must_is_taken_even_without_points_missing():
    found = cheapest([ladder("a", (1, 50, 5), must=True), ladder("b", (1, 1, 1))], 0)
    assert [step.criterion.code for step in found] == ["a"]
    assert cheapest([ladder("a", must=True)], 0) is None


def test_out_of_reach_is_said():
    assert cheapest([ladder("a", (2, 1, 1))], 3) is None


@pytest.mark.parametrize("star", [2, 3, 4, 5])
@pytest.mark.parametrize("short", [0, 1, 5])
def test_points_missing_are_counted_to_the_band(star, short):
    found = way(places_for(SET, LEAST[star] - short), star)
    assert found.missing == short
    assert found.reached
    assert found.after >= LEAST[star]


@pytest.mark.parametrize("star", [3, 4, 5])
def test_every_minimum_of_the_star_is_met_at_the_end_of_the_way(star):
    choices = {**places_for(SET, LEAST[star]), **dict.fromkeys(minimums(SET, star), 1)}
    found = way(choices, star)
    ended = {**choices, **{step.criterion.code: step.to_place for step in found.steps}}
    assert missed(SET, choices, star)
    assert not missed(SET, ended, star)
    assert total_of(SET, ended) == found.after >= LEAST[star]
    assert {step.criterion.code for step in found.forced} == set(found.below)


def test_minimums_stand_before_cheaper_points():
    below = next(iter(minimums(SET, 4)))
    choices = {**places_for(SET, 66), below: 1}
    cheap = Advice(code="x", name="Rẻ", criteria=("Nhãn",), cost_low=0, cost_high=0, days=0)
    found = way(choices, 4, [cheap])
    assert below in {step.criterion.code for step in found.forced}
    assert below not in {step.criterion.code for step in found.others}


def test_a_minimum_that_nothing_lifts_is_named():
    below = next(iter(minimums(SET, 4)))
    fixed = Advice(code="x", name="x", criteria=(SET.criteria[below].name,), fixed=True)
    found = way({**places_for(SET, 66), below: 1}, 4, [fixed])
    assert not found.reached
    assert below in {each.code for each in found.blocked}
    assert found.others == ()


def test_a_total_out_of_reach_is_said_with_the_greatest_one():
    fixed = Advice(code="x", name="x", criteria=tuple(each.name for each in SET.criteria.values()), fixed=True)
    free_of_minimums = {code: len(each.options) for code, each in SET.criteria.items() if code in minimums(SET, 5)}
    choices = {**dict.fromkeys(SET.criteria, 1), **free_of_minimums}
    found = way(choices, 5, [fixed])
    assert not found.reached
    assert not found.blocked
    assert found.most == total_of(SET, choices) < found.least


def test_what_figures_hold_already_costs_nothing_and_goes_first():
    choices = {**places_for(SET, 60), "3.3": 1}
    found = way(choices, 4, backings={"3.3": Backing(holds=3, words="52/52", unproven=("Danh sách lao động",))})
    assert [(step.criterion.code, step.to_place, step.own, step.days) for step in found.free] == [("3.3", 3, 0, 0)]
    assert found.free[0].lacking == ("Danh sách lao động",)
    assert found.missing == 10 + total_of(SET, places_for(SET, 60)) - total_of(SET, choices)


def test_figures_below_the_claim_are_told():
    choices = {**places_for(SET, 60), "3.3": 3}
    told = overclaims(SET, choices, {"3.3": Backing(ceiling=2, words="nhiều nhất mức 2"), "1.1": Backing()})
    assert [(claim.criterion.code, claim.words) for claim in told] == [("3.3", "nhiều nhất mức 2")]
    assert overclaims(SET, {**choices, "3.3": 2}, {"3.3": Backing(ceiling=2)}) == []


def test_a_step_never_crosses_into_the_options_of_another_case():
    mixed = read_set("qd26-2026", 26)
    one = next(each for each in mixed.criteria.values() if len({option.case for option in each.options}) > 1)
    choices = {**places_for(mixed, 40), one.code: 1}
    for star in (3, 4):
        for step in way(choices, star, criteria_set=mixed).steps:
            if step.criterion.code == one.code:
                assert one.options[step.to_place - 1].case == one.options[0].case


def test_an_office_goes_before_the_shipped_a_paper_before_a_name():
    named = Advice(code="a", name="a", criteria=("bao bi",), cost_low=1, cost_high=1)
    office = Advice(code="b", name="b", criteria=("Bao bì",), cost_low=9, cost_high=9, unit="Thành phố")
    paper = Advice(code="c", name="c", papers=("barcode",))
    asked = {"criterion": "Đóng gói, bao bì sản phẩm", "option": "Có mã vạch"}
    assert advice_for([named], **asked) is named
    assert advice_for([named, office], **asked) is office
    assert advice_for([named, office, paper], **asked, papers={"barcode"}) is paper
    only_for = Advice(code="d", name="d", criteria=("bao bì",), option=("xuất khẩu",))
    assert advice_for([only_for], **asked) is None
    assert advice_for([named, only_for], criterion=asked["criterion"], option="Đã xuất khẩu") is only_for
    assert advice_for([], **asked) is None


def test_a_step_is_not_offered_for_an_option_beyond_it():
    paper = Advice(code="a", name="a", criteria=("Công bố",), option=("-quốc tế",), papers=("product_declaration",))
    asked = {"criterion": "CÔNG BỐ CHẤT LƯỢNG SẢN PHẨM", "papers": {"product_declaration"}}
    assert advice_for([paper], option="Có công bố chất lượng sản phẩm theo quy định", **asked) is paper
    assert advice_for([paper], option="Có công bố và áp dụng các tiêu chuẩn quốc tế", **asked) is None


def test_the_shipped_declaration_brings_no_international_standard():
    for number in range(1, 27):
        for each in read_set("qd26-2026", number).criteria.values():
            for option in each.options:
                found = advice_for(list(shipped().values()), criterion=each.name, option=option.label)
                if "quốc tế" in option.label.lower():
                    assert found is None or not found.is_priced, (each.code, option.label)


def test_a_paper_changes_no_figure():
    paper = Advice(code="a", name="a", criteria=("nguyên liệu",), papers=("material_origin",), cost_low=0, cost_high=1)
    asked = {"criterion": "Nguồn nguyên liệu", "option": "Trong tỉnh từ 75 %", "papers": {"material_origin"}}
    assert advice_for([paper], **asked) is paper
    assert advice_for([paper], **asked, figure=True) is None
    buys = Advice(code="b", name="b", criteria=("nguyên liệu",), option=("75 %",))
    assert advice_for([paper, buys], **asked, figure=True) is buys


def test_a_figure_too_low_is_raised_with_no_estimate_and_says_where_it_stands():
    code = next(each for each in SET.criteria if SET.criteria[each].name.startswith("Nguồn nguyên liệu"))
    need = Need("nguyên liệu trong tỉnh từ 75 % trở lên", facts=("source_province",), figure=True, now="60 %")
    choices = {each: len(SET.criteria[each].options) for each in SET.criteria}
    for each in choices.keys() - {code} - minimums(SET, 5).keys():
        while choices[each] > 1 and total_of(SET, choices | {each: choices[each] - 1}) >= LEAST[5]:
            choices[each] -= 1
    others = Advice(
        code="x", name="x", criteria=tuple(SET.criteria[each].name for each in choices if each != code), fixed=True
    )
    backings = {code: Backing(needs=lambda place: (need,))}
    (step,) = way({**choices, code: 1}, 5, [*shipped().values(), others], backings).steps
    assert (step.criterion.code, step.advice, step.is_priced) == (code, None, False)
    assert step.lacking == ("nguyên liệu trong tỉnh từ 75 % trở lên (hiện 60 %)",)


def test_who_may_never_be_raised():
    fixed = Advice(code="a", name="a", criteria=("dai dien phap luat",), fixed=True)
    assert cannot_be_raised([fixed], "Đại diện pháp luật của chủ thể là nữ")
    assert not cannot_be_raised([fixed], "Câu chuyện")
    assert advice_for([fixed], criterion="Đại diện pháp luật", option="") is None


@pytest.mark.parametrize(
    ("percent", "cap", "own", "paid"),
    [(0, None, 1_000_001, 0), (50, None, 500_001, 500_000), (50, 300_000, 700_001, 300_000), (100, None, 0, 1_000_001)],
)
def test_support_pays_a_share_up_to_its_cap(percent, cap, own, paid):
    advice = Advice(
        code="a", name="a", cost_low=1_000_001, cost_high=1_000_001, support_percent=percent, support_cap=cap
    )
    assert (advice.own_high, advice.own_low, advice.paid) == (own, own, paid)


def test_a_step_that_serves_two_criteria_is_paid_once_and_an_unknown_cost_is_no_zero():
    shared = Advice(code="haccp", name="HACCP", cost_low=10, cost_high=20)
    steps = [Raise(criterion(code, 0, 1), 1, 2, shared) for code in ("a", "b")]
    total = money_of([*steps, rung("c", 1)])
    assert (total.own_low, total.own_high, total.unknown) == (10, 20, 1)


def test_the_last_day_is_that_of_the_longest_step():
    start = date(2026, 10, 5)
    assert last_step([rung("a", 1, 0, 3), rung("b", 1, 0, 30)], start) == date(2026, 11, 4)
    assert last_step([rung("a", 1, 0, None)], start) is None
    assert last_step([], start) == start


def test_how_far_in_words():
    below = next(iter(minimums(SET, 4)))
    found = way({**places_for(SET, 60), below: 1}, 4)
    assert missing_words(found).startswith(f"Còn {found.missing} điểm và ")
    assert missing_words(found).endswith("nữa là 4 sao.")
    top = {code: len(each.options) for code, each in SET.criteria.items()}
    assert missing_words(way(top, 4)) == "Tự đánh giá đã đủ điểm và đủ mức tối thiểu của 4 sao."


def test_what_an_option_lacks_stands_at_the_step():
    needs = {2: (Need("có Kế hoạch kiểm soát", papers=("quality_control_plan",)),)}
    paper = Advice(code="plan", name="Viết kế hoạch", papers=("quality_control_plan",), cost_low=0, cost_high=5, days=9)
    top = {code: len(each.options) for code, each in SET.criteria.items()}
    found = way({**top, "10": 1, "1.1": 1}, 5, [paper], {"10": Backing(needs=lambda place: needs.get(place, ()))})
    lacking = [step for step in found.steps if step.criterion.code == "10" and step.to_place == 2]
    assert all(step.advice is paper and step.lacking == ("có Kế hoạch kiểm soát",) for step in lacking)


@pytest.mark.parametrize("regime", ["qd148-2023", "qd26-2026"])
@pytest.mark.parametrize("set_no", range(1, 27))
def test_on_every_set_the_way_ends_at_the_star_or_says_why_not(regime, set_no):
    law, criteria_set = read_regime(regime), read_set(regime, set_no)
    advices = list(shipped().values())
    for total in (25, 49, 69, 88):
        choices = places_for(criteria_set, total)
        for star in (3, 4, 5):
            found = way_to(star, regime=law, criteria_set=criteria_set, choices=choices, advices=advices, backings={})
            if not found.reached:
                assert found.blocked or found.most < found.least
                assert not found.others
                continue
            ended = {**choices, **{step.criterion.code: step.to_place for step in found.steps}}
            assert law.star_by_points(Fraction(total_of(criteria_set, ended))) >= star
            assert not missed(criteria_set, ended, star)
            assert all(not cannot_be_raised(advices, step.criterion.name) for step in found.steps)
