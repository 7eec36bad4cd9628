"""One thing that waits for a person, and how it is said of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import DaysLeft

# A desk shows this many tasks of one kind; the rest is a line with the number and a link to the list.
MOST_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for a person: what, of whom, until when, and where to do it.

    `left` where the law counts the days to `due` in its own way.
    """

    what: str
    who: str
    url: str
    action: str
    due: date | None = None
    note: str = ""
    status: str = ""
    status_tone: str = "neutral"
    left: DaysLeft | None = None


def where(dossier: Dossier) -> str:
    """Whose dossier it is, and of which commune."""
    subject = dossier.registration.product.subject
    return f"{subject.name} · {subject.unit.name}"


def dossier_task(dossier: Dossier, what: str, action: str, url: str, note: str = "") -> Task:
    """A task on a dossier, due when its step is."""
    return Task(
        what=f"{what}: {dossier.registration.product.name}",
        who=where(dossier),
        url=url,
        action=action,
        due=dossier.due_on,
        note=note,
        status=dossier.state_label,
        status_tone=dossier.tone,
    )
