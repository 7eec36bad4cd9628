"""The ledger to read, and its verification."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ocop.audit import queries
from ocop.audit.forms import LedgerFilter
from ocop.audit.permissions import can_read_ledger
from ocop.core.doors import OfficeRequest, only
from ocop.core.pages import page_after

readers_only = only(
    lambda request: can_read_ledger(request.user, request.today),  # type: ignore[arg-type, attr-defined]
    words="người quản trị và lãnh đạo",
)


@readers_only
@require_GET
def ledger(request: OfficeRequest) -> HttpResponse:
    """Every act, the latest first; filters by act, person and day."""
    form = LedgerFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    found = queries.entries(act=asked.get("viec", ""), person=asked.get("nguoi", ""), day=asked.get("ngay"))
    page = page_after(found, request.GET.get("truoc", ""))
    return render(request, "audit/ledger.html", {"form": form, "page": page})


@readers_only
@require_GET
def verification(request: OfficeRequest) -> HttpResponse:
    """Whether every entry still follows from the one before it, read through from the first."""
    context = {"checked": queries.verify(), "now": request.now}
    return render(request, "audit/verification.html", context)
