"""Lists of work, who keeps away, and what others read of the team."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ocop.advisory.models import AdviceRow, AdvisoryReport
from ocop.advisory.queries import acting_seats, advice_on, advisers_among, team_for, to_report, to_review
from tests.factories import World, accepted_dossier, person
from tests.factories.advisory import given, reported, reviewed, seats, team_of

pytestmark = pytest.mark.django_db


def test_work_waits_until_it_is_done(city: World) -> None:
    dossier = accepted_dossier(city)
    lead, member, _ = seats(team_of(city))
    day = city.at.date()
    assert not to_review(member.user, day).exists()
    given(dossier, member, city)
    assert [row.dossier_id for row in to_review(member.user, day)] == [dossier.pk]
    assert not to_report(lead.user, day).exists()
    reviewed(dossier, member, city)
    assert not to_review(member.user, day).exists()
    assert list(to_report(lead.user, day)) == [dossier]
    assert not to_report(member.user, day).exists()


def test_a_seat_acts_while_the_role_and_the_term_last(city: World) -> None:
    team = team_of(city)
    lead, member, _ = seats(team)
    day = city.at.date()
    assert acting_seats(lead.user, day).exists()
    team.term_to = day - timedelta(days=1)
    team.save()
    assert not acting_seats(lead.user, day).exists()
    team.term_to = None
    team.save()
    member.user.grants.update(valid_to=day - timedelta(days=1))
    again = type(member.user).objects.get(pk=member.user.pk)
    assert not acting_seats(again, day).exists()


def test_the_newest_team_in_term_advises(city: World) -> None:
    dossier = accepted_dossier(city)
    assert team_for(dossier, city.at.date()) is None
    team_of(city)
    newest = team_of(city)
    assert team_for(dossier, city.at.date()) == newest


def test_who_advises_is_known_to_the_council(city: World) -> None:
    lead, *_ = seats(team_of(city))
    stranger = person("Người khác")
    assert advisers_among([lead.user_id, stranger.pk], city.unit, city.at.date()) == {lead.user_id}


def test_advice_holds_no_sum_and_no_name(city: World) -> None:
    dossier = accepted_dossier(city)
    reported(dossier, city)
    assert {field for advice in advice_on(dossier).values() for field in advice._fields} == {"place", "option", "words"}


@pytest.mark.parametrize("model", [AdviceRow, AdvisoryReport])
def test_what_was_advised_is_never_overwritten(city: World, model: type) -> None:
    reported(accepted_dossier(city), city)
    for act in (lambda: model.objects.update(at=city.later), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
