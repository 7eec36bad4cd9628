"""The thread of a dossier, the items its subject was asked to complete, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier, Message
from ocop.dossiers.queries.seen import visible_to
from ocop.dossiers.states import DossierState


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item the subject was asked to complete: its reason, an example where one was given, and what was answered."""

    key: str
    what: str
    reason: str
    example: str
    answer: str


def items_asked(dossier: Dossier) -> list[AskedItem]:
    """The items that a returned dossier waits for; none in any other state."""
    if dossier.state != DossierState.RETURNED:
        return []
    finding = dossier.findings.order_by("-pk").first()
    if finding is None:
        return []
    keyed = [(f"{finding.pk}-{number}", item) for number, item in enumerate(finding.items, start=1)]
    return [
        AskedItem(key, item["what"], item["reason"], item.get("example", ""), dossier.item_answers.get(key, ""))
        for key, item in keyed
    ]


def messages_of(dossier: Dossier) -> QuerySet[Message]:
    """The dossier's thread with who wrote and what is attached."""
    return dossier.messages.select_related("by", "file")


def unanswered(user: User, day: date) -> QuerySet[Message]:
    """The last word of each thread that `user` may open, where the other side said it; the oldest first."""
    seen = visible_to(user, day).order_by()
    last = Message.objects.filter(dossier=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    newest = seen.annotate(last_word=Subquery(last))
    from_offices = newest.filter(own=True).values("last_word")  # type: ignore[misc]
    from_subjects = newest.filter(own=False).values("last_word")  # type: ignore[misc]
    waiting = Message.objects.filter(pk__in=from_offices, from_subject=False) | Message.objects.filter(
        pk__in=from_subjects, from_subject=True
    )
    return waiting.select_related("by", "dossier__registration__product__subject__unit").order_by("pk")
