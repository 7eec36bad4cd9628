"""What is answered to a person who may not read the page on which something was refused."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ocop.core.errors import Refused, Stale
from ocop.dossiers.models import Dossier


def plain_refusal(
    request: HttpRequest, dossier: Dossier, refused: Refused, typed: Iterable[tuple[str, str]] = ()
) -> HttpResponse:
    """The refusal with the person's own typed words (label, words) to copy, and nothing else of the dossier."""
    context = {"dossier": dossier, "error": refused.message, "typed": list(typed)}
    return render(request, "dossiers/refused.html", context, status=409 if isinstance(refused, Stale) else 422)
