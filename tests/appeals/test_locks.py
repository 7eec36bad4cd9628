"""Two in the same second: an appeal is filed once, answered once. Two real connections each."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ocop.appeals.actions import answer_appeal, file_appeal
from ocop.appeals.models import Answer, Appeal
from ocop.audit.queries import break_in_chain
from ocop.core.errors import Refused
from ocop.council.models import Hearing
from tests.factories import city_2024
from tests.factories.appeals import TEXT, appealed, dossier_of, next_meeting, out
from tests.factories.cycle import owner_of
from tests.samples.test_locks import _law, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

__all__ = ["_law"]


def test_an_appeal_is_filed_once() -> None:
    world = city_2024()
    dossier = dossier_of(out(world))
    by = owner_of(dossier.registration.product.subject)
    outcomes = at_once(*[lambda: file_appeal(dossier=dossier, text=TEXT, by=by, at=world.at)] * 3)
    assert sum(isinstance(outcome, Appeal) for outcome in outcomes) == 1
    assert Appeal.objects.count() == 1


def test_an_appeal_is_granted_once_and_never_granted_and_rejected() -> None:
    world = city_2024()
    appeal = appealed(world)
    to = next_meeting(world, appeal)
    chair = appeal.result.hearing.session.council.seats.get(role="chair").user

    def reject() -> Any:
        try:
            return answer_appeal(appeal=appeal, granted=False, text="Không.", by=chair, at=world.later)
        except PermissionDenied as refused:  # granted first, the product is shut for the chair until it answers anew
            return Refused(str(refused))

    outcomes = at_once(
        lambda: answer_appeal(appeal=appeal, granted=True, text="Có.", to=to, by=world.leader, at=world.later),
        reject,
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    answer = Answer.objects.get()
    assert Hearing.objects.count() == (2 if answer.granted else 1)
    assert break_in_chain() is None
