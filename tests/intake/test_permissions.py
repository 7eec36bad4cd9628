"""Who writes the commune's papers, and who sees notes and photos when."""

from __future__ import annotations

import pytest

from ocop.accounts.states import Role
from ocop.intake.actions import finish_assessment
from ocop.intake.permissions import can_number_papers, can_see_notes, has_assessed
from tests.factories import World, person, submitted_dossier
from tests.factories.cycle import fresh
from tests.factories.dossiers import owner
from tests.factories.intake import noted
from tests.factories.world import unit

pytestmark = pytest.mark.django_db


def test_papers_are_the_commune_s_and_notes_its_own_until_the_finding(province: World) -> None:
    dossier, day = submitted_dossier(province), province.at.date()
    elsewhere = person("", Role.COMMUNE_OFFICER, unit("Phường Kinh Bắc", day))
    people = (province.commune_officer, province.officer, owner(dossier), elsewhere)
    assert [can_number_papers(who, day, dossier) for who in people] == [True, False, False, False]
    assert [can_see_notes(who, day, dossier) for who in people] == [True, False, False, False]
    assert not has_assessed(dossier)
    noted(dossier, province)
    finish_assessment(dossier=dossier, by=province.commune_officer, at=province.at)
    done = fresh(dossier)
    assert has_assessed(done)
    assert [can_number_papers(who, day, done) for who in people] == [True, False, False, False]
    assert all(can_see_notes(who, day, done) for who in people)  # whoever may open the dossier


def test_a_regime_without_assessment_has_no_such_papers(city: World) -> None:
    dossier = submitted_dossier(city)
    for who in (city.officer, city.commune_officer):
        assert not can_number_papers(who, city.at.date(), dossier)
