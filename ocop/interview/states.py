"""How a card of the interview stands."""

from __future__ import annotations

from enum import StrEnum


class CardState(StrEnum):
    """Whether a card still asks for something."""

    EMPTY = "empty"
    STARTED = "started"
    DONE = "done"
