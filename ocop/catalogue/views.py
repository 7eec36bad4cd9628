"""The public side: the front page and the check of a certificate. Complete without signing in and without JavaScript.

The public answer goes by the real day even for a training account: it must not depend on who asks.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_cookie

from ocop.catalogue import queries
from ocop.catalogue.forms import CheckForm
from ocop.catalogue.rules import sought
from ocop.certificates.queries import by_code
from ocop.certificates.states import CertificateStatus
from ocop.core.clock import day_of, now
from ocop.core.codes import clean_code, shown_code
from ocop.core.doors import public

LATEST = 6


@public
@require_safe
@conditional_page
@vary_on_cookie
def home(request: HttpRequest) -> HttpResponse:
    """The front page for everybody; whoever has signed in goes on to the day's work."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "catalogue/home.html", {"latest": queries.latest_recognised(day_of(now()), LATEST)})


@public
@require_safe
@conditional_page
@vary_on_cookie
def check(request: HttpRequest) -> HttpResponse:
    """The box for a code, a number or an address; what names one certificate goes straight to its page.

    The tracking code of a receipt looks the same and is typed here as well: it leads to the dossier's page.
    """
    form = CheckForm(request.GET)
    typed = form.cleaned_data["ma"] if form.is_valid() else ""
    if form.is_valid() and not typed:
        return render(request, "catalogue/check.html")
    found = queries.found_by(typed)
    if len(found) == 1:
        return redirect("catalogue:check-certificate", found[0].code)
    if found:
        day = day_of(now())
        shown = [queries.shown_on(row, day) for row in found]
        return render(request, "catalogue/check.html", {"typed": typed, "found": shown})
    tracking_code = queries.tracking_code_in(typed)
    if tracking_code is not None:
        return redirect("catalogue:track-dossier", tracking_code)
    return _unknown(request, sought(typed))


@public
@require_safe
@conditional_page
@vary_on_cookie
@cache_control(max_age=60)
def check_certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate holds, in big words; a code typed in another way is sent on to its stored form."""
    moment = now()
    certificate = by_code(code)
    if certificate is None:
        return _unknown(request, code)
    if certificate.code != code:
        return redirect("catalogue:check-certificate", certificate.code, permanent=True)
    shown = queries.shown_on(certificate, day_of(moment))
    context = {"shown": shown, "note": _note(shown), "code": shown_code(certificate.code), "moment": moment}
    return render(request, "catalogue/certificate.html", context)


@public
@require_safe
@conditional_page
@vary_on_cookie
def track(request: HttpRequest) -> HttpResponse:
    """The box for a tracking code; a code that is one goes straight to its page."""
    form = CheckForm(request.GET)
    typed = form.cleaned_data["ma"] if form.is_valid() else ""
    if not typed:
        return render(request, "catalogue/track.html")
    code = clean_code(sought(typed))
    if code is not None:
        return redirect("catalogue:track-dossier", code)
    return render(request, "catalogue/track.html", {"typed": typed, "unknown": True}, status=404)


@public
@require_safe
@vary_on_cookie
@cache_control(private=True, no_store=True)
def track_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Where a dossier stands, for whoever has its code."""
    found = queries.tracked(code)
    if found is None:
        return render(request, "catalogue/track.html", {"typed": code, "unknown": True}, status=404)
    context = {
        "tracked": found,
        "steps": [{"label": label, "state": state, "note": ""} for label, state in found.steps],
        "entries": [{"when": at, "act": words, "who": ""} for at, words in found.moments],
        "code": shown_code(clean_code(code) or code),
    }
    return render(request, "catalogue/tracked.html", context)


def _note(shown: queries.Shown) -> str:
    first, last = shown.certificate.valid_from, shown.certificate.valid_to
    if shown.status == CertificateStatus.NOT_YET:
        return f"có hiệu lực từ {first:%d/%m/%Y}"
    if shown.status == CertificateStatus.EXPIRED:
        return f"từ sau ngày {last:%d/%m/%Y}"
    return f"đến hết ngày {last:%d/%m/%Y}"


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    context = {"typed": typed, "well_formed": clean_code(typed) is not None}
    return render(request, "catalogue/unknown.html", context, status=404)
