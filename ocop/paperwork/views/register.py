"""The register of papers sent out (sổ đăng ký văn bản đi), and the digital signature."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after
from ocop.paperwork import actions, queries
from ocop.paperwork.kinds import kinds
from ocop.paperwork.permissions import CLERKS, SIGNERS, offices_of
from ocop.paperwork.signing import can_sign_here
from ocop.paperwork.views.shared import clerks_only


@clerks_only
@require_GET
def register(request: OfficeRequest) -> HttpResponse:
    """What went out, the latest first: kind, number, day, signed or not; never what is in it."""
    offices = offices_of(request.user, request.today, *CLERKS)
    signs_for = {unit.pk for unit in offices_of(request.user, request.today, *SIGNERS)} if can_sign_here() else set()
    chosen = request.GET.get("loai", "")
    found = queries.register_of(offices)
    page = page_after(found.filter(kind=chosen) if chosen in kinds() else found, request.GET.get("truoc", ""))
    rows = [
        {
            "paper": paper,
            "kind": kinds()[paper.kind].name if paper.kind in kinds() else paper.kind,
            "signature": getattr(paper, "signature", None),
            "may_sign": paper.unit_id in signs_for,
        }
        for paper in page.rows
    ]
    context = {
        "page": page,
        "rows": rows,
        "kinds": kinds().values(),
        "chosen": chosen,
        "several": len(offices) > 1,
        "signs_here": can_sign_here(),
    }
    return render(request, "paperwork/register.html", context)


@signed_in
@require_POST
def sign(request: OfficeRequest, code: str) -> HttpResponse:
    """Put the digital signature on a paper; `tiep` says where to go on."""
    paper = queries.paper_by_code(code)
    if paper is None:
        raise Http404("Không có văn bản này.")
    try:
        signed = actions.sign_paper(paper=paper, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã ký số văn bản số {signed.number}.")
    onward = request.POST.get("tiep", "")
    if onward and url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        return redirect(onward)
    return redirect("paperwork:register")
