"""Signing in and out, and one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts import queries
from ocop.accounts.forms import SignInForm
from ocop.accounts.sessions import enter
from ocop.core.doors import OfficeRequest, public, signed_in
from ocop.core.pages import whole

WRONG = "Số điện thoại, thư điện tử hoặc mật khẩu chưa đúng. Xem lại rồi gõ lại; quên mật khẩu thì gọi người quản trị."


def _after_sign_in(request: HttpRequest) -> str:
    """Where the visitor wanted to go, if that is a page of this site; home otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by phone number or e-mail address; django-axes locks an account after repeated failures."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(_after_sign_in(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, username=form.cleaned_data["username"], password=form.cleaned_data["password"])
        if user is not None:
            enter(request, user)
            return redirect(_after_sign_in(request))
        form.add_error(None, WRONG)
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "groups": queries.demo_groups() if settings.OCOP_DEMO else [],
    }
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


@public
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Enter a demo account without a password, only while the installation is a demo."""
    if not settings.OCOP_DEMO:
        raise Http404
    account = whole(request.POST.get("account", ""))
    if account is None:
        raise Http404
    enter(request, get_object_or_404(queries.demo_accounts(), pk=account))
    return redirect(_after_sign_in(request))


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; what the browser kept of it (carried pages, unsent notes) goes with it, after page.js asked."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"storage"'
    return response


@signed_in
@require_GET
def me(request: OfficeRequest) -> HttpResponse:
    """The own account: how one signs in, and the roles one held, holds or will hold."""
    rows = [{"grant": grant, "state": grant.state_on(request.today)} for grant in queries.grants_of(request.user)]
    return render(request, "accounts/me.html", {"person": request.user, "rows": rows})
