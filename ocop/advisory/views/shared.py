"""What every view of the room does: the door, the team, the dossier with what its page always says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ocop.accounts.permissions import holds
from ocop.accounts.states import Role
from ocop.advisory.models import Survey, Team
from ocop.advisory.permissions import check_read_work
from ocop.advisory.queries import surveys_of, teams_of
from ocop.core.errors import Refused, Stale
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import visible_to
from ocop.ui.forms import Form

TEAM_PEOPLE = "Tổ tư vấn và cơ quan chủ trì OCOP"


def team_people(request: HttpRequest) -> bool:
    """Door test: a helper, the lead office or its leaders; what they see inside is narrowed by the queries."""
    return holds(request.user, request.today, Role.HELPER, Role.LEAD_OFFICER, Role.LEADER)  # type: ignore[attr-defined]


def team_for_page(request: Any, pk: int) -> Team:
    """The team, among those one belongs to or whose office one works for."""
    return get_object_or_404(teams_of(request.user, request.today), pk=pk)


def load_dossier(request: Any, pk: int) -> Dossier:
    """The dossier, for whoever may read what the team writes of it."""
    dossier = get_object_or_404(visible_to(request.user, request.today), pk=pk)
    check_read_work(request.user, request.today, dossier)
    return dossier


def load_survey(request: Any, pk: int, number: int) -> Survey:
    """A survey of the dossier."""
    dossier = load_dossier(request, pk)
    survey = get_object_or_404(surveys_of(dossier), number=number)
    survey.dossier = dossier
    return survey


def refused_at(form: Form, refused: Refused) -> int:
    """Put the refusal beside its field, or above the form; the status of the answer."""
    form.refuse(refused)
    return 409 if isinstance(refused, Stale) else 422
