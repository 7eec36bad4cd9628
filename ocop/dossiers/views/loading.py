"""Loading for a page: who visits when, and the dossier, if the visitor may open it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import visible_to


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
