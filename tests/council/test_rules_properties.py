"""What holds for all sheets: a second, plain reading of the law agrees; the result never moves the wrong way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ocop.council.rules import (
    MINIMUMS_ON,
    Bylaws,
    Evaluation,
    Finding,
    SheetOfMember,
    aggregate,
    classify,
    evaluate,
    shown,
)
from ocop.regime.rulebook import read_regime
from ocop.regime.rules import Regime
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import CriteriaSet, minimums, part_totals, points_of, total_of

quick = settings(max_examples=80, deadline=None)
SETS = [
    ("qd26-2026", 6),
    ("qd26-2026", 16),
    ("qd26-2026", 26),
    ("qd148-2023", 6),
    ("qd148-2023", 21),
    ("qd1048-2019", 1),
]


@dataclass(frozen=True)
class Drawn:
    """A case that hypothesis drew."""

    regime: Regime
    criteria_set: CriteriaSet
    level: str
    council_size: int
    bylaws: Bylaws
    sheets: Sequence[SheetOfMember]
    findings: Sequence[Finding]

    def result(self) -> Evaluation:
        """Its result."""
        return evaluate(
            self.regime, self.criteria_set, self.level, self.council_size, self.bylaws, self.sheets, self.findings
        )


def _choices(criteria_set: CriteriaSet, dice: bytes, kindness: int) -> dict[str, int | None]:
    """A byte decides each tick; of a kind member's bytes most give the best option."""
    choices: dict[str, int | None] = {}
    for criterion, fall in zip(criteria_set.criteria.values(), dice, strict=False):
        count = len(criterion.options)
        if fall < kindness:
            choices[criterion.code] = count
        elif fall % (count + 2):
            choices[criterion.code] = fall % (count + 2) if fall % (count + 2) <= count else None
    return choices


@st.composite
def cases(draw: st.DrawFn, *, least_sheets: int = 0) -> Drawn:
    """Councils of up to nine, of all moods, under all kinds of bylaws."""
    code, number = draw(st.sampled_from(SETS))
    regime, criteria_set = read_regime(code), read_set(code, number)
    count = draw(st.integers(least_sheets, 9))
    kindness = draw(st.sampled_from([0, 128, 200, 235, 250]))
    seats = len(criteria_set.criteria)
    sheets = [
        SheetOfMember(
            f"m{place}", place == 1, _choices(criteria_set, draw(st.binary(min_size=seats, max_size=seats)), kindness)
        )
        for place in range(1, count + 1)
    ]
    bylaws = Bylaws(
        quorum=draw(st.sampled_from([Fraction(3, 4), Fraction(2, 3), Fraction(1)])),
        chair_must_vote=draw(st.booleans()),
        spread_limit=Fraction(draw(st.sampled_from([10, 15, 100]))),
        round_mean_to=draw(st.sampled_from([None, None, 0, 1, 2])),
        minimums_on=draw(st.sampled_from(MINIMUMS_ON)),
    )
    findings = draw(st.sampled_from([(), (), (), (Finding(next(iter(criteria_set.criteria)), "lý do"),)]))
    level = draw(st.sampled_from([level.code for level in regime.levels]))
    return Drawn(regime, criteria_set, level, max(1, count + draw(st.integers(0, 2))), bylaws, sheets, findings)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Rounding written in another way than the program's."""
    scaled = value * 10**decimals
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole + (scaled - whole >= Fraction(1, 2)), 10**decimals)


def for_the_eye(value: Fraction) -> str:
    """Two decimals, half-up."""
    return f"{float(half_up(value, 2)):.2f}"


