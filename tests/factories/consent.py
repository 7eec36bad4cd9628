"""Consents given by the real actions."""

from __future__ import annotations

from datetime import timedelta

from ocop.accounts.models import User
from ocop.consent.actions import give_consent, make_code
from ocop.consent.models import Consent
from ocop.registration.models import Subject
from tests.factories.cycle import owner_of
from tests.factories.world import World


def consent(world: World, subject: Subject, helper: User, *, days: int = 30) -> Consent:
    """The subject's own person made a code and the helper entered it."""
    code = make_code(subject=subject, by=owner_of(subject), at=world.at)
    until = world.at.date() + timedelta(days=days)
    return give_consent(subject=subject, code=code, until=until, by=helper, at=world.at)
