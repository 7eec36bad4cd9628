"""A refusal: what an action says when the law or the state of things does not allow it."""

from __future__ import annotations


class Refused(Exception):
    """The act is refused and nothing was written; the text says in Vietnamese why and what to do."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(Refused):
    """Somebody else saved meanwhile: the form was filled in on an older version."""
