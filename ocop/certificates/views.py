"""The register of certificates, and the way of a decision: choose, draft, sign."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import grants_on, units_of
from ocop.accounts.states import Role
from ocop.audit.queries import history_of
from ocop.certificates import actions, queries
from ocop.certificates.forms import STARS, HigherCertificateForm, PrepareForm, RegisterFilter, SignForm
from ocop.certificates.letters import draft_document
from ocop.certificates.models import Certificate, Decision
from ocop.certificates.permissions import (
    can_prepare,
    can_sign,
    check_prepare,
    check_read_decision_paper,
    check_read_paper,
    check_sign,
)
from ocop.certificates.states import STATUS_TONES
from ocop.core.codes import shown_code
from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import Page, page_after
from ocop.dossiers.queries import visible_to
from ocop.files.delivery import hand_out
from ocop.paperwork.delivery import hand_out_paper
from ocop.paperwork.queries import papers_on
from ocop.planning.models import Batch
from ocop.regime.queries import as_rules
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper

registrars_only = only(with_role(*queries.REGISTRARS), words="cơ quan chủ trì OCOP và lãnh đạo đơn vị")
lead_office_only = only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")
leaders_only = only(with_role(Role.LEADER), words="lãnh đạo đơn vị")


@signed_in
@require_GET
def register(request: OfficeRequest) -> HttpResponse:
    """The certificates the visitor sees, newest first; search, star, pages of 25."""
    form = RegisterFilter(request.GET)
    form.is_valid()
    query, star = form.cleaned_data.get("q", ""), form.cleaned_data.get("sao")
    found = queries.register_of(request.user, request.today, query, star)
    page = page_after(found, request.GET.get("truoc", ""))
    kept = {name: value for name, value in (("q", query), ("sao", star)) if value}
    context = {
        "rows": [_with_status(row, request) for row in page.rows],
        "query": query,
        "star": star,
        "stars": STARS,
        "filtered": bool(kept),
        "tabs": _tabs(request, "register"),
        **_pager(page, kept),
    }
    return render(request, "certificates/register.html", context)


@registrars_only
@require_GET
def decisions(request: OfficeRequest) -> HttpResponse:
    """What waits for a decision, drafts, what a level above recognised, and signed decisions."""
    return _decisions_page(request)


@lead_office_only
@require_POST
def prepare(request: OfficeRequest, batch_pk: int) -> HttpResponse:
    """Draft a decision over the ticked products of one batch."""
    batch = get_object_or_404(Batch.objects.select_related("programme__unit"), pk=batch_pk)
    unit = batch.programme.unit
    check_prepare(request.user, request.today, unit)
    waiting = dict(queries.waiting_by_batch([unit], request.user)).get(batch, [])
    form = PrepareForm(request.POST, waiting=waiting)
    if form.is_valid():
        ticked = form.cleaned_data["results"]
        try:
            draft = actions.prepare_decision(
                unit=unit,
                batch=batch,
                results=[row.result for row in waiting if row.result.pk in ticked],
                by=request.user,
                at=request.now,
            )
        except Refused as refused:
            _show(refused, form)
        else:
            messages.success(request, "Đã soạn dự thảo. Đọc lại danh sách rồi báo lãnh đạo ký.")
            return redirect("certificates:decision", draft.pk)
    return _decisions_page(request, refused=(batch, form), status=422)


@lead_office_only
@require_http_methods(["GET", "HEAD", "POST"])
def enter_higher(request: OfficeRequest, result_pk: int) -> HttpResponse:
    """Enter the certificate that a level above issued."""
    units = units_of(request.user, [Role.LEAD_OFFICER], request.today)
    result = get_object_or_404(queries.awaiting_register(units, request.user), pk=result_pk)
    form = HigherCertificateForm(request.POST or None)
    if form.is_valid():
        try:
            entered = actions.enter_higher_certificate(
                result=result, number=form.cleaned_data["number"], by=request.user, at=request.now
            )
        except Refused as refused:
            _show(refused, form)
        else:
            messages.success(request, f"Đã vào sổ giấy chứng nhận {entered.number}. Người mua tra cứu được từ bây giờ.")
            return redirect("certificates:certificate", entered.pk)
    context = {"answer": queries.from_above(result), "form": form}
    return render(request, "certificates/enter_higher.html", context, status=422 if form.errors else 200)


@registrars_only
@require_GET
def decision(request: OfficeRequest, pk: int) -> HttpResponse:
    """One decision with its products; a leader finds the form to sign a draft here."""
    return _decision_page(request, _decision_or_404(request, pk))


@registrars_only
@require_GET
def decision_paper(request: OfficeRequest, pk: str, ending: str = "pdf") -> HttpResponse:
    """The signed paper from the store, or the draft as it would be printed now (as a Word file too)."""
    found = _decision_or_404(request, int(pk))
    check_read_decision_paper(request.user, found)
    if found.paper is not None and ending == "pdf":
        return hand_out(found.paper)  # type: ignore[return-value]
    lines = queries.lines_of(found)
    press = partial(PRESSES[ending], draft_document(found, lines))
    return show_paper(request, press, name=f"{'' if found.number else 'du-thao-'}quyet-dinh-{found.pk}.{ending}")


@lead_office_only
@require_POST
def issue_draft(request: OfficeRequest, pk: int) -> HttpResponse:
    """Issue the draft under a number of the series, to be sent round."""
    draft = _decision_or_404(request, pk)
    check_prepare(request.user, request.today, draft.unit)
    try:
        paper = actions.issue_draft(decision=draft, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã phát hành dự thảo số {paper.number}.")
    return redirect("certificates:decision", pk)


@registrars_only
@require_GET
def draft_issued(request: OfficeRequest, pk: str, paper: str, ending: str) -> HttpResponse:
    """A draft as it was issued."""
    found = _decision_or_404(request, int(pk))
    check_read_decision_paper(request.user, found)
    issued = get_object_or_404(papers_on(found, "draft_decision"), pk=int(paper))
    return hand_out_paper(request, issued, ending)  # type: ignore[return-value]


@leaders_only
@require_POST
def sign(request: OfficeRequest, pk: int) -> HttpResponse:
    """A leader signs the draft: every product gets its certificate."""
    draft = _decision_or_404(request, pk)
    check_sign(request.user, request.today, draft.unit)
    products = draft.lines.count()
    form = SignForm(request.POST, products=products)
    if form.is_valid():
        try:
            signed = actions.sign_decision(decision=draft, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            _show(refused, form)
        else:
            messages.success(request, f"Đã ký {signed}. Đã cấp {products} giấy chứng nhận.")
            return redirect("certificates:decision", signed.pk)
    return _decision_page(request, draft, form, status=422)


@lead_office_only
@require_POST
def discard(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put a draft aside; its products wait for a decision again."""
    draft = _decision_or_404(request, pk)
    check_prepare(request.user, request.today, draft.unit)
    try:
        actions.discard_decision(decision=draft, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("certificates:decision", pk)
    messages.success(request, "Đã bỏ dự thảo. Các sản phẩm trở lại danh sách chờ quyết định.")
    return redirect("certificates:decisions")


@signed_in
@require_GET
def certificate(request: OfficeRequest, pk: int) -> HttpResponse:
    """One certificate: its facts, QR, public page and what led to it."""
    found = get_object_or_404(queries.register_of(request.user, request.today), pk=pk)
    opens = visible_to(request.user, request.today).filter(pk=found.dossier_id).exists()
    context = {
        **_with_status(found, request),
        "code": shown_code(found.code),
        "check_address": queries.check_address(found.code),
        "days_left": (found.valid_to - request.today).days,
        "dossier_opens": opens,
        # The register is open to more people than the dossier is: they read the certificate, not how it came about.
        "entries": [
            {"when": entry.at, "who": entry.actor_name, "act": entry.words}
            for entry in history_of(found.dossier, for_subject=True)
        ]
        if opens
        else [],
    }
    return render(request, "certificates/certificate.html", context)


@signed_in
@require_GET
def certificate_paper(request: OfficeRequest, pk: int) -> HttpResponse:
    """The printed certificate from the store."""
    found = get_object_or_404(queries.certificates(), pk=pk)
    check_read_paper(request.user, request.today, found)
    if found.paper is None:
        raise Http404("Giấy do cấp trên cấp, hệ thống không giữ bản in.")
    return hand_out(found.paper)  # type: ignore[return-value]


@signed_in
@require_GET
def dossier_panel(request: OfficeRequest, dossier_pk: int) -> HttpResponse:
    """The window on a dossier's page: its certificate, or the decision that holds it, as far as the visitor may see."""
    dossier = get_object_or_404(visible_to(request.user, request.today), pk=dossier_pk)
    found = queries.register_of(request.user, request.today).filter(dossier=dossier).first()
    context = {
        "dossier": dossier,
        "shown": _with_status(found, request) if found else None,
        "decision": queries.decision_about(dossier, request.user, request.today),
    }
    part = "certificates/parts/dossier_panel.html" if request.htmx else "certificates/dossier_panel.html"
    return render(request, part, context)


def _decision_or_404(request: OfficeRequest, pk: int) -> Decision:
    return get_object_or_404(queries.decisions_of(request.user, request.today), pk=pk)


def _decisions_page(
    request: OfficeRequest, refused: tuple[Batch, PrepareForm] | None = None, status: int = 200
) -> HttpResponse:
    units = units_of(request.user, [Role.LEAD_OFFICER], request.today)
    groups = []
    for batch, waiting in queries.waiting_by_batch(units, request.user):
        form = refused[1] if refused and refused[0] == batch else None
        # Everything is ticked at first: a decision usually takes the whole batch.
        ticked = request.POST.getlist("results") if form else [str(row.result.pk) for row in waiting]
        groups.append({"batch": batch, "form": form, "rows": [(row, str(row.result.pk) in ticked) for row in waiting]})
    known = queries.decisions_of(request.user, request.today)
    page = page_after(known.filter(signed_at__isnull=False), request.GET.get("truoc", ""))
    context = {
        "groups": groups,
        "nothing_left": refused is not None and all(group["batch"] != refused[0] for group in groups),
        "drafts": known.filter(signed_at__isnull=True),
        "from_above": [queries.from_above(result) for result in queries.awaiting_register(units, request.user)],
        "signed": page.rows,
        "prepares": bool(units),
        "tabs": _tabs(request, "decisions"),
        **_pager(page, {}),
    }
    return render(request, "certificates/decisions.html", context, status=status)


def _decision_page(
    request: OfficeRequest, found: Decision, form: SignForm | None = None, status: int = 200
) -> HttpResponse:
    lines = queries.lines_of(found)
    draft = found.signed_at is None
    context = {
        "decision": found,
        "lines": lines,
        "shut": queries.shut_in(found, request.user),
        "drafts": list(papers_on(found, "draft_decision")) if not queries.shut_in(found, request.user) else [],
        "may_discard": draft and can_prepare(request.user, request.today, found.unit),
        "confirm": None,
    }
    if draft and can_sign(request.user, request.today, found.unit):
        subjects = {line.dossier.registration.product.subject.name: None for line in lines}
        regime = as_rules(found.batch.programme.regime_version)
        level = regime.recogniser_of(lines[0].star)
        context["confirm"] = {
            "title": f"Ký quyết định công nhận {len(lines)} sản phẩm",
            "effects": [
                "Quyết định có số và ngày, danh sách sản phẩm không sửa được nữa.",
                f"{len(lines)} giấy chứng nhận được cấp ngay, mỗi giấy có số và mã tra cứu riêng.",
                "Chủ thể nhận được giấy, người mua tra cứu được trên trang công khai.",
            ],
            "to": f"{len(subjects)} chủ thể: {'; '.join(subjects)}",
            "article": f"{level.article}, {regime.short_name}" if level and level.article else regime.short_name,
            "form": form or SignForm(products=len(lines), initial=_signer(request, found)),
            "action": "Ký và cấp giấy chứng nhận",
            "url": reverse("certificates:sign", args=[found.pk]),
            "cancel_url": reverse("certificates:decisions"),
        }
    return render(request, "certificates/decision.html", context, status=status)


def _signer(request: OfficeRequest, found: Decision) -> dict[str, Any]:
    grants = [grant for grant in grants_on(request.user, request.today) if grant.unit_id == found.unit_id]
    title = next((grant.title for grant in grants if grant.role == Role.LEADER), "")
    return {"decided_on": request.today, "signer_name": request.user.full_name, "signer_title": title}


def _with_status(found: Certificate, request: OfficeRequest) -> dict[str, Any]:
    status = queries.status_of(found, request.today)
    return {"certificate": found, "status": status, "tone": STATUS_TONES[status]}


def _show(refused: Refused, form: Any) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


def _tabs(request: OfficeRequest, active: str) -> list[dict[str, Any]]:
    if not with_role(*queries.REGISTRARS)(request):
        return []
    names = (("register", "Sổ chứng nhận"), ("decisions", "Quyết định"))
    return [{"label": label, "url": reverse(f"certificates:{name}"), "active": name == active} for name, label in names]


def _pager(page: Page[Any], kept: dict[str, Any]) -> dict[str, str]:
    return {
        "next_url": "?" + urlencode({**kept, "truoc": page.last}) if page.last else "",
        "back_url": "" if page.first else "?" + urlencode(kept),
    }
