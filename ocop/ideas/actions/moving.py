"""Locking an idea and moving it along its way."""

from __future__ import annotations

from datetime import datetime

from ocop.core.errors import Refused
from ocop.ideas.models import Idea
from ocop.ideas.queries import ideas
from ocop.ideas.states import WAYS, IdeaState


def lock(idea: Idea) -> Idea:
    """The idea, locked and as it is now."""
    return ideas().select_for_update(of=("self",)).get(pk=idea.pk)


def check_in(idea: Idea, *states: IdeaState) -> None:
    """Refuse what does not fit where the idea stands."""
    if idea.state not in states:
        raise Refused(f"Ý tưởng đang ở bước “{idea.state_label}” nên không làm được việc này nữa.")


def move(idea: Idea, to: IdeaState, at: datetime, *also: str) -> None:
    """Move a locked idea; `also` names further columns that were changed."""
    if to not in WAYS[IdeaState(idea.state)]:
        raise Refused(f"Ý tưởng đang ở bước “{idea.state_label}”, không chuyển sang “{to.label}” được.")
    idea.state, idea.state_since = to, at
    idea.save(update_fields=["state", "state_since", *also])
