"""Who reads the ledger."""

from __future__ import annotations

from datetime import date

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.states import Role

READERS = (Role.ADMIN, Role.LEADER)


def can_read_ledger(user: User, day: date) -> bool:
    """Administrators and leaders read the ledger; nobody changes it."""
    return holds(user, day, *READERS)
