"""Keeping a dossier shut for a person, and opening it again: for a later room, in that room's act and ledger entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier, ReadingBar


@transaction.atomic
def bar_reading(*, dossier: Dossier, users: Iterable[User], at: datetime) -> None:
    """Shut the dossier for these people, whatever office they also hold."""
    ReadingBar.objects.bulk_create(
        [ReadingBar(dossier=dossier, user=user, since=at) for user in users],
        update_conflicts=True,
        unique_fields=["dossier", "user"],
        update_fields=["since", "lifted_at"],
    )


@transaction.atomic
def lift_reading_bar(*, dossier: Dossier, user: User, at: datetime) -> None:
    """Open the dossier again for a person for whom it was shut."""
    ReadingBar.objects.filter(dossier=dossier, user=user, lifted_at__isnull=True).update(lifted_at=at)
