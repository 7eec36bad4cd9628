"""What the sign-in page says when an account is locked for a while."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.accounts.queries import find_by_login


def username_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """One name for one account, whether its e-mail address or its phone number was typed."""
    typed = (credentials or {}).get("username") or (request.POST.get("username", "") if request is not None else "")
    typed = str(typed).strip().lower()[:150].replace("\x00", "")
    user = find_by_login(typed)
    return f"account {user.pk}" if user is not None else typed


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page after too many wrong passwords."""
    context = {"failures": settings.AXES_FAILURE_LIMIT, "minutes": round(settings.AXES_COOLOFF_TIME * 60)}
    return render(request, "accounts/locked_out.html", context, status=429)
