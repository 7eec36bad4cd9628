"""Codes of samples, and every way of a sample."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.core.codes import ALPHABET
from ocop.samples.rules import clean_sample_code, keeps_until, sample_code, shown_sample_code
from ocop.samples.states import MOVE_WORDS, TONES, WAYS, SampleState

BODIES = st.text(alphabet=ALPHABET, min_size=5, max_size=5)


@given(BODIES)
def test_a_code_is_found_however_it_is_typed_or_scanned(body):
    code = sample_code(body)
    assert clean_sample_code(code) == code
    assert clean_sample_code(f" {shown_sample_code(code).lower()} ") == code
    assert clean_sample_code(f"https://ocop.vi-du.vn/mau/{code}/") == code


@given(BODIES, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_sign_never_names_another_sample(body, place, sign):
    code = sample_code(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert clean_sample_code(wrong) == (code if wrong == code else None)


@given(BODIES, st.integers(0, 4))
def test_two_swapped_signs_never_name_another_sample(body, place):
    code = sample_code(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert clean_sample_code(swapped) == (code if swapped == code else None)


@pytest.mark.parametrize("typed", ["", "/", "7K3", "7K3M9QX", "mỳ gạo", "7K3-M9"])
def test_what_is_no_code_is_none(typed):
    assert clean_sample_code(typed) is None


def test_every_state_has_its_ways_words_and_tone():
    for state in SampleState:
        assert state in WAYS
        assert MOVE_WORDS[state]
        assert TONES[state]
    assert WAYS[SampleState.DISPOSED] == ()


def test_every_state_but_the_first_is_reached():
    reached = {way for ways in WAYS.values() for way in ways}
    assert reached == set(SampleState)


@pytest.mark.parametrize(
    ("best_before", "said"),
    [
        (None, ""),
        (date(2024, 9, 15), "over"),
        (date(2024, 9, 16), "soon"),
        (date(2024, 9, 23), "soon"),
        (date(2024, 9, 24), ""),
    ],
)
def test_a_sample_that_spoils_is_named(best_before, said):
    assert keeps_until(best_before, date(2024, 9, 16)) == said
