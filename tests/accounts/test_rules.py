"""Phone numbers as typed and as stored, temporary passwords, and the days a role is held."""

from datetime import date

import pytest

from ocop.accounts.rules import grant_state, normal_phone, phone_is_plausible, temporary_password
from ocop.accounts.states import GrantState


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("8412345", "8412345"),
        ("", ""),
    ],
)
def test_a_phone_number_is_stored_one_way(typed, stored):
    assert normal_phone(typed) == stored


@pytest.mark.parametrize(
    ("phone", "plausible"), [("0912345678", True), ("02043854321", True), ("912345678", False), ("0912", False)]
)
def test_a_plausible_phone_number(phone, plausible):
    assert phone_is_plausible(phone) is plausible


def test_a_temporary_password_is_long_and_different_each_time():
    made = {temporary_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 14 and not set(password) & set("0o1lij") for password in made)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "state"),
    [
        (date(2024, 9, 16), date(2024, 9, 16), GrantState.HELD),
        (date(2024, 1, 1), None, GrantState.HELD),
        (date(2024, 1, 1), date(2024, 9, 15), GrantState.OVER),
        (date(2024, 9, 17), None, GrantState.COMING),
    ],
)
def test_a_role_is_held_from_its_first_to_its_last_day(valid_from, valid_to, state):
    assert grant_state(valid_from, valid_to, date(2024, 9, 16)) is state
