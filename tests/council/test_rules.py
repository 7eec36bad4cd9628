"""The result step by step, as docs/rules/result.md tells it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ocop.council.rules import (
    Bylaws,
    Finding,
    SheetOfMember,
    aggregate,
    classify,
    evaluate,
    knock_outs,
    outcome,
    refusals,
    rounded,
    row_of,
    shown,
)
from ocop.regime.rulebook import read_regime
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import ChoiceRefused, minimums, part_totals, total_of
from tests.council.casebook import FREE, choices_of, evenly, result, sheets_of

SET_6 = read_set("qd26-2026", 6)
SET_16 = read_set("qd26-2026", 16)
SET_26 = read_set("qd26-2026", 26)

# 1. Totals ----------------------------------------------------------------------------------------------------------


def test_a_sheet_is_the_sum_of_its_ticks_and_no_tick_is_zero():
    choices = {"1.1": 3, "1.2": 1, "1.3": None, "4.1": 4, "9": 1}
    tally = aggregate(SET_6, [SheetOfMember("m1", True, choices)])
    (sheet,) = tally.sheets
    assert (sheet.total, dict(sheet.parts)) == (total_of(SET_6, choices), part_totals(SET_6, choices))
    assert sheet.parts["A"] == 3 + 0
    assert tally.mean == sheet.total


def test_every_option_of_every_set_counts_its_printed_points():
    for regime in ("qd26-2026", "qd148-2023", "qd1048-2019"):
        for number in range(1, 27):
            criteria_set = read_set(regime, number)
            if criteria_set.complete:
                for criterion in criteria_set.criteria.values():
                    for place, option in enumerate(criterion.options, 1):
                        (sheet,) = aggregate(criteria_set, sheets_of([{criterion.code: place}])).sheets
                        assert (sheet.total, sheet.parts[criterion.part]) == (option.points, option.points)


@pytest.mark.parametrize(
    "choices", [{"99": 1}, {"1.1": 0}, {"1.1": 9}, {"1.1": True}, {"1.1": "1"}, {"1.1": 1.0}, {"1.1": []}]
)
def test_a_choice_that_the_set_does_not_offer_is_refused(choices):
    with pytest.raises(ChoiceRefused):
        row_of(SET_6, choices)


def test_a_set_that_does_not_add_up_is_refused_for_scoring():
    with pytest.raises(ValueError, match="chưa đủ điểm"):
        aggregate(read_set("qd148-2023", 11), [])


# 2. May the council close? ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "council_size", "quorum", "refused"),
    [
        (6, 9, "3/4", True),  # 6.75 are needed
        (7, 9, "3/4", False),
        (6, 8, "3/4", False),  # exactly three quarters
        (5, 8, "3/4", True),
        (2, 3, "2/3", False),
        (9, 9, "1", False),
        (8, 9, "1", True),
        (1, 9, "1/9", False),
    ],
)
def test_quorum(sheets, council_size, quorum, refused):
    found = result([60] * sheets, council_size=council_size, bylaws=Bylaws(quorum=Fraction(quorum)))
    assert found.refusals == (("quorum",) if refused else ())
    assert (found.outcome == "not_final") is refused


@pytest.mark.parametrize(
    ("must", "voted", "refused"), [(True, True, ()), (True, False, ("chair",)), (False, False, ())]
)
def test_chair(must, voted, refused):
    sheets = [SheetOfMember("m1", voted, {}), SheetOfMember("m2", False, {})]
    assert refusals(Bylaws(chair_must_vote=must), 2, aggregate(SET_6, sheets)) == refused


@pytest.mark.parametrize(
    ("totals", "limit", "refused"),
    [([60, 70, 65], "10", ()), ([60, 71, 65], "10", ("spread",)), ([60, 70], "9.5", ("spread",)), ([60, 60], "0", ())],
)
def test_spread_blocks_only_when_greater_than_the_limit(totals, limit, refused):
    assert result(totals, bylaws=Bylaws(spread_limit=Fraction(limit))).refusals == refused


def test_all_refusals_are_listed_in_order_and_leave_no_star():
    sheets = [SheetOfMember("m1", False, choices_of(SET_6, 40)), SheetOfMember("m2", False, choices_of(SET_6, 90))]
    found = evaluate(read_regime("qd26-2026"), SET_6, "province", 9, Bylaws(), sheets, [Finding("1.1", "lý do")])
    assert found.refusals == ("quorum", "chair", "spread")
    assert (found.outcome, found.star_by_points, found.star, found.missed_minimums) == ("not_final", None, None, ())
    assert (found.decided_by, found.forward_to) == (None, None)
    assert (found.mean, found.spread) == (65, 50)  # what was counted stays to be seen
    assert found.knock_outs == (Finding("1.1", "lý do"),)
    assert "chưa đủ số phiếu chấm, thiếu phiếu chấm của Chủ tịch Hội đồng, điểm giữa các phiếu" in found.trace[-1]


def test_without_a_sheet_there_is_nothing_to_show():
    shown_ = result([], council_size=9).as_json()
    nothing = {"mean_exact": None, "mean": None, "parts": None, "star_by_points": None, "star": None, "spread": 0}
    assert shown_.items() >= nothing.items()
    assert shown_["sheets"] == []
    assert shown_["refusals"] == ["quorum", "chair"]
    assert shown_["outcome"] == "not_final"


# 3 and 4. Mean and band ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "points", "mean_exact", "mean", "star"),
    [
        (3, 0, "0", "0.00", 1),
        (3, 89, "89/3", "29.67", 1),
        (3, 90, "30", "30.00", 2),
        (3, 149, "149/3", "49.67", 2),
        (3, 150, "50", "50.00", 3),
        (3, 209, "209/3", "69.67", 3),
        (3, 210, "70", "70.00", 4),
        (3, 269, "269/3", "89.67", 4),
        (3, 270, "90", "90.00", 5),
        (3, 300, "100", "100.00", 5),
        (7, 0, "0", "0.00", 1),
        (7, 209, "209/7", "29.86", 1),
        (7, 210, "30", "30.00", 2),
        (7, 211, "211/7", "30.14", 2),
        (7, 349, "349/7", "49.86", 2),
        (7, 350, "50", "50.00", 3),
        (7, 489, "489/7", "69.86", 3),
        (7, 490, "70", "70.00", 4),
        (7, 629, "629/7", "89.86", 4),
        (7, 630, "90", "90.00", 5),
        (7, 700, "100", "100.00", 5),
        (9, 0, "0", "0.00", 1),
        (9, 269, "269/9", "29.89", 1),
        (9, 270, "30", "30.00", 2),
        (9, 271, "271/9", "30.11", 2),
        (9, 449, "449/9", "49.89", 2),
        (9, 450, "50", "50.00", 3),
        (9, 629, "629/9", "69.89", 3),
        (9, 630, "70", "70.00", 4),
        (9, 809, "809/9", "89.89", 4),
        (9, 810, "90", "90.00", 5),
        (9, 900, "100", "100.00", 5),
        (200, 17999, "17999/200", "90.00", 4),  # 89.995 looks like 90 but is not
    ],
)
@pytest.mark.parametrize("regime", ["qd26-2026", "qd148-2023", "qd1048-2019"])
def test_bands_are_half_open_on_the_exact_mean(regime, members, points, mean_exact, mean, star):
    found = result(evenly(points, members), regime=regime).as_json()
    assert (found["mean_exact"], found["mean"], found["star_by_points"]) == (mean_exact, mean, star)


@pytest.mark.parametrize(
    ("members", "points", "round_mean_to", "star"),
    [
        (9, 809, None, 4),
        (9, 809, 0, 5),  # 89.89 → 90
        (9, 809, 1, 4),  # 89.9
        (9, 809, 2, 4),  # 89.89
        (2, 179, 0, 5),  # 89.5 → 90, half-up
        (2, 139, 0, 4),  # 69.5 → 70
        (3, 268, 0, 4),  # 89.33 → 89
        (4, 199, 0, 3),  # 49.75 → 50
        (2, 59, 0, 2),  # 29.5 → 30
        (20, 1799, 1, 5),  # 89.95 → 90.0, half-up
        (20, 1799, None, 4),
        (25, 2248, 1, 4),  # 89.92 → 89.9
        (200, 17999, 2, 5),  # 89.995 → 90.00, half-up
        (200, 17998, 2, 4),  # 89.99
        (200, 13999, 2, 4),  # 69.995 → 70.00
        (200, 13999, 10, 3),
    ],
)
def test_rounding_comes_before_the_bands_and_only_when_the_bylaws_ask(members, points, round_mean_to, star):
    found = result(evenly(points, members), bylaws=Bylaws(round_mean_to=round_mean_to))
    assert found.star_by_points == star
    assert found.mean == Fraction(points, members)  # what is shown stays unrounded
    assert found.outcome == ("forward" if star == 5 else found.outcome)


@pytest.mark.parametrize(
    ("value", "text"),
    [("0", "0.00"), ("1/200", "0.01"), ("1/201", "0.00"), ("244/3", "81.33"), ("1/8", "0.13"), ("999/10", "99.90"),
     ("199999/2000", "100.00")],
)  # fmt: skip
def test_showing_is_half_up_to_two_decimals(value, text):
    assert shown(Fraction(value)) == text


def test_rounding_is_exact():
    assert rounded(Fraction(17999, 200), 2) == 90
    assert rounded(Fraction(17998, 200), 2) == Fraction(8999, 100)
    assert rounded(Fraction(5, 2), 0) == 3


def test_mean_of_parts():
    choices = [{"1.1": 3}, {"1.1": 3, "4.1": 1}, {"9": 3}]
    found = aggregate(SET_6, sheets_of(choices))
    assert found.parts is not None
    assert found.mean is not None
    assert sum(found.parts.values()) == found.mean


# 5. Minimums --------------------------------------------------------------------------------------------------------


def test_a_missed_minimum_costs_the_star_but_not_more():
    found = result([81, 81, 82], holds=3, misses={"2.3": 1})
    assert (found.star_by_points, found.star) == (4, 3)
    assert "2.3" in [missed.criterion for missed in found.missed_minimums]
    assert {missed.star for missed in found.missed_minimums} == {4}


def test_stars_one_and_two_have_no_minimums():
    found = result([45, 45, 45], holds=2, misses={"1.1": 0, "2.2": 0})
    assert (found.star_by_points, found.star, found.missed_minimums) == (2, 2, ())
    fallen = result([92, 92, 92], holds=2, misses={"1.1": 1})
    assert (fallen.star_by_points, fallen.star) == (5, 2)


def test_every_minimum_missed_is_listed_by_star_then_by_the_order_of_the_set_inherited_ones_too():
    found = result([90, 90, 90], misses={"9": 0, "1.1": 1, "7": 3})
    listed = [(missed.star, missed.criterion) for missed in found.missed_minimums]
    order = list(SET_6.criteria)
    assert listed == sorted(listed, key=lambda row: (row[0], order.index(row[1])))
    assert {(star, code) for star in (3, 4, 5) for code in ("1.1", "9")} <= set(listed)  # 3★ marks bind 4★ and 5★
    assert (5, "7") in listed
    assert (4, "7") not in listed
    assert found.star == 2


def test_a_higher_star_takes_the_largest_mark_at_or_below_it():
    assert minimums(SET_6, 4)["2.3"] == 3
    assert minimums(SET_6, 3)["2.3"] == 1
    assert minimums(SET_6, 5)["2.3"] == 3
    found = result([75, 75], misses={"2.3": 1}, holds=3)
    assert ("2.3", 3, 1) in [(one.criterion, one.needs, one.has) for one in found.missed_minimums]


def test_a_star_without_marks_of_its_own_inherits_all_of_those_below():
    assert minimums(SET_26, 5) == minimums(SET_26, 4) != {}
    found = result([92, 92, 92], set_no=26, level="centre", misses={"3.5": 0})
    assert (found.star_by_points, found.star, found.outcome) == (5, 2, "no_certificate")
    assert [(one.star, one.criterion) for one in found.missed_minimums] == [(3, "3.5"), (4, "3.5"), (5, "3.5")]


def _with_reached(reached: int, members: int, minimums_on: str):
    """`reached` of the members give criterion 9 its 3★ minimum, the others nothing; all other minimums of 3★ hold."""
    least = minimums(SET_6, 3)
    good = choices_of(SET_6, 65, least=least, fixed={"9": 1})
    poor = choices_of(SET_6, 65, least=least, fixed={"9": 0})
    sheets = sheets_of([good] * reached + [poor] * (members - reached))
    bylaws = Bylaws(minimums_on=minimums_on)
    return evaluate(read_regime("qd26-2026"), SET_6, "province", members, bylaws, sheets)


@pytest.mark.parametrize(
    ("minimums_on", "reached", "members", "star", "has"),
    [
        ("mean", 9, 9, 3, None),
        ("mean", 8, 9, 2, "0.89"),  # 8/9 of a point where 1 is needed
        ("majority", 5, 9, 3, None),
        ("majority", 4, 9, 2, 4),
        ("majority", 4, 8, 2, 4),  # half is not more than half
        ("majority", 5, 8, 3, None),
        ("majority", 1, 1, 3, None),
        ("all", 9, 9, 3, None),
        ("all", 8, 9, 2, 8),
        ("all", 0, 9, 2, 0),
    ],
)
def test_minimums_are_held_as_the_bylaws_say(minimums_on, reached, members, star, has):
    found = _with_reached(reached, members, minimums_on).as_json()
    assert (found["star_by_points"], found["star"]) == (3, star)
    missed = [] if has is None else [{"star": 3, "criterion": "9", "needs": 1, "has": has}]
    assert found["missed_minimums"] == missed


def test_the_mean_minimum_is_compared_exactly():
    """2.995 shows as 3.00 and still misses a minimum of 3."""
    least = minimums(SET_6, 3)
    good = choices_of(SET_6, 75, least=least, fixed={"2.3": 3})
    near = choices_of(SET_6, 75, least=least, fixed={"2.3": 2})
    found = evaluate(read_regime("qd26-2026"), SET_6, "province", 200, FREE, sheets_of([good] * 199 + [near])).as_json()
    assert {"star": 4, "criterion": "2.3", "needs": 3, "has": "3.00"} in found["missed_minimums"]


# 6. Knock-outs ------------------------------------------------------------------------------------------------------


def test_a_finding_of_the_council_rejects_the_product():
    finding = Finding("6.2", "Sản phẩm vi phạm sở hữu trí tuệ")
    found = result([92, 92, 92], holds=5, findings=[finding])
    assert (found.outcome, found.star_by_points, found.star) == ("rejected", 5, None)
    assert (found.decided_by, found.forward_to, found.missed_minimums) == (None, None, ())
    assert found.knock_outs == (finding,)
    assert any("Sản phẩm vi phạm sở hữu trí tuệ" in sentence for sentence in found.trace)


def _set_16(zeros: int, members: int, *, code: str = "6.1", ticked: bool = False):
    nothing = choices_of(SET_16, 60, fixed={code: 0})
    if not ticked:
        del nothing[code]
    something = choices_of(SET_16, 60, least={"6.1": 1, "6.2": 1, "6.3": 1, "6.4": 1})
    sheets = sheets_of([nothing] * zeros + [something] * (members - zeros))
    return evaluate(read_regime("qd26-2026"), SET_16, "province", members, FREE, sheets)


@pytest.mark.parametrize("ticked", [True, False])
@pytest.mark.parametrize(
    ("zeros", "members", "rejected"),
    [(4, 8, False), (5, 8, True), (4, 9, False), (5, 9, True), (0, 9, False), (1, 1, True)],
)
def test_zero_at_a_gated_criterion_on_more_than_half_of_the_sheets_rejects(zeros, members, rejected, ticked):
    """Set 16: "Nếu được 0 điểm tại một trong các chỉ tiêu trên, sẽ không đánh giá các bước tiếp theo"."""
    found = _set_16(zeros, members, ticked=ticked)
    assert (found.outcome == "rejected") is rejected
    assert [one.criterion for one in found.knock_outs if one.criterion == "6.1"] == (["6.1"] if rejected else [])


def test_zeros_at_different_gated_criteria_do_not_add_up():
    least = {"6.1": 1, "6.2": 1, "6.3": 1, "6.4": 1}
    one = choices_of(SET_16, 60, least=least, fixed={"6.1": 0})
    other = choices_of(SET_16, 60, least=least, fixed={"6.2": 0})
    tally = aggregate(SET_16, sheets_of([one, one, other, other]))
    assert knock_outs(SET_16, tally, []) == ()


def test_the_findings_of_the_council_come_first():
    tally = aggregate(SET_16, sheets_of([{}, {}]))
    finding = Finding("8", "Không có phiếu công bố")
    found = knock_outs(SET_16, tally, [finding])
    assert [one.criterion for one in found] == ["8", "6.1", "6.2", "6.3", "6.4"]
    assert "2/2 phiếu chấm 0 điểm" in found[1].reason


# 7. Outcome ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "level", "mean", "holds", "star", "outcome", "decided_by", "forward_to"),
    [
        # QĐ 26: province recognises 3 and 4 and sends up from 90; centre recognises 5
        ("qd26-2026", "province", 25, 2, 1, "no_certificate", None, None),
        ("qd26-2026", "province", 45, 2, 2, "no_certificate", None, None),
        ("qd26-2026", "province", 60, 2, 2, "no_certificate", None, None),
        ("qd26-2026", "province", 60, 3, 3, "recognise", "province", None),
        ("qd26-2026", "province", 75, 3, 3, "recognise", "province", None),
        ("qd26-2026", "province", 75, 4, 4, "recognise", "province", None),
        ("qd26-2026", "province", 89, 4, 4, "recognise", "province", None),
        ("qd26-2026", "province", 90, 5, 5, "forward", None, "centre"),
        ("qd26-2026", "province", 90, 4, 4, "forward", None, "centre"),
        ("qd26-2026", "province", 90, 2, 2, "forward", None, "centre"),  # points send up though minimums failed
        ("qd26-2026", "centre", 45, 2, 2, "no_certificate", None, None),
        ("qd26-2026", "centre", 60, 3, 3, "return", "province", None),
        ("qd26-2026", "centre", 80, 4, 4, "return", "province", None),
        ("qd26-2026", "centre", 92, 4, 4, "return", "province", None),
        ("qd26-2026", "centre", 92, 2, 2, "no_certificate", None, None),
        ("qd26-2026", "centre", 92, 5, 5, "recognise", "centre", None),
        # QĐ 148: one star for each level
        ("qd148-2023", "district", 45, 2, 2, "no_certificate", None, None),
        ("qd148-2023", "district", 69, 3, 3, "recognise", "district", None),
        ("qd148-2023", "district", 70, 4, 4, "forward", None, "province"),
        ("qd148-2023", "district", 70, 3, 3, "forward", None, "province"),
        ("qd148-2023", "district", 95, 5, 5, "forward", None, "province"),
        ("qd148-2023", "province", 69, 3, 3, "return", "district", None),
        ("qd148-2023", "province", 75, 3, 3, "return", "district", None),
        ("qd148-2023", "province", 75, 4, 4, "recognise", "province", None),
        ("qd148-2023", "province", 90, 5, 5, "forward", None, "centre"),
        ("qd148-2023", "centre", 55, 3, 3, "return", "district", None),
        ("qd148-2023", "centre", 75, 4, 4, "return", "province", None),
        ("qd148-2023", "centre", 95, 5, 5, "recognise", "centre", None),
        # QĐ 1048: no minimums are printed; the district only sends up, from 50
        ("qd1048-2019", "district", 49, 2, 2, "no_certificate", None, None),
        ("qd1048-2019", "district", 50, 3, 3, "forward", None, "province"),
        ("qd1048-2019", "province", 55, 3, 3, "recognise", "province", None),
        ("qd1048-2019", "province", 75, 4, 4, "recognise", "province", None),
        ("qd1048-2019", "province", 90, 5, 5, "forward", None, "centre"),
        ("qd1048-2019", "centre", 75, 4, 4, "return", "province", None),
        ("qd1048-2019", "centre", 95, 5, 5, "recognise", "centre", None),
    ],
)
def test_outcome(regime, level, mean, holds, star, outcome, decided_by, forward_to):
    criteria_set = read_set(regime, 6)
    held, above = minimums(criteria_set, holds), minimums(criteria_set, holds + 1)
    # Fail exactly the next star: one criterion stays just under the minimum that the next star adds.
    added = next((code for code in above if above[code] > held.get(code, 0)), None)
    misses = {} if added is None or holds == 5 else {added: held.get(added, 0)}
    found = result([mean] * 3, regime=regime, level=level, holds=holds, misses=misses)
    assert (found.star, found.outcome, found.decided_by, found.forward_to) == (star, outcome, decided_by, forward_to)


def test_not_final_goes_before_rejected_and_rejected_before_forward():
    regime = read_regime("qd26-2026")
    stars = classify(regime, SET_6, FREE, aggregate(SET_6, sheets_of([choices_of(SET_6, 95)])))
    finding = [Finding("1.1", "lý do")]
    assert outcome(regime, "province", ("chair",), finding, stars).outcome == "not_final"
    assert outcome(regime, "province", (), finding, stars).outcome == "rejected"
    assert outcome(regime, "province", (), [], stars).outcome == "forward"
    assert outcome(regime, "province", (), [], None).outcome == "not_final"


def test_forwarding_compares_the_mean_after_the_rounding_of_the_bylaws():
    assert result(evenly(809, 9), bylaws=Bylaws(round_mean_to=0)).outcome == "forward"
    assert result(evenly(809, 9)).outcome != "forward"


# The bylaws and the words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"quorum": Fraction(0)}, {"quorum": Fraction(5, 4)}, {"spread_limit": Fraction(-1)}, {"round_mean_to": -1},
     {"minimums_on": "median"}],
)  # fmt: skip
def test_bylaws_without_sense_cannot_be_made(wrong):
    with pytest.raises(ValueError, match=r"^(Túc số|Mức chênh lệch|Số chữ số|Cách xét)"):
        Bylaws(**wrong)


def test_the_trace_can_be_read_aloud():
    found = result(
        [88, 90, 91], holds=4, misses={"1.5": 2, "7": 3}, council_size=4, bylaws=Bylaws(round_mean_to=1)
    ).trace
    assert found == (
        "Hội đồng có 4 thành viên, nhận được 3 phiếu chấm; tổng điểm thấp nhất 88, cao nhất 91.",
        "Quy chế yêu cầu ít nhất 3 phiếu chấm (75% số thành viên): đủ.",
        "Đã có phiếu chấm của Chủ tịch Hội đồng.",
        "Phiếu cao nhất và phiếu thấp nhất chênh nhau 3 điểm, không quá mức 10 điểm mà Quy chế cho phép.",
        "Điểm trung bình của 3 phiếu là 269/3, tức 89,67 điểm (phần A 39,00; phần B 25,00; phần C 25,67).",
        "Theo Quy chế, điểm trung bình được làm tròn đến 1 chữ số thập phân trước khi xếp hạng: 89,7 điểm.",
        "Theo điểm, sản phẩm ở khung từ 70 đến dưới 90 điểm, ứng với hạng 4 sao (QĐ 26/2026).",
        "Hạng 4 sao: xét theo điểm trung bình của từng tiêu chí, đạt đủ yêu cầu tối thiểu ở cả 17 tiêu chí.",
        "Kết luận: đề nghị Chủ tịch Ủy ban nhân dân cấp tỉnh công nhận sản phẩm đạt hạng 4 sao "
        "(Điều 3.3, Điều 7.3, QĐ 26/2026).",
    )


@pytest.mark.parametrize(
    ("words", "totals", "more"),
    [
        ("còn thiếu 4 phiếu", [60] * 3, {"council_size": 9}),
        ("chưa nhận được phiếu chấm nào", [], {"council_size": 9}),
        ("vượt mức 9,5 điểm", [60, 70], {"bylaws": Bylaws(spread_limit=Fraction("9.5"))}),
        ("200/3% số thành viên", [60] * 3, {"bylaws": Bylaws(quorum=Fraction(2, 3))}),
        ("từ 90 điểm trở lên", [95] * 3, {"holds": 5, "level": "centre"}),
        ("công nhận sản phẩm đạt hạng 5 sao", [95] * 3, {"holds": 5, "level": "centre"}),
        ("chuyển hồ sơ lên Hội đồng", [95] * 3, {"holds": 5}),
        ("thuộc thẩm quyền công nhận của", [75] * 3, {"holds": 4, "level": "centre"}),
        ("không cấp giấy chứng nhận", [45] * 3, {}),
        ("bộ tiêu chí không đặt yêu cầu tối thiểu", [45] * 3, {}),
        ("quá nửa số phiếu chấm", [65] * 3, {"bylaws": Bylaws(minimums_on="majority"), "misses": {"9": 0}}),
        ("0/3 phiếu đạt", [65] * 3, {"bylaws": Bylaws(minimums_on="all"), "misses": {"9": 0}}),
        ("sản phẩm bị loại, không xếp hạng sao", [65] * 3, {"findings": [Finding("1.1", "lý do")]}),
    ],
)
def test_the_trace_names_what_decided(words, totals, more):
    assert any(words in sentence for sentence in result(totals, **more).trace)


def test_without_the_chair_the_trace_says_whether_the_bylaws_ask_for_it():
    sheets = [SheetOfMember("m1", False, choices_of(SET_6, 60))]
    regime = read_regime("qd26-2026")
    free = evaluate(regime, SET_6, "province", 1, Bylaws(chair_must_vote=False), sheets)
    bound = evaluate(regime, SET_6, "province", 1, Bylaws(), sheets)
    assert "Quy chế không bắt buộc" in free.trace[2]
    assert "chưa có" in bound.trace[2]
