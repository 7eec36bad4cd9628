"""Dossiers in a list, batches, and a batch's board."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ocop.core.doors import signed_in
from ocop.core.pages import whole
from ocop.dossiers import queries
from ocop.dossiers.actions import open_dossier
from ocop.dossiers.states import RESULT_HIDDEN_LABEL, TONES, DossierState
from ocop.dossiers.views.cards import lines_of
from ocop.dossiers.views.loading import visit_of
from ocop.planning.models import Batch
from ocop.registration.queries import registrations

PAGE = 25
MOST_OF_A_STATE = 8


@signed_in
@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the dossier of a registration, or go to the one that is open."""
    visit = visit_of(request)
    registration = get_object_or_404(registrations(), pk=pk)
    dossier = open_dossier(registration=registration, by=visit.user, at=visit.moment)
    messages.success(request, "Hồ sơ đã mở. Chủ thể tự đánh giá và thêm minh chứng; mọi thứ tự lưu.")
    return redirect("dossiers:dossier", dossier.pk)


@signed_in
@require_GET
def list_(request: HttpRequest) -> HttpResponse:
    """Every dossier the visitor may open, narrowed by words, state, batch and unit."""
    user, day, _ = visit_of(request)
    query, state = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    batch, unit, before = (_key(request, name) for name in ("dot", "dia-ban", "truoc"))
    found = queries.dossier_list(user, day, query=query, state=state, batch=batch, unit=unit, before=before)
    rows = list(found[: PAGE + 1])
    kept = {key: value for key, value in request.GET.items() if value and key != "truoc"}
    here = reverse("dossiers:list")
    choices = queries.filters_of(user, day)
    return render(
        request,
        "dossiers/list.html",
        {
            "rows": lines_of(rows[:PAGE], day),
            "next_url": f"{here}?{urlencode({**kept, 'truoc': rows[PAGE - 1].pk})}" if len(rows) > PAGE else "",
            "back_url": f"{here}?{urlencode(kept)}" if before else "",
            "without_dossier": list(queries.without_dossier(user, day)),
            "query": query,
            "state": state,
            "batch": batch,
            "unit": unit,
            "filtered": bool(kept),
            "states": DossierState.choices,
            "batches": choices.batches,
            "units": choices.units,
        },
    )


@signed_in
@require_GET
def boards(request: HttpRequest) -> HttpResponse:
    """The batches that concern the visitor, with the dossiers the visitor sees in each."""
    user, day, _ = visit_of(request)
    counts = queries.counts_by_batch(user, day)
    rows = [
        {
            "batch": batch,
            "open": batch.is_open_on(day),
            "counts": counts.get(batch.pk, {}).items(),
            "total": sum(counts.get(batch.pk, {}).values()),
        }
        for batch in queries.visible_batches(user, day)
    ]
    return render(request, "dossiers/boards.html", {"rows": rows})


@signed_in
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: its dates, how many dossiers stand where, and who holds each."""
    user, day, _ = visit_of(request)
    batch = get_object_or_404(queries.visible_batches(user, day), pk=pk)
    found = queries.board_of(batch, user, day, most=MOST_OF_A_STATE)
    lines = {line["pk"]: line for line in lines_of([row for column in found for row in column.first], day)}
    columns = [
        {
            "word": RESULT_HIDDEN_LABEL if column.hidden else column.state.label,
            "tone": TONES[column.state],
            "url": f"{reverse('dossiers:list')}?{urlencode(_filters(batch, column))}",
            "rows": [lines[row.pk] for row in column.first],
            "count": column.total,
            "more": column.total - len(column.first),
            "late": column.late,
        }
        for column in found
    ]
    context = {
        "batch": batch,
        "open": batch.is_open_on(day),
        "columns": columns,
        "registered_only": queries.registered_only(batch, user, day),
    }
    return render(request, "dossiers/board.html", context)


def _filters(batch: Batch, column: queries.Column) -> dict[str, object]:
    """What narrows the list to a column; a hidden result is not told by its filter either."""
    return {"dot": batch.pk} if column.hidden else {"trang-thai": column.state.value, "dot": batch.pk}


def _key(request: HttpRequest, name: str) -> int | None:
    return whole(request.GET.get(name, ""))
