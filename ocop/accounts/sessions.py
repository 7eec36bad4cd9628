"""How long a session lasts: a fixed time from the sign-in, whatever is done in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone


@receiver(user_logged_in, dispatch_uid="session_ends_at_a_fixed_moment")
def fix_the_end(request: HttpRequest, **_: Any) -> None:
    """The end is set once, so that a device can be told until when it may open what its person carried along."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
