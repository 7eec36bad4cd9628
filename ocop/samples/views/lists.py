"""The samples of a batch: where they are, and which products lack some."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from ocop.core.doors import OfficeRequest, only
from ocop.core.pages import page_after
from ocop.regime.queries import as_rules
from ocop.samples import queries
from ocop.samples.rules import clean_sample_code, keeps_until
from ocop.samples.states import TONES, SampleState
from ocop.samples.views.loading import OFFICE_PEOPLE, batch_of, office_people


@only(office_people, words=OFFICE_PEOPLE)
@require_GET
def list_(request: OfficeRequest) -> HttpResponse:
    """The samples of a batch with how many stand where; `q` finds by code, product or subject."""
    batch, known = batch_of(request)
    query, state = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    context: dict[str, Any] = {"batch": batch, "batches": known, "query": query, "state": state}
    if batch is not None:
        found = queries.sample_list(request.user, request.today, batch, query=query, state=state)
        page = page_after(found, request.GET.get("truoc", ""))
        counts = queries.counts_in(request.user, request.today, batch)
        context |= {
            "page": page,
            "rows": [
                {"sample": row, "keeps": keeps_until(row.reception.best_before, request.today)} for row in page.rows
            ],
            "counts": [(each, TONES[each], counts[each]) for each in SampleState if each in counts],
            "states": [(each.value, f"{each.label} ({counts[each]})") for each in SampleState if each in counts],
            "lacking": queries.lacking_samples(request.user, request.today, batch).count(),
            "one": page.rows[0] if len(page.rows) == 1 and clean_sample_code(query) else None,
            "next": urlencode({"dot": str(batch.pk), "q": query, "trang-thai": state, "truoc": str(page.last)})
            if page.last
            else "",
        }
    return render(request, "samples/list.html", context)


@only(office_people, words=OFFICE_PEOPLE)
@require_GET
def lacking(request: OfficeRequest) -> HttpResponse:
    """The dossiers of a batch that still lack samples."""
    batch, known = batch_of(request)
    context: dict[str, Any] = {"batch": batch, "batches": known}
    if batch is not None:
        page = page_after(
            queries.lacking_samples(request.user, request.today, batch), request.GET.get("truoc", ""), order="pk"
        )
        context |= {
            "page": page,
            "wanted": as_rules(batch.programme.regime_version).samples.count,
            "next": urlencode({"dot": str(batch.pk), "truoc": str(page.last)}) if page.last else "",
        }
    return render(request, "samples/lacking.html", context)
