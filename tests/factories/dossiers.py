"""Visiting dossier pages: on the world's day, as the right person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from tests.factories.cycle import owner_of
from tests.factories.world import World


def owner(dossier: Dossier) -> User:
    """The person who acts for the dossier's subject."""
    return owner_of(dossier.registration.product.subject)


class Visits:
    """One browser; `as_` signs somebody in on the day of the world."""

    def __init__(self, client: Client, settings: Any) -> None:
        self.client, settings.OCOP_DEMO = client, True

    def as_(self, user: User, world: World) -> Client:
        """The browser with `user` signed in."""
        User.objects.filter(pk=user.pk).update(practice_day=world.at.date())
        self.client.force_login(user, backend="ocop.accounts.backends.EmailOrPhoneBackend")
        return self.client


@pytest.fixture
def visits(client: Client, settings: Any) -> Visits:
    """A browser whose visitors live on the day of their world."""
    return Visits(client, settings)