def plain_reading(case: Drawn) -> dict[str, object]:
    """The result once more, straight from the words of docs/rules/result.md, without the words themselves."""
    the_set, bylaws, n = case.criteria_set, case.bylaws, len(case.sheets)
    points = [points_of(the_set, sheet.choices) for sheet in case.sheets]
    totals = [total_of(the_set, sheet.choices) for sheet in case.sheets]
    spread = max(totals) - min(totals) if totals else 0
    refused = []
    if Fraction(n) < bylaws.quorum * case.council_size:
        refused.append("quorum")
    if bylaws.chair_must_vote and not any(sheet.chair for sheet in case.sheets):
        refused.append("chair")
    if spread > bylaws.spread_limit:
        refused.append("spread")
    knocked = [finding.criterion for finding in case.findings]
    for code, criterion in the_set.criteria.items():
        if criterion.gating_rule == "zero_points_stops_evaluation" and sum(p[code] == 0 for p in points) > Fraction(
            n, 2
        ):
            knocked.append(code)
    told: dict[str, object] = {
        "regime": case.regime.code,
        "set": the_set.set_no,
        "level": case.level,
        "sheets": [
            {"member": s.member, "total": t, "parts": part_totals(the_set, s.choices)}
            for s, t in zip(case.sheets, totals, strict=True)
        ],
        "mean_exact": None, "mean": None, "parts": None, "spread": spread, "refusals": refused,
        "star_by_points": None, "star": None, "missed_minimums": [], "outcome": "not_final",
        "decided_by": None, "forward_to": None,
    }  # fmt: skip
    if n:
        exact_mean = Fraction(sum(totals), n)
        by_part = [part_totals(the_set, sheet.choices) for sheet in case.sheets]
        told["mean_exact"], told["mean"] = str(exact_mean), for_the_eye(exact_mean)
        told["parts"] = {
            part.code: for_the_eye(Fraction(sum(one[part.code] for one in by_part), n)) for part in the_set.parts
        }
    if not refused:
        mean = exact_mean if bylaws.round_mean_to is None else half_up(exact_mean, bylaws.round_mean_to)
        by_points = next(star for star, least in ((5, 90), (4, 70), (3, 50), (2, 30), (1, 0)) if mean >= least)
        told["star_by_points"] = by_points
        if knocked:
            told["outcome"] = "rejected"
        else:
            missed: dict[int, list[dict[str, object]]] = {star: [] for star in range(1, by_points + 1)}
            for star, misses in missed.items():
                for code, needs in (minimums(the_set, star) if star >= 3 else {}).items():
                    column = [p[code] for p in points]
                    reached = sum(one >= needs for one in column)
                    held = {
                        "mean": Fraction(sum(column), n) >= needs,
                        "majority": reached > n / 2,
                        "all": reached == n,
                    }[bylaws.minimums_on]
                    has = for_the_eye(Fraction(sum(column), n)) if bylaws.minimums_on == "mean" else reached
                    if not held:
                        misses.append({"star": star, "criterion": code, "needs": needs, "has": has})
            star = max(star for star in missed if not missed[star])
            told["star"] = star
            told["missed_minimums"] = [one for above in range(star + 1, by_points + 1) for one in missed[above]]
            levels = {
                "qd26-2026": {"province": ((3, 4), 90, "centre"), "centre": ((5,), 999, None)},
                "qd148-2023": {
                    "district": ((3,), 70, "province"), "province": ((4,), 90, "centre"), "centre": ((5,), 999, None),
                },
                "qd1048-2019": {
                    "district": ((), 50, "province"), "province": ((3, 4), 90, "centre"), "centre": ((5,), 999, None),
                },
            }[case.regime.code]  # fmt: skip
            recognises, threshold, above = levels[case.level]
            if mean >= threshold:
                told["outcome"], told["forward_to"] = "forward", above
            elif star >= 3:
                told["outcome"] = "recognise" if star in recognises else "return"
                told["decided_by"] = next(code for code, (stars, _, _) in levels.items() if star in stars)
            else:
                told["outcome"] = "no_certificate"
    return told | {"knock_outs": knocked}


@settings(max_examples=300, deadline=None)
@given(cases())
def test_a_plain_reading_of_the_law_gives_the_same_result(case):
    found = case.result().as_json()
    found["knock_outs"] = [one["criterion"] for one in found["knock_outs"]]
    del found["trace"]
    assert found == plain_reading(case)


