"""Sign-in by e-mail address or phone number."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from ocop.accounts.models import User
from ocop.accounts.queries import find_by_login


class EmailOrPhoneBackend(BaseBackend):
    """Checks the password of the person with that e-mail address or phone number."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The person, or None; a wrong name takes as long as a wrong password."""
        if not username or not password or "\x00" in username:
            return None
        user = find_by_login(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and may_enter(user) else None

    def get_user(self, user_id: int) -> User | None:
        """The person of the session, while the account may enter."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and may_enter(user) else None


def may_enter(user: User) -> bool:
    """An active account; one of the demo, whose password is public, only while this is a demo."""
    return user.is_active and (user.practice_day is None or settings.OCOP_DEMO)
