"""Reading a case: what is good, and each way in which it can be bad, with the path that names the place."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocop.council.case_files import CaseRefused, read_case, run_case
from ocop.council.rules import Bylaws
from tests.council.casebook import case_of

SHEET = {"member": "m9", "chair": False, "choices": {}}


def sheets_with(place: int, **changes: object) -> list[dict[str, object]]:
    """The sheets of the good case with one of them changed; `...` leaves a key out."""
    sheets = copy.deepcopy(case_of()["sheets"])
    sheets[place] = {name: value for name, value in {**sheets[place], **changes}.items() if value is not ...}
    return sheets


def without(key: str) -> dict[str, object]:
    """The good case without one key."""
    return {name: value for name, value in case_of().items() if name != key}


def refusal(source: object) -> CaseRefused:
    """How a case is refused, as a mapping and as text alike."""
    with pytest.raises(CaseRefused) as caught:
        read_case(source)
    return caught.value


# Good cases ---------------------------------------------------------------------------------------------------------


def test_a_good_case():
    found = run_case(case_of())
    assert list(found) == [
        "regime", "set", "level", "sheets", "mean_exact", "mean", "parts", "spread", "refusals", "star_by_points",
        "star", "missed_minimums", "knock_outs", "outcome", "decided_by", "forward_to", "trace",
    ]  # fmt: skip
    assert found["sheets"][0]["member"] == "m1"
    assert (found["mean_exact"], found["mean"], found["spread"]) == ("244/3", "81.33", 1)
    assert json.loads(json.dumps(found)) == found


def test_text_bytes_and_mapping_are_read_alike():
    text = json.dumps(case_of(), ensure_ascii=False)
    assert (
        read_case(text)
        == read_case(text.encode())
        == read_case(b"\xef\xbb\xbf" + text.encode())
        == read_case(case_of())
    )


def test_bylaws_and_findings_may_be_left_out():
    case = read_case(without("findings"))
    assert (case.bylaws, list(case.findings)) == (Bylaws(), [])
    assert read_case(case_of(bylaws={})).bylaws == Bylaws()
    assert read_case(case_of(bylaws={"round_mean_to": None})).bylaws == Bylaws()


@pytest.mark.parametrize(
    ("written", "read"),
    [('"0.75"', "3/4"), ("0.75", "3/4"), ("0.1", "1/10"), ("1", "1"), ('"1.0"', "1"), ("7.5e-1", "3/4"),
     ("0.33333333333333333333", "33333333333333333333/100000000000000000000")],
)  # fmt: skip
def test_the_quorum_is_read_exactly(written, read):
    text = json.dumps(case_of(bylaws={"quorum": "QUORUM"})).replace('"QUORUM"', written)
    assert read_case(text).bylaws.quorum == Fraction(read)


def test_all_bylaws():
    given_ = {"quorum": 0.5, "chair_must_vote": False, "spread_limit": "12.5", "round_mean_to": 2, "minimums_on": "all"}
    expected = Bylaws(Fraction(1, 2), False, Fraction(25, 2), 2, "all")
    assert read_case(case_of(bylaws=given_)).bylaws == expected
    assert read_case(case_of(bylaws={"spread_limit": Decimal("12.5")})).bylaws.spread_limit == Fraction(25, 2)


def test_no_sheet_and_no_tick_are_good_cases():
    assert run_case(case_of(sheets=[]))["outcome"] == "not_final"
    assert (
        run_case(case_of(sheets=sheets_with(0, choices={"1.1": None}), bylaws={"spread_limit": 100}))["sheets"][0][
            "total"
        ]
        == 0
    )


def test_a_finding_may_name_any_criterion_of_the_set():
    found = run_case(case_of(findings=[{"criterion": "9", "reason": "Hồ sơ giả mạo"}]))
    assert found["knock_outs"] == [{"criterion": "9", "reason": "Hồ sơ giả mạo"}]
    assert found["outcome"] == "rejected"


# Bad cases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "path"),
    [
        # the whole
        ([], ""),
        (None, ""),
        ("null", ""),
        ("[]", ""),
        ("7", ""),
        ('"case"', ""),
        ("", ""),
        ("{", ""),
        ("{} {}", ""),
        ("{'regime': 1}", ""),
        (b"\xff\xfe{}", ""),
        ('{"regime": "qd26-2026\xe9"}'.encode("latin-1"), ""),
        ("[" * 100_000, ""),
        ('{"a":' * 100_000, ""),
        ("1" * 5000, ""),
        ('{"council_size": 1e99999999999999999999999}', ""),
        # keys
        ({}, "regime"),
        (case_of(colour="red"), "colour"),
        (without("regime"), "regime"),
        (without("set"), "set"),
        (without("level"), "level"),
        (without("council_size"), "council_size"),
        (without("sheets"), "sheets"),
        # regime, set, level
        (case_of(regime="qd99-2099"), "regime"),
        (case_of(regime=""), "regime"),
        (case_of(regime=26), "regime"),
        (case_of(regime=["qd26-2026"]), "regime"),
        (case_of(regime="../qd26-2026"), "regime"),
        (case_of(set=0), "set"),
        (case_of(set=27), "set"),
        (case_of(set=-6), "set"),
        (case_of(set="6"), "set"),
        (case_of(set=6.0), "set"),
        (case_of(set=True), "set"),
        (case_of(set=[6]), "set"),
        (case_of(regime="qd148-2023", set=11), "set"),
        (case_of(regime="qd148-2023", set=12), "set"),
        (case_of(regime="qd148-2023", set=13), "set"),
        (case_of(regime="qd1048-2019", set=26), "set"),
        (case_of(level="district"), "level"),
        (case_of(level="commune"), "level"),
        (case_of(level=3), "level"),
        # council
        (case_of(council_size=0), "council_size"),
        (case_of(council_size=-9), "council_size"),
        (case_of(council_size=2), "council_size"),
        (case_of(council_size="9"), "council_size"),
        (case_of(council_size=9.0), "council_size"),
        (case_of(council_size=True), "council_size"),
        # bylaws
        (case_of(bylaws=[]), "bylaws"),
        ({**case_of(), "bylaws": None}, "bylaws"),
        (case_of(bylaws={"round": 2}), "bylaws.round"),
        (case_of(bylaws={"quorum": "0"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": 0}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": "1.01"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": -1}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": "75%"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": "0,75"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": " 0.75"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": "٠.٧"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": "NaN"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": "1e-1"}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": ""}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": True}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": None}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": []}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": float("nan")}), "bylaws.quorum"),
        (case_of(bylaws={"quorum": float("inf")}), "bylaws.quorum"),
        (case_of(bylaws={"spread_limit": "-0.5"}), "bylaws.spread_limit"),
        (case_of(bylaws={"spread_limit": -1}), "bylaws.spread_limit"),
        (case_of(bylaws={"spread_limit": float("inf")}), "bylaws.spread_limit"),
        (case_of(bylaws={"spread_limit": None}), "bylaws.spread_limit"),
        (case_of(bylaws={"spread_limit": "9" * 5000}), "bylaws.spread_limit"),
        (case_of(bylaws={"chair_must_vote": 1}), "bylaws.chair_must_vote"),
        (case_of(bylaws={"chair_must_vote": "true"}), "bylaws.chair_must_vote"),
        (case_of(bylaws={"chair_must_vote": None}), "bylaws.chair_must_vote"),
        (case_of(bylaws={"round_mean_to": -1}), "bylaws.round_mean_to"),
        (case_of(bylaws={"round_mean_to": 11}), "bylaws.round_mean_to"),
        (case_of(bylaws={"round_mean_to": 2.0}), "bylaws.round_mean_to"),
        (case_of(bylaws={"round_mean_to": "2"}), "bylaws.round_mean_to"),
        (case_of(bylaws={"round_mean_to": False}), "bylaws.round_mean_to"),
        (case_of(bylaws={"minimums_on": "median"}), "bylaws.minimums_on"),
        (case_of(bylaws={"minimums_on": None}), "bylaws.minimums_on"),
        (case_of(bylaws={"minimums_on": ["mean"]}), "bylaws.minimums_on"),
        # sheets
        (case_of(sheets={}), "sheets"),
        (case_of(sheets="m1"), "sheets"),
        ({**case_of(), "sheets": None}, "sheets"),
        (case_of(sheets=[7]), "sheets[0]"),
        (case_of(sheets=[SHEET, None]), "sheets[1]"),
        (case_of(sheets=sheets_with(1, note="?")), "sheets[1].note"),
        (case_of(sheets=sheets_with(1, member=...)), "sheets[1].member"),
        (case_of(sheets=sheets_with(1, choices=...)), "sheets[1].choices"),
        (case_of(sheets=sheets_with(1, member="")), "sheets[1].member"),
        (case_of(sheets=sheets_with(1, member="  ")), "sheets[1].member"),
        (case_of(sheets=sheets_with(1, member=2)), "sheets[1].member"),
        (case_of(sheets=sheets_with(1, member="\ud800")), "sheets[1].member"),
        (case_of(sheets=sheets_with(2, member="m1")), "sheets[2].member"),
        (case_of(sheets=sheets_with(2, chair=True)), "sheets[2].chair"),
        (case_of(sheets=sheets_with(2, chair=1)), "sheets[2].chair"),
        (case_of(sheets=sheets_with(2, chair=None)), "sheets[2].chair"),
        (case_of(sheets=sheets_with(1, choices=[])), "sheets[1].choices"),
        (case_of(sheets=sheets_with(1, choices=None)), "sheets[1].choices"),
        (case_of(sheets=sheets_with(1, choices={"2.1": 0})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": -1})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": 5})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": True})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": False})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": "1"})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": 1.0})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"2.1": [1]})), "sheets[1].choices.2.1"),
        (case_of(sheets=sheets_with(1, choices={"1.1": 1, "99": None})), "sheets[1].choices.99"),
        (case_of(sheets=sheets_with(1, choices={"": 1})), "sheets[1].choices."),
        (case_of(sheets=sheets_with(1, choices={" 2.1": 1})), "sheets[1].choices. 2.1"),
        # findings
        (case_of(findings={}), "findings"),
        ({**case_of(), "findings": None}, "findings"),
        (case_of(findings=["1.1"]), "findings[0]"),
        (case_of(findings=[{"criterion": "1.1"}]), "findings[0].reason"),
        (case_of(findings=[{"reason": "lý do"}]), "findings[0].criterion"),
        (case_of(findings=[{"criterion": "1.1", "reason": ""}]), "findings[0].reason"),
        (case_of(findings=[{"criterion": "1.1", "reason": " \n"}]), "findings[0].reason"),
        (case_of(findings=[{"criterion": "1.1", "reason": 5}]), "findings[0].reason"),
        (case_of(findings=[{"criterion": "99", "reason": "lý do"}]), "findings[0].criterion"),
        (case_of(findings=[{"criterion": 9, "reason": "lý do"}]), "findings[0].criterion"),
        (case_of(findings=[{"criterion": "1.1", "reason": "lý do", "by": "m1"}]), "findings[0].by"),
    ],
)
def test_a_bad_case_is_refused_at_its_path(case, path):
    refused = refusal(case)
    assert refused.path == path
    assert refused.message
    assert refused.as_json() == {"error": refused.message, "path": path}
    if isinstance(case, dict):
        assert refusal(json.dumps(case)).path == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"regime": "qd26-2026", "regime": "qd26-2026"}', "regime"),
        (json.dumps(case_of()).replace('"1.1"', '"1.2"', 1), "sheets[0].choices.1.2"),
        (
            json.dumps(case_of(bylaws={"quorum": "1"})).replace('"quorum": "1"', '"quorum": "1", "quorum": "1"'),
            "bylaws.quorum",
        ),
        (json.dumps(case_of()).replace('"chair": true', '"chair": true, "chair": true', 1), "sheets[0].chair"),
        (json.dumps(case_of(bylaws={"quorum": "Q"})).replace('"Q"', "NaN"), "bylaws.quorum"),
        (json.dumps(case_of(bylaws={"spread_limit": "Q"})).replace('"Q"', "-Infinity"), "bylaws.spread_limit"),
        (json.dumps(case_of(bylaws={"spread_limit": "Q"})).replace('"Q"', "1e999999999"), "bylaws.spread_limit"),
        (json.dumps(case_of(bylaws={"quorum": "Q"})).replace('"Q"', "1e-999999999"), "bylaws.quorum"),
        (json.dumps(case_of(set="Q")).replace('"Q"', "NaN"), "set"),
        (json.dumps(case_of(set="Q")).replace('"Q"', "6.0"), "set"),
        (
            json.dumps(case_of(sheets=sheets_with(0, choices={"2.1": "Q"}))).replace('"Q"', "1.0"),
            "sheets[0].choices.2.1",
        ),
        (
            json.dumps(case_of(sheets=sheets_with(0, choices={"2.1": "Q"}))).replace('"Q"', "NaN"),
            "sheets[0].choices.2.1",
        ),
    ],
)
def test_what_only_a_text_can_do_wrong(text, path):
    assert refusal(text).path == path


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (case_of(regime="qd99-2099"), "qd26-2026, qd148-2023, qd1048-2019"),
        (case_of(set=27), "từ 1 đến 26"),
        (case_of(level="district"), "province, centre"),
        (case_of(colour="red"), "regime, set, level, council_size, bylaws, sheets, findings"),
        (case_of(bylaws={"minimums_on": "median"}), "mean, majority, all"),
        (case_of(sheets=sheets_with(1, choices={"2.1": 9})), "4 phương án"),
        ("{", "dòng 1, cột 2"),
        (b"{\xff", "byte thứ 2"),
        (case_of(regime="qd148-2023", set=11), "chưa đủ điểm"),
    ],
)
def test_a_refusal_says_what_is_allowed(case, words):
    assert words in refusal(case).message


# No case, however broken, ends in anything but a result or a refusal -------------------------------------------------

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["1.1", "m1", "0.75"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [place for key, inner in value.items() for place in _places(inner, (*path, key))]
    elif isinstance(value, list):
        found += [place for key, inner in enumerate(value) for place in _places(inner, (*path, key))]
    return found


PLACES = _places(case_of(bylaws={"quorum": "0.75"}, findings=[{"criterion": "1.1", "reason": "lý do"}]))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), ANYTHING)
def test_anything_at_any_place_is_a_result_or_a_refusal(place, thing):
    case = copy.deepcopy(case_of(bylaws={"quorum": "0.75"}, findings=[{"criterion": "1.1", "reason": "lý do"}]))
    inner = case
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = thing
    with suppress(CaseRefused):
        assert run_case(case)["outcome"]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary(), st.text('{}[]",:0123456789.eE+-truefalsn', max_size=40)))
def test_any_text_is_refused_and_never_a_crash(text):
    assert refusal(text).path is not None
