"""Batches as boards: how many dossiers stand where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries.seen import hides_result, visible_to
from ocop.dossiers.states import RESULT_HIDDEN, RESULT_HIDDEN_LABEL, DossierState
from ocop.planning.models import Batch
from ocop.planning.queries import batches, batches_of
from ocop.registration.models import Registration
from ocop.registration.queries import subjects_of

OUT = ExpressionWrapper(Q(result_out_at__isnull=False), output_field=BooleanField())


def visible_batches(user: User, day: date) -> QuerySet[Batch]:
    """The batches of the person's own office, and those of the dossiers the person may open."""
    seen = visible_to(user, day).order_by().values("registration__batch")
    return batches().filter(Q(pk__in=batches_of(user, day).values("pk")) | Q(pk__in=seen))


class Column(NamedTuple):
    """A column of a batch's board: a state as the person reads it, how many stand there, how many are late."""

    state: DossierState
    hidden: bool
    total: int
    late: int
    first: list[Dossier]


def board_of(batch: Batch, user: User, day: date, *, most: int) -> list[Column]:
    """The batch's dossiers that `user` sees by state; of each state the `most` that are due first."""
    seen = visible_to(user, day).filter(registration__batch=batch)
    late = Count("pk", filter=Q(due_on__lt=day))
    counts = seen.annotate(out=OUT).order_by().values("state", "own", "out").annotate(n=Count("pk"), late=late)
    ranked = seen.annotate(
        rank=Window(RowNumber(), partition_by=["state"], order_by=[F("due_on").asc(nulls_last=True), "pk"])
    )
    first = seen.filter(pk__in=list(ranked.filter(rank__lte=most).values_list("pk", flat=True)))
    columns: dict[tuple[int, bool], Column] = {}
    order = list(DossierState)

    def place(state: str, hidden: bool) -> tuple[int, bool]:
        return order.index(RESULT_HIDDEN[0] if hidden else DossierState(state)), hidden

    for row in counts:
        key = place(row["state"], _hidden(row))
        known = columns.get(key, Column(order[key[0]], key[1], 0, 0, []))
        overdue = 0 if key[1] else row["late"]  # the day what follows is due would tell what follows
        columns[key] = known._replace(total=known.total + row["n"], late=known.late + overdue)
    for dossier in first.order_by(F("due_on").asc(nulls_last=True), "pk"):
        columns[place(dossier.state, hides_result(dossier))].first.append(dossier)
    return [columns[key] for key in sorted(columns)]


def registered_only(batch: Batch, user: User, day: date) -> int:
    """How many products of subjects that `user` sees are registered in the batch without a dossier yet."""
    seen = subjects_of(user, day).order_by().values("pk")
    return Registration.objects.filter(batch=batch, dossier__isnull=True, product__subject__in=seen).count()


def counts_by_batch(user: User, day: date) -> dict[int, dict[str, int]]:
    """For each batch, how many of the dossiers that `user` sees stand at each word of `shown_as`."""
    counts: dict[int, dict[str, int]] = {}
    groups = ("registration__batch", "state", "own", "out")
    rows = visible_to(user, day).annotate(out=OUT).order_by().values(*groups).annotate(n=Count("pk"))
    order = DossierState.values
    for row in sorted(rows, key=lambda row: order.index(row["state"])):
        word = RESULT_HIDDEN_LABEL if _hidden(row) else DossierState(row["state"]).label
        words = counts.setdefault(row["registration__batch"], {})
        words[word] = words.get(word, 0) + row["n"]
    return counts


def _hidden(row: Mapping[str, Any]) -> bool:
    return row["own"] and row["state"] in RESULT_HIDDEN and not row["out"]
