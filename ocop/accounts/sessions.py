"""How a person enters: the session begins here, and its end is set once."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from ocop.accounts.models import User
from ocop.core.clock import now

BACKEND = "ocop.accounts.backends.EmailOrPhoneBackend"


def enter(request: HttpRequest, user: User) -> None:
    """Let the person in for a fixed time from now, so that a device knows until when it may open what was carried."""
    login(request, user, backend=BACKEND)
    request.session.set_expiry(now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
