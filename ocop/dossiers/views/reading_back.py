"""Reading back: what others typed, before the eyes of the subject, and its confirmation."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ocop.consent.queries import has_account
from ocop.core.doors import signed_in
from ocop.core.errors import Refused, Stale
from ocop.dossiers import actions
from ocop.dossiers.forms import ReadBackForm
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_write, check_may_try, check_write, is_own, takes_in
from ocop.dossiers.queries import (
    TypedItem,
    content_sha256,
    criteria_of,
    is_read_back,
    last_read_back,
    live_evidence,
    regime_of,
    typed_for,
    unread_of,
)
from ocop.dossiers.rules import ASKED, CHANGES, EVIDENCE, INTERVIEW, SELF_ASSESSMENT, forecast
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.links import interview_url
from ocop.dossiers.views.loading import dossier_for, visit_of
from ocop.dossiers.views.refusals import plain_refusal

PARTS = {
    INTERVIEW: "Phỏng vấn",
    SELF_ASSESSMENT: "Tự đánh giá",
    CHANGES: "Thay đổi so với lần được công nhận",
    ASKED: "Bổ sung theo yêu cầu",
    EVIDENCE: "Minh chứng",
}


@signed_in
@require_http_methods(["GET", "POST"])
def read_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that others typed, to be read out; the subject confirms it, or the helper brings its word."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    (check_write if request.method == "GET" else check_may_try)(visit.user, visit.day, dossier)
    subject = dossier.registration.product.subject
    by_account = has_account(subject, visit.day)
    takes = takes_in(visit.user, visit.day, dossier)
    form = ReadBackForm(request.POST or None, request.FILES or None, by_statement=not by_account and not takes)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.read_back(dossier=dossier, **form.cleaned_data, by=visit.user, at=visit.moment)
            except Refused as refused:
                if not can_write(visit.user, visit.day, dossier):
                    return plain_refusal(request, dossier, refused)
                form.refuse(refused)
                status = 409 if isinstance(refused, Stale) else 422
            else:
                messages.success(request, "Đã ghi: chủ thể đã đọc lại và xác nhận nội dung này.")
                return redirect("dossiers:dossier", dossier.pk)
    check_write(visit.user, visit.day, dossier)
    reads_points = can_read_points(visit.user, visit.day, dossier)
    items = typed_for(dossier)
    unread = {item.field for item in unread_of(dossier, items)}
    choices, regime = dossier.choices, regime_of(dossier)
    context = {
        "dossier": dossier,
        "form": form,
        "editable": dossier.state in EDITABLE,
        "own": is_own(visit.user, visit.day, dossier),
        "parts": _parts(dossier, items, unread, reads_points=reads_points),
        "reads_points": reads_points,
        "by_account": by_account,
        "takes": takes,
        "count": len(items),
        "unread": len(unread),
        "seen": content_sha256(dossier),
        "last": last_read_back(dossier),
        "is_read_back": is_read_back(dossier),
        "forecast": forecast(regime, criteria_of(dossier), choices, dossier.registration.target_star),
        "criteria_count": len(criteria_of(dossier).criteria),
        "evidence_count": live_evidence(dossier).count(),
    }
    return render(request, "dossiers/read_back.html", context, status=status)


def _parts(dossier: Dossier, items: list[TypedItem], unread: set[str], *, reads_points: bool) -> list[dict[str, Any]]:
    """What others typed, part by part; the options of the self-assessment stay unsaid to whoever assesses contents."""
    pages = {part: reverse(f"dossiers:{part}", args=[dossier.pk]) for part in PARTS if part != INTERVIEW}
    parts = []
    for part, rows in groupby(items, key=lambda item: item.part):
        shown = [
            {
                "label": item.label,
                "words": _words(item, reads_points=reads_points),
                "who": item.who,
                "at": item.at,
                "new": item.field in unread,
                "url": interview_url(dossier, item.card)
                if part == INTERVIEW
                else _anchor(pages[part], item)
                if reads_points or part != SELF_ASSESSMENT
                else "",
            }
            for item in rows
        ]
        parts.append({"name": PARTS[part], "rows": shown})
    return parts


def _words(item: TypedItem, *, reads_points: bool) -> str:
    if item.field.startswith("choice-") and not reads_points:
        return "Mức tự chấm: chủ thể đọc ở phần tự đánh giá."
    return item.words or "Thông tin cá nhân: chủ thể đọc ở phần phỏng vấn."


def _anchor(page: str, item: TypedItem) -> str:
    """The page of a field, at its criterion."""
    kind, _, code = item.field.partition("-")
    return f"{page}#tieu-chi-{code}" if kind in ("choice", "note") and code != "changes" else page
