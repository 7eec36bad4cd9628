"""What a returned dossier was sent back for, item by item, ticked off by the subject's answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.dossiers.actions import answer_items
from ocop.dossiers.actions.messages import LONGEST_ANSWER
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_write
from ocop.dossiers.queries import AskedItem, items_asked
from ocop.dossiers.rules import item_field
from ocop.dossiers.views.cards import typed_words
from ocop.dossiers.views.links import interview_url
from ocop.dossiers.views.loading import Visit
from ocop.dossiers.views.texts import status_of, text_field, texts_page, texts_save, typed_texts, wrong_of


@signed_in
@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item with its reason, an example, where to complete it, and what the subject answers."""
    return texts_page(request, pk, keep=_keep, page=_page, told="Đã lưu các mục đã bổ sung.")


@signed_in
@require_POST
def asked_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what was just typed."""
    return texts_save(request, pk, keep=_keep)


def _keep(dossier: Dossier, typed: dict[str, str], seen: dict[str, str], visit: Visit) -> None:
    answer_items(dossier=dossier, answers=typed, seen=seen, by=visit.user, at=visit.moment)


def _page(request: HttpRequest, visit: Visit, dossier: Dossier, *, refused: Refused | None = None) -> HttpResponse:
    typed = typed_texts(request.POST) if refused is not None else {}
    wrong = wrong_of(refused) if refused is not None else {}
    items = items_asked(dossier)
    finding = dossier.findings.select_related("found_by").order_by("-pk").first() if items else None
    context = {
        "dossier": dossier,
        "items": [_item(dossier, item, typed, wrong) for item in items],
        "done": sum(bool(item.answer) for item in items),
        "finding": finding,
        "reads_points": can_read_points(visit.user, visit.day, dossier),
        "interview": interview_url(dossier),
        "editable": (can_write(visit.user, visit.day, dossier) and bool(items)) or refused is not None,
        "error": refused.message if refused is not None else "",
    }
    return render(request, "dossiers/asked.html", context, status=status_of(refused))


def _item(dossier: Dossier, item: AskedItem, typed: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    label = "Đã bổ sung thế nào"
    return {
        "item": item,
        "answer": text_field(item.key, label, item.answer, typed, most=LONGEST_ANSWER, wrong=wrong.get(item.key, "")),
        "typed": typed_words(dossier.typed.get(item_field(item.key))),
    }
