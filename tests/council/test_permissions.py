"""Who may do what around a hearing, as a table."""

from __future__ import annotations

import pytest

from ocop.council import permissions
from tests.factories.council import evening

pytestmark = pytest.mark.django_db

COUNCIL = {"chair", "member let in", "member who wrote the secret", "member handed in"}
ALLOWED = {
    "can_run_session": {"secretary", "lead officer"},
    "can_read_hearing": COUNCIL | {"secretary", "lead officer"},
    "can_reopen": {"chair", "secretary"},
    "can_open_session": COUNCIL | {"secretary", "lead officer", "leader", "member conflicted", "member not declared"},
    "can_hand_over": {"lead officer"},
    "can_answer_from_above": {"lead officer"},
}


@pytest.mark.parametrize("may", sorted(ALLOWED))
def test_who_may(may: str) -> None:
    scene = evening()
    about = {
        "can_run_session": scene.session.council,
        "can_open_session": scene.session,
        "can_hand_over": scene.closed.dossier,
        "can_answer_from_above": scene.closed.dossier,
    }.get(may, scene.open)
    day = scene.world.at.date()
    allowed = {
        name for name, user in scene.people.items() if user is not None and getattr(permissions, may)(user, day, about)
    }
    assert allowed == ALLOWED[may]


def test_points_are_seen_by_nobody_before_closing_and_by_the_council_and_its_office_after() -> None:
    scene = evening()
    day = scene.world.at.date()
    people = {name: user for name, user in scene.people.items() if user is not None}
    assert not {name for name, user in people.items() if permissions.can_see_points(user, day, scene.open)}
    after = {name for name, user in people.items() if permissions.can_see_points(user, day, scene.closed)}
    assert after == ALLOWED["can_read_hearing"]


def test_the_readable_hearings_of_a_session_are_those_one_may_read() -> None:
    scene = evening()
    day = scene.world.at.date()
    for name, user in scene.people.items():
        if user is None:
            continue
        one_by_one = {
            hearing.pk for hearing in (scene.open, scene.closed) if permissions.can_read_hearing(user, day, hearing)
        }
        assert permissions.readable_hearings(user, day, scene.session) == one_by_one, name


def test_a_chair_without_a_vote_reads_what_he_chairs() -> None:
    scene = evening()
    seat = scene.seats[0]
    type(seat).objects.filter(pk=seat.pk).update(votes=False)
    assert permissions.can_read_hearing(seat.user, scene.world.at.date(), scene.open)
    permissions.check_chair(seat.user, scene.world.at.date(), scene.open)
