"""Letting somebody type for a subject: the subject's page and the helper's page are one address."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.consent import actions, queries
from ocop.consent.forms import ConsentForm
from ocop.consent.models import Consent
from ocop.consent.permissions import can_help, can_look_into, check_open_statement
from ocop.consent.rules import CODE_HOLDS, USUAL_CONSENT
from ocop.consent.states import Purpose
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.files.delivery import hand_out
from ocop.registration.models import Subject
from ocop.registration.queries import acts_for, subjects_of

MOST_SHOWN = 50


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: OfficeRequest, pk: int) -> HttpResponse:
    """Who types for the subject; for a helper, the form by which the subject's consent is recorded."""
    subject = _seen(request, pk)
    helps = can_help(request.user, request.today, subject)
    form = None
    if helps:
        form = ConsentForm(
            request.POST or None,
            request.FILES or None,
            initial={"until": request.today + USUAL_CONSENT},
            by_statement=not queries.has_account(subject, request.today),
        )
    if request.method == "POST":
        if form is None:
            raise Http404("Không có trang này.")
        if form.is_valid():
            try:
                given = actions.give_consent(subject=subject, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(
                    request, f"{subject.name} đã đồng ý. Bạn được nhập giúp đến hết ngày {given.until:%d/%m/%Y}."
                )
                return redirect("consent:consent", subject.pk)
    own = acts_for(request.user, request.today, subject)
    looks = own or can_look_into(request.user, request.today, subject)
    context = {
        "subject": subject,
        "own": own,
        "purposes": Purpose,
        "helps": helps,
        "mine": queries.consent_of(request.user, subject, request.today) if helps else None,
        "form": form,
        "consents": [
            {"consent": each, "live": each.is_live(request.today), "opens": looks or each.helper == request.user}
            for each in queries.consents_of(subject)[:MOST_SHOWN]
        ],
    }
    return render(request, "consent/consent.html", context, status=422 if form is not None and form.errors else 200)


@signed_in
@never_cache
@require_POST
def code(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new code to read out, for one purpose, shown this once."""
    subject = _seen(request, pk)
    if request.POST.get("purpose") not in Purpose.values:
        messages.error(request, "Chọn mã để làm gì: cho nhập giúp, hay xác nhận đã đọc lại.")
        return redirect("consent:consent", subject.pk)
    purpose = Purpose(request.POST["purpose"])
    made = actions.make_code(subject=subject, purpose=purpose, by=request.user, at=request.now)
    context = {
        "subject": subject,
        "purpose": purpose,
        "for_consent": purpose == Purpose.CONSENT,
        "code": f"{made[:3]} {made[3:]}",
        "until": request.now + CODE_HOLDS,
    }
    return render(request, "consent/code.html", context)


@signed_in
@require_POST
def end(request: OfficeRequest, pk: int, consent_pk: int) -> HttpResponse:
    """The subject takes its consent back, or the helper gives it up."""
    subject = _seen(request, pk)
    found = get_object_or_404(Consent, pk=consent_pk, subject=subject)
    try:
        actions.end_consent(consent=found, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"{found.helper.full_name} không còn nhập giúp {subject.name}.")
    return redirect("consent:consent", subject.pk)


@signed_in
@require_GET
def statement(request: OfficeRequest, pk: int, consent_pk: int) -> HttpResponse:
    """The recorded statement behind a consent."""
    subject = _seen(request, pk)
    found = get_object_or_404(queries.consents_of(subject), pk=consent_pk, statement__isnull=False)
    check_open_statement(request.user, request.today, subject, found.helper)
    assert found.statement is not None
    return hand_out(found.statement, request)  # type: ignore[return-value]


@signed_in
@require_GET
def panel(request: OfficeRequest, pk: int) -> HttpResponse:
    """A window on the subject's page: who types for it, and the way to change that."""
    subject = _seen(request, pk)
    context = {
        "subject": subject,
        "own": acts_for(request.user, request.today, subject),
        "helps": can_help(request.user, request.today, subject),
        "live": list(queries.live_consents(request.today).filter(subject=subject)[:MOST_SHOWN]),
        "me": request.user,
    }
    return render(request, "consent/panel.html", context)


def _seen(request: OfficeRequest, pk: int) -> Subject:
    return get_object_or_404(subjects_of(request.user, request.today).select_related("unit"), pk=pk)
