"""Loading for a page: the idea, if the visitor reads it, and what the visitor may do with it."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from ocop.core.doors import OfficeRequest
from ocop.ideas.models import Idea
from ocop.ideas.permissions import can_decide, can_give_opinion, can_write
from ocop.ideas.queries import ideas_of
from ocop.ideas.states import DECISIONS, IDEA_OPEN, IdeaState


def idea_for(request: OfficeRequest, pk: int) -> Idea:
    """The idea; a 404 when it is not among those the visitor reads."""
    return get_object_or_404(ideas_of(request.user, request.today), pk=pk)


def may(request: OfficeRequest, idea: Idea) -> dict[str, bool]:
    """What the visitor may do with the idea where it stands."""
    writes = can_write(request.user, request.today, idea)
    state = IdeaState(idea.state)
    return {
        "write": writes and state in IDEA_OPEN,
        "plan": writes and state == IdeaState.ACCEPTED,
        "report": writes and state == IdeaState.CARRYING_OUT,
        "link": idea.subject is None and can_give_opinion(request.user, request.today, idea),
        "judge": (state == IdeaState.SENT and can_give_opinion(request.user, request.today, idea))
        or (state in DECISIONS and can_decide(request.user, request.today, idea)),
    }


def way_of(idea: Idea) -> list[dict[str, Any]]:
    """The steps of the idea, for the page's head."""
    labels = ("Ý tưởng", "Ý kiến cấp xã", "Xem xét", "Phương án", "Thực hiện", "Đăng ký vào đợt")
    place = {
        IdeaState.DRAFT: 0,
        IdeaState.NEEDS_WORK: 0,
        IdeaState.SENT: 1,
        IdeaState.REVIEWING: 2,
        IdeaState.NOT_TAKEN: 2,
        IdeaState.ACCEPTED: 3,
        IdeaState.PLAN_SENT: 3,
        IdeaState.CARRYING_OUT: 4,
        IdeaState.DONE: 5,
    }[IdeaState(idea.state)]
    here = "bad" if idea.state == IdeaState.NOT_TAKEN else "current"
    return [
        {"label": label, "state": "done" if number < place else here if number == place else "todo", "note": ""}
        for number, label in enumerate(labels)
    ]
