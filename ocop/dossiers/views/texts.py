"""Forms of single texts that save themselves: reading what was typed, and answering the script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect

from ocop.core.clock import OFFICE_ZONE
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions.noting import Crossed
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import check_may_try
from ocop.dossiers.rules import mark_of_text
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of

FIELD, SEEN = "loi-", "seen-loi-"
# An action that keeps the texts typed into a dossier: (dossier, typed, seen, visit).
Keep = Callable[[Dossier, dict[str, str], dict[str, str], Visit], object]


def texts_page(
    request: HttpRequest, pk: int, *, keep: Keep, page: Callable[..., HttpResponse], told: str
) -> HttpResponse:
    """A form of texts: shown by `page(request, visit, dossier, refused=)`, kept by `keep`, then back to the dossier."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    if request.method == "GET":
        return page(request, visit, dossier)
    check_may_try(visit.user, visit.day, dossier)
    try:
        keep(dossier, typed_texts(request.POST), seen_texts(request.POST), visit)
    except Refused as refused:
        return page(request, visit, dossier, refused=refused)
    messages.success(request, told)
    return redirect("dossiers:dossier", dossier.pk)


def texts_save(request: HttpRequest, pk: int, *, keep: Keep) -> JsonResponse:
    """Keep what was just typed, and tell the script how it went."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    typed, seen = typed_texts(request.POST), seen_texts(request.POST)
    return saved(lambda: keep(dossier, typed, seen, visit), typed, visit.moment)


def typed_texts(posted: QueryDict) -> dict[str, str]:
    """The texts of the form by key."""
    return {name.removeprefix(FIELD): str(posted[name]) for name in posted if name.startswith(FIELD)}


def seen_texts(posted: QueryDict) -> dict[str, str]:
    """The marks of what the texts were typed over, by key."""
    return {name.removeprefix(SEEN): str(posted[name]) for name in posted if name.startswith(SEEN)}


def text_field(key: str, label: str, kept: str, typed: dict[str, str], *, most: int, wrong: str = "") -> dict[str, Any]:
    """A text as the form shows it: what was typed and refused stands in it, else what is kept."""
    return {
        "name": f"{FIELD}{key}",
        "key": key,
        "label": label,
        "text": typed.get(key, kept),
        "seen": mark_of_text(kept),
        "most": most,
        "wrong": wrong,
    }


def saved(save: Callable[[], object], typed: dict[str, str], at: datetime) -> JsonResponse:
    """Run a save and tell the script how it went; what was refused is said at its field."""
    try:
        save()
    except Crossed as crossed:
        wrong = {f"{FIELD}{key}": words for key, words in crossed.wrong.items()}
        seen = {f"{FIELD}{key}": mark for key, mark in crossed.seen.items()}
        return JsonResponse({"message": crossed.message, "wrong": wrong, "seen": seen}, status=409)
    except Refused as refused:
        known = refused.field is not None and refused.field in typed
        wrong = {f"{FIELD}{refused.field}": refused.message} if known else {}
        return JsonResponse({"message": refused.message, "wrong": wrong}, status=422)
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    seen = {f"{FIELD}{key}": mark_of_text(text.replace("\r\n", "\n").strip()) for key, text in typed.items()}
    return JsonResponse({"saved_at": f"{at.astimezone(OFFICE_ZONE):%H:%M}", "seen": seen})


def wrong_of(refused: Refused) -> dict[str, str]:
    """What a refusal says at which text."""
    if isinstance(refused, Crossed):
        return refused.wrong
    return {refused.field: refused.message} if refused.field else {}


def status_of(refused: Refused | None) -> int:
    """The status of a page that is shown again, or for the first time."""
    return 200 if refused is None else 409 if isinstance(refused, Stale) else 422
