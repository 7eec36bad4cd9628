"""Loading for a page of the desks: who visits when, the dossier, its step, its evidence as rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import live_evidence, visible_to
from ocop.files.delivery import shown_at
from ocop.intake.models import FieldPhoto
from ocop.regime.rules import IntakeStep

UNTYPED = ("csrfmiddlewaretoken", "act", "step")
UNTYPED_STARTS = ("revision-", "mark-", "verdict-")  # chosen or carried along, not typed


class Visit(NamedTuple):
    """The signed-in visitor and the office's clock."""

    user: User
    day: date
    moment: datetime


def visit_of(request: HttpRequest) -> Visit:
    """Who visits, and when by the office's clock."""
    return Visit(cast(User, request.user), request.today, request.now)  # type: ignore[attr-defined]


def dossier_for(visit: Visit, pk: int) -> Dossier:
    """The dossier; a 404 when it is not among those the visitor may open."""
    return get_object_or_404(visible_to(visit.user, visit.day), pk=pk)


def moved_on(request: HttpRequest, step: IntakeStep) -> bool:
    """Whether what is sent was typed at an earlier step of the dossier: each form carries the step it was opened at."""
    return request.method == "POST" and request.POST.get("step", step.code) != step.code


def step_over(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """The step ended elsewhere meanwhile: nothing was written; says who ended it, gives back everything typed."""
    dossier.refresh_from_db(fields=["state", "step"])
    names = [key for key in request.POST if key not in UNTYPED and not key.startswith(UNTYPED_STARTS)]
    typed = [text for key in names for text in request.POST.getlist(key) if text.strip()]
    ended = dossier.findings.select_related("found_by").order_by("-pk").first()
    return render(request, "intake/step_over.html", {"dossier": dossier, "typed": typed, "ended": ended}, status=409)


def files_of(dossier: Dossier) -> list[dict[str, Any]]:
    """The dossier's evidence as the viewer shows it."""
    return [
        {
            "name": evidence.title,
            "url": shown_at(evidence.file, reverse("dossiers:evidence-file", args=[dossier.pk, evidence.file.key])),
            "kind": evidence.file.shape,
            "size": evidence.file.size,
            "note": f"viện dẫn cho {', '.join(evidence.cites)}" if evidence.cites else "chưa viện dẫn",
            "cites": evidence.cites,
            "key": str(evidence.file.key),
        }
        for evidence in live_evidence(dossier)
    ]


def photo_row(dossier: Dossier, photo: FieldPhoto) -> dict[str, Any]:
    """A photo as the page shows it."""
    return {
        "key": str(photo.key),
        "url": reverse("intake:photo", args=[dossier.pk, photo.key]),
        "remove_url": reverse("intake:photo-remove", args=[dossier.pk, photo.key]),
        "when": photo.taken_at or photo.at,
        "who": photo.by.full_name,
        "place": f"{photo.latitude}, {photo.longitude}" if photo.latitude is not None else "",
    }
