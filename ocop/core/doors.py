"""Who may open a view. Every view wears exactly one of these; a test walks all addresses and fails on a bare one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


class OfficeRequest(HttpRequest):
    """A request behind a door: the signed-in person (a room above this one knows the type) and the office's clock."""

    user: Any
    now: datetime
    today: date
    htmx: Any


def public(view: View) -> View:
    """Anybody may open it, without signing in."""
    view.door = "public"  # type: ignore[attr-defined]
    return view


def only(test: Callable[[HttpRequest], bool], *, words: str) -> Callable[[View], View]:
    """Only signed-in people for whom `test(request)` holds; `words` says in Vietnamese who that is."""

    def fit(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not test(request):
                raise PermissionDenied(f"Trang này dành cho {words}.")
            return view(request, *args, **kwargs)

        guarded.door = words  # type: ignore[attr-defined]
        return guarded

    return fit


def signed_in(view: View) -> View:
    """Anybody who has signed in; what they see inside is narrowed by the room's queries."""
    return only(lambda request: True, words="người đã đăng nhập")(view)
