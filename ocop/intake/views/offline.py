"""What a device needs to work without a line: the worker that opens a carried page, and who is signed in."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_GET

from ocop.core.doors import public

WORKER = Path(__file__).parents[1] / "static" / "intake" / "js" / "worker.js"


@cache
def _source() -> str:
    return WORKER.read_text(encoding="utf-8")


@public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; each page registers it for its own address only."""
    response = HttpResponse(_source(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_GET
def session(request: HttpRequest) -> JsonResponse:
    """Who is signed in on this device (nobody: null), and the token that the next sending carries."""
    user = request.user
    answer = JsonResponse({"user": user.pk if user.is_authenticated else None, "token": get_token(request)})
    answer["Cache-Control"] = "no-store"
    return answer
