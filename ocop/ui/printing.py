"""A paper made on the fly, as the answer to a request: shown in the page, or a Word file to take away."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.ui.papers import PaperError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show_paper(request: HttpRequest, press: Callable[[], bytes], *, name: str) -> HttpResponse:
    """The PDF, to be read in the page and kept nowhere, or the Word file (a `name` that ends so) as a download.

    One that cannot be made is a page that says why (422).
    """
    try:
        paper = press()
    except PaperError as refused:
        return render(request, "422.html", {"reason": refused.message}, status=422)
    is_word = name.endswith(".docx")
    response = HttpResponse(paper, content_type=WORD if is_word else "application/pdf")
    response["Content-Disposition"] = f'{"attachment" if is_word else "inline"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
