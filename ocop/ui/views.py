"""The style guide and the pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ocop.core.doors import public
from ocop.ui import samples


@public
def guide(request: HttpRequest) -> HttpResponse:
    """Every component of the design system with realistic content."""
    return render(request, "ui/guide.html", samples.guide())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says the reason the door gave, if it gave one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: never says whether the thing exists."""
    return render(request, "404.html", status=404)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a stale or foreign form: nothing was written."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the request, so that a broken database or session cannot break it again."""
    return HttpResponse(render_to_string("500.html"), status=500)
