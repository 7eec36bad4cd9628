"""Looking into a wallet: the list, a paper, its file."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ocop.audit.queries import history_of
from ocop.consent.permissions import can_help, can_type_for
from ocop.core.doors import OfficeRequest, signed_in
from ocop.files.delivery import hand_out, show_file
from ocop.registration.queries import acts_for
from ocop.rubric.queries import paper_kinds
from ocop.wallet import queries
from ocop.wallet.views.loading import paper_of, seen_subject

MOST_HISTORY = 50
MOST_IN_PANEL = 3
MOST_OPEN_GROUPS = 30  # papers; beyond, the groups of a list are folded
URGENT = ("bad", "warn", "wait")
FILTERS = {"can-lam": URGENT, "het-han": ("bad",), "sap-het": ("warn",), "con-han": ("good", "neutral")}
FILTER_WORDS = [
    ("", "Tất cả"),
    ("can-lam", "Cần làm"),
    ("het-han", "Hết hạn"),
    ("sap-het", "Sắp hết hạn"),
    ("con-han", "Còn hạn"),
]


@signed_in
@require_GET
def own(request: OfficeRequest) -> HttpResponse:
    """The visitor's wallet; a choice where the visitor fills several."""
    wallets = queries.wallets_of(request.user, request.today)
    if len(wallets) == 1:
        return redirect("wallet:wallet", wallets[0].pk)
    return render(request, "wallet/choose.html", {"subjects": wallets})


@signed_in
@require_GET
def wallet(request: OfficeRequest, pk: int) -> HttpResponse:
    """The papers of a subject by kind, what wants a hand first, narrowed by words and by light."""
    subject = seen_subject(request, pk)
    query, chosen = request.GET.get("q", "").strip(), request.GET.get("loc", "")
    every = queries.rows_of(subject, request.today)
    rows = queries.narrowed(every, query=query, tones=FILTERS.get(chosen, ()))
    names = sorted(rows, key=lambda row: row.kind.name if row.kind else "")
    groups = [(name, list(found)) for name, found in groupby(names, key=lambda row: row.kind.name if row.kind else "")]
    groups.sort(key=lambda group: min(row.light.rank for row in group[1]))
    context = {
        "subject": subject,
        "own": acts_for(request.user, request.today, subject),
        "may": can_type_for(request.user, request.today, subject),
        "may_ask": can_help(request.user, request.today, subject),
        "groups": groups,
        "total": len(every),
        "urgent": sum(row.light.tone in URGENT for row in every),
        "shown": len(rows),
        "fold": len(rows) > MOST_OPEN_GROUPS,
        "query": query,
        "chosen": chosen,
        "filters": FILTER_WORDS,
        "judged": queries.judged_by(subject, request.today),
    }
    return render(request, "wallet/wallet.html", context)


@signed_in
@require_GET
def panel(request: OfficeRequest, pk: int) -> HttpResponse:
    """A window for the subject's page: how many papers, and how many want a hand."""
    subject = seen_subject(request, pk)
    rows = queries.rows_of(subject, request.today)
    urgent = [row for row in rows if row.light.tone in URGENT]
    context = {"subject": subject, "total": len(rows), "urgent": urgent[:MOST_IN_PANEL], "count": len(urgent)}
    return render(request, "wallet/panel.html", context)


@signed_in
@require_GET
def paper(request: OfficeRequest, pk: int, paper_pk: int) -> HttpResponse:
    """A paper: preview, what stands on it, its versions, where it is cited, what was done with it."""
    subject = seen_subject(request, pk)
    found = paper_of(subject, paper_pk)
    versions = queries.versions_of(found)
    judged = queries.judged_by(subject, request.today)
    in_use = found.withdrawn_at is None and versions[0].pk == found.pk
    context = {
        "subject": subject,
        "paper": found,
        "kind": queries.kind_of(found),
        "light": queries.light_of(found, request.today, judged),
        "newest": versions[0] if versions[0].pk != found.pk else None,
        "versions": versions if len(versions) > 1 else [],
        "in_use": in_use,
        "may": in_use and can_type_for(request.user, request.today, subject),
        "history": [
            {"when": entry.at, "who": entry.actor_name, "act": entry.words}
            for entry in history_of(found)[:MOST_HISTORY]
        ],
    }
    return render(request, "wallet/paper.html", context)


@signed_in
@require_GET
def paper_file(request: OfficeRequest, pk: int, paper_pk: int) -> HttpResponseBase:
    """The file itself, as it was uploaded."""
    return hand_out(paper_of(seen_subject(request, pk), paper_pk).file, request)


@signed_in
@require_GET
def paper_preview(request: OfficeRequest, pk: int, paper_pk: int) -> HttpResponseBase:
    """What a page shows of the file."""
    return show_file(request, paper_of(seen_subject(request, pk), paper_pk).file)


@signed_in
@require_GET
def kind_hint(request: OfficeRequest) -> HttpResponse:
    """What is known about a kind of paper, for the form in which it was just chosen."""
    return render(request, "wallet/kind_hint.html", {"kind": paper_kinds().get(request.GET.get("kind", ""))})
