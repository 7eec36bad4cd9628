"""A paper made on the fly, as the answer to a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.ui.papers import PaperError


def show_paper(request: HttpRequest, press: Callable[[], bytes], *, name: str) -> HttpResponse:
    """The PDF, to be read in the page and kept nowhere; one that cannot be made is a page that says why (422)."""
    try:
        pdf = press()
    except PaperError as refused:
        return render(request, "422.html", {"reason": refused.message}, status=422)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
