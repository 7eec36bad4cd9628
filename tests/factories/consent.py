"""Consents given by the real actions."""

from __future__ import annotations

from datetime import timedelta

from ocop.accounts.models import User
from ocop.consent.actions import give_consent, make_code
from ocop.consent.models import Consent
from ocop.consent.states import Purpose
from ocop.registration.models import Subject
from tests.factories.cycle import owner_of
from tests.factories.world import World


def shut_accounts(subject: Subject) -> None:
    """Nobody signs in for the subject any more: it speaks by what is recorded."""
    subject.people.update(is_active=False)


def consent(world: World, subject: Subject, helper: User, *, days: int = 30) -> Consent:
    """The subject's own person made a code and the helper entered it."""
    code = make_code(subject=subject, purpose=Purpose.CONSENT, by=owner_of(subject), at=world.at)
    until = world.at.date() + timedelta(days=days)
    return give_consent(subject=subject, code=code, until=until, by=helper, at=world.at)
