"""What tells a session's screens that something is new."""

from __future__ import annotations

from django.db.models import F

from ocop.council.models import Session


def beat(session: Session) -> None:
    """Count one more thing that the session's screens show; the row is locked until the act is done."""
    Session.objects.filter(pk=session.pk).update(beat=F("beat") + 1)
