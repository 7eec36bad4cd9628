"""Codes survive being read aloud and typed off a smudged paper."""

import pytest

from ocop.core.codes import ALPHABET, check_sign, clean_code, new_code, shown_code

CODE = "7K3M9QXT2F" + check_sign("7K3M9QXT2F")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (CODE, CODE),
        (CODE.lower(), CODE),
        (shown_code(CODE), CODE),
        (f"  {CODE[:4]} {CODE[4:8]}  {CODE[8:]} ", CODE),
        (CODE[:-1], None),
        (CODE + "0", None),
        ("", None),
        ("7K3M9QXT2FU", None),
        ("\x00" * 11, None),
        ("７Ｋ３Ｍ９ＱＸＴ２ＦＡ", None),
    ],
)
def test_a_code_is_read_however_it_was_typed(typed, read):
    assert clean_code(typed) == read


def test_misread_letters_are_figures():
    body = "1010101010"
    code = body + check_sign(body)
    assert clean_code("IOLOIOLOIO" + code[-1]) == code


def test_a_single_wrong_sign_and_swapped_neighbours_show():
    wrong = [CODE[:place] + sign + CODE[place + 1 :] for place in range(10) for sign in ALPHABET if sign != CODE[place]]
    swapped = [CODE[:p] + CODE[p + 1] + CODE[p] + CODE[p + 2 :] for p in range(9) if CODE[p] != CODE[p + 1]]
    assert [code for code in wrong + swapped if clean_code(code)] == []


def test_new_codes_are_well_formed_and_differ():
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(clean_code(code) == code for code in codes)
