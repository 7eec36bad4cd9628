"""The three regimes as the law tells them: who recognises, who forwards, which star, which days."""

from datetime import date
from fractions import Fraction

import pytest

from ocop.regime import rulebook
from ocop.regime.rules import Clock


def test_the_book_holds_three_regimes_the_newest_law_first():
    assert rulebook.codes() == ("qd26-2026", "qd148-2023", "qd1048-2019")


@pytest.mark.parametrize("code", ["", "qd26", "../qd26-2026", "qd26-2026/sets", "rulebook"])
def test_an_unknown_regime_is_a_key_error(code):
    with pytest.raises(KeyError):
        rulebook.read_regime(code)


@pytest.mark.parametrize(
    ("mean", "star"),
    [
        (Fraction(0), 1),
        (Fraction(2999, 100), 1),
        (Fraction(30), 2),
        (Fraction(49), 2),
        (Fraction(50), 3),
        (Fraction(699999, 10000), 3),
        (Fraction(70), 4),
        (Fraction(89996, 1000), 4),
        (Fraction(90), 5),
        (Fraction(100), 5),
    ],
)
def test_bands_are_half_open_and_never_rounded(mean, star):
    for code in rulebook.codes():
        assert rulebook.read_regime(code).star_by_points(mean) == star


@pytest.mark.parametrize(
    ("code", "level", "recognises", "forward"),
    [
        ("qd26-2026", "province", (3, 4), (90, "centre")),
        ("qd26-2026", "centre", (5,), (None, None)),
        ("qd148-2023", "district", (3,), (70, "province")),
        ("qd148-2023", "province", (4,), (90, "centre")),
        ("qd148-2023", "centre", (5,), (None, None)),
        ("qd1048-2019", "district", (), (50, "province")),
        ("qd1048-2019", "province", (3, 4), (90, "centre")),
        ("qd1048-2019", "centre", (5,), (None, None)),
    ],
)
def test_each_level_recognises_and_forwards_as_its_decision_says(code, level, recognises, forward):
    found = rulebook.read_regime(code).level(level)
    assert found.recognises == recognises
    assert (found.forward_from, found.forward_to) == forward


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("qd26-2026", date(2026, 5, 22), None),
        ("qd148-2023", date(2023, 2, 24), date(2026, 7, 20)),
        ("qd1048-2019", date(2019, 8, 21), date(2023, 2, 23)),
    ],
)
def test_a_regime_is_law_on_its_first_and_last_day(code, first, last):
    regime = rulebook.read_regime(code)
    assert (regime.in_force_from, regime.in_force_to) == (first, last)
    assert regime.in_force_on(first)
    assert not regime.in_force_on(date.fromordinal(first.toordinal() - 1))
    if last is not None:
        assert regime.in_force_on(last)
        assert not regime.in_force_on(date.fromordinal(last.toordinal() + 1))


def test_under_qd26_the_commune_assesses_four_contents_in_15_working_days_then_the_province_checks():
    regime = rulebook.read_regime("qd26-2026")
    commune, province = regime.intake
    assert (commune.kind, commune.at, commune.by, commune.form) == (
        "assessment",
        "commune",
        "commune_officer",
        "mau-03",
    )
    assert commune.clock == Clock(15, "working")
    assert len(commune.contents) == 4
    assert (province.code, province.at, province.by) == ("completeness", "province", "lead_officer")
    assert regime.step_after(None) == commune
    assert regime.step_after(commune.code) == province
    assert regime.step_after(province.code) is None
    assert regime.first_council == "province"


def test_qd26_clocks_windows_and_cut_offs():
    regime = rulebook.read_regime("qd26-2026")
    assert regime.limit("reevaluation").clock == Clock(45, "calendar")
    assert regime.limit("revocation").clock == Clock(15, "calendar")
    assert regime.limit("overdue_extension").clock == Clock(180, "calendar")
    renewal = {window.code: window for window in regime.windows}["renewal_filing"]
    assert (renewal.days_before_expiry_from, renewal.days_before_expiry_to) == (180, 120)
    assert [(batch.level, batch.submit_before, batch.finish_before) for batch in regime.batches] == [
        ("province", (30, 4), (30, 6)),
        ("province", (30, 10), (30, 12)),
        ("centre", (30, 7), (30, 9)),
        ("centre", (30, 1), (30, 3)),
    ]
    assert regime.certificate.valid_months == 36
    assert regime.certificate.product_code == "{province}-{commune}-{seq}-{year}"


def test_tourism_hands_in_no_samples():
    regime = rulebook.read_regime("qd26-2026")
    assert regime.samples_for(26) == 0
    assert regime.samples_for(6) == 5


@pytest.mark.parametrize("lookup", ["level", "step", "limit"])
def test_a_code_the_regime_does_not_have_is_a_key_error(lookup):
    with pytest.raises(KeyError):
        getattr(rulebook.read_regime("qd26-2026"), lookup)("nowhere")


def test_stars_one_and_two_are_recognised_by_nobody():
    for code in rulebook.codes():
        regime = rulebook.read_regime(code)
        assert regime.recogniser_of(1) is regime.recogniser_of(2) is None
        assert all(regime.recogniser_of(star) is not None for star in (3, 4, 5))


def test_the_fingerprint_is_of_what_the_file_says_not_of_its_layout():
    assert rulebook.fingerprint({"a": 1, "b": [2]}) == rulebook.fingerprint({"b": [2], "a": 1})
    assert rulebook.fingerprint({"a": 1}) != rulebook.fingerprint({"a": "1"})
    assert rulebook.fingerprint({3: 1}) == rulebook.fingerprint({"3": 1})
