"""Who sees, writes and checks a dossier, under both regimes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.core.clock import day_of
from ocop.dossiers.actions import add_evidence, save_self_assessment, submit_dossier
from ocop.dossiers.permissions import can_find, can_view, can_write
from ocop.dossiers.queries import without_dossier
from tests.factories import city_2024, draft_dossier, person, photo, province_2026, submitted_dossier, unit
from tests.factories.cycle import owner_of

pytestmark = pytest.mark.django_db


def test_who_may_what_under_qd_148() -> None:
    world = city_2024()
    dossier, day = submitted_dossier(world), day_of(world.at)
    other = person("Cán bộ nơi khác", Role.COMMUNE_OFFICER, unit("Phường Dĩnh Kế", day))
    rows = [  # view, write, find
        (owner_of(dossier.registration.product.subject), True, True, False),
        (world.officer, True, False, True),
        (world.commune_officer, True, False, False),
        (world.leader, True, False, False),
        (world.liaison, False, False, False),
        (owner_of(draft_dossier(world).registration.product.subject), False, False, False),
        (other, False, False, False),
        (person(), False, False, False),
    ]
    for user, *may in rows:
        assert [can_view(user, day, dossier), can_write(user, day, dossier), can_find(user, day, dossier)] == may, user


def test_the_commune_finds_first_under_qd_26() -> None:
    world = province_2026()
    dossier, day = submitted_dossier(world), day_of(world.at)
    assert can_find(world.commune_officer, day, dossier)
    assert not can_find(world.officer, day, dossier)
    dossier.step = "completeness"
    assert not can_find(world.commune_officer, day, dossier)
    assert can_find(world.officer, day, dossier)


def test_nobody_finds_on_a_draft() -> None:
    world = city_2024()
    assert not can_find(world.officer, day_of(world.at), draft_dossier(world))


def test_the_role_of_a_subjects_person_opens_and_writes_only_on_its_days() -> None:
    world = city_2024()
    dossier, day = draft_dossier(world), day_of(world.at)
    owner = owner_of(dossier.registration.product.subject)
    owner.grants.update(valid_to=day - timedelta(days=1))
    gone = User.objects.get(pk=owner.pk)
    assert not can_view(gone, day, dossier)
    assert not can_write(gone, day, dossier)
    assert not without_dossier(gone, day).exists()
    assert can_write(gone, day - timedelta(days=1), dossier)
    facts = {"dossier": dossier, "by": gone, "at": world.at}
    for write in (
        lambda: save_self_assessment(choices={"1.1": 1}, explanations={}, **facts),
        lambda: add_evidence(upload=photo(), **facts),
        lambda: submit_dossier(**facts),
    ):
        with pytest.raises(PermissionDenied, match="người của chủ thể"):
            write()