@quick
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_makes_no_difference(case, shuffler: random.Random):
    sheets = list(case.sheets)
    shuffler.shuffle(sheets)
    one, other = case.result().as_json(), replace(case, sheets=sheets).result().as_json()
    by_member = lambda row: row["member"]  # noqa: E731
    assert sorted(one.pop("sheets"), key=by_member) == sorted(other.pop("sheets"), key=by_member)
    assert one == other


@quick
@given(cases(least_sheets=1))
def test_totals_are_the_sums_of_their_parts(case):
    found = case.result()
    assert all(sheet.total == sum(sheet.parts.values()) for sheet in found.sheets)
    assert (
        found.mean
        == sum(found.parts.values())
        == Fraction(sum(sheet.total for sheet in found.sheets), len(found.sheets))
    )
    assert found.as_json()["mean"] == shown(found.mean)
    assert min(s.total for s in found.sheets) <= found.mean <= max(s.total for s in found.sheets)


@quick
@given(cases(least_sheets=1), st.data())
def test_a_better_tick_on_one_sheet_never_lowers_mean_or_star(case, data):
    place = data.draw(st.integers(0, len(case.sheets) - 1))
    criterion = data.draw(st.sampled_from(list(case.criteria_set.criteria.values())))
    sheet = case.sheets[place]
    now = points_of(case.criteria_set, sheet.choices)[criterion.code]
    better = [number for number, option in enumerate(criterion.options, 1) if option.points > now]
    assume(better)
    raised = replace(sheet, choices={**sheet.choices, criterion.code: data.draw(st.sampled_from(better))})
    sheets = [*case.sheets[:place], raised, *case.sheets[place + 1 :]]
    before = classify(case.regime, case.criteria_set, case.bylaws, aggregate(case.criteria_set, case.sheets))
    after = classify(case.regime, case.criteria_set, case.bylaws, aggregate(case.criteria_set, sheets))
    assert after.mean >= before.mean
    assert after.by_points >= before.by_points
    assert after.star >= before.star


@quick
@given(cases(least_sheets=1))
def test_the_star_holds_its_minimums_and_each_star_above_it_misses_one(case):
    tally = aggregate(case.criteria_set, case.sheets)
    stars = classify(case.regime, case.criteria_set, case.bylaws, tally)
    assert 1 <= stars.star <= stars.by_points <= 5
    assert {one.star for one in stars.missed} == set(range(stars.star + 1, stars.by_points + 1))
    listed = {}
    for one in stars.missed:
        listed.setdefault(one.star, set()).add(one.criterion)
    for lower, higher in zip(sorted(listed), sorted(listed)[1:], strict=False):
        assert listed[lower] <= listed[higher]  # what a star misses, the stars above it miss too


@quick
@given(cases(least_sheets=1))
def test_stricter_ways_of_holding_the_minimums_never_give_a_higher_star(case):
    tally = aggregate(case.criteria_set, case.sheets)
    star = {
        way: classify(case.regime, case.criteria_set, replace(case.bylaws, minimums_on=way), tally).star
        for way in MINIMUMS_ON
    }
    assert star["all"] <= star["majority"]
    assert star["all"] <= star["mean"]


@quick
@given(cases())
def test_each_key_is_null_or_empty_when_the_specification_says_so(case):
    found = case.result().as_json()
    assert (found["outcome"] == "not_final") is bool(found["refusals"])
    assert (found["star"] is None) is (found["outcome"] in ("not_final", "rejected"))
    assert (found["star_by_points"] is None) is (found["outcome"] == "not_final")
    assert (found["decided_by"] is not None) is (found["outcome"] in ("recognise", "return"))
    assert (found["forward_to"] is not None) is (found["outcome"] == "forward")
    assert found["star"] is not None or found["missed_minimums"] == []
    assert found["trace"][-1].startswith("Kết luận: ")
    assert all(s.endswith(".") for s in found["trace"])


@quick
@given(cases())
def test_the_same_case_gives_the_same_result_to_the_last_word(case):
    assert case.result() == replace(case).result()
