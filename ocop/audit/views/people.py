"""People and their roles, for administrators; and everybody's own password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts import queries
from ocop.accounts.models import RoleGrant, User
from ocop.accounts.permissions import can_manage_person, check_manage_person, with_role
from ocop.accounts.rules import temporary_password
from ocop.accounts.sessions import enter
from ocop.accounts.states import GrantState, Role
from ocop.audit import actions
from ocop.audit.forms import AccountForm, EndRoleForm, OwnPasswordForm, PasswordForm, RoleForm
from ocop.core.doors import OfficeRequest, only, public, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after

admins_only = only(with_role(Role.ADMIN), words="người quản trị")


def _person(request: OfficeRequest, pk: int) -> User:
    return get_object_or_404(queries.people_under(request.user, request.today), pk=pk)


def _units(request: OfficeRequest) -> Any:
    return queries.units_under(request.user, (Role.ADMIN,), request.today)


@admins_only
@require_GET
def people(request: OfficeRequest) -> HttpResponse:
    """The people under the administrator's units, by name."""
    query = request.GET.get("q", "").strip()
    page = page_after(
        queries.with_grants(queries.people_under(request.user, request.today, query), request.today),
        request.GET.get("truoc", ""),
        order="full_name",
    )
    return render(request, "audit/people.html", {"query": query, "page": page})


@admins_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: OfficeRequest) -> HttpResponse:
    """Open an account with its first role; the temporary password is in the answer to this POST and nowhere else."""
    form = AccountForm(request.POST or None, units=_units(request), initial={"valid_from": request.today})
    if request.method == "POST" and form.is_valid():
        password = temporary_password()
        try:
            person = actions.open_account(**form.cleaned_data, password=password, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            return render(request, "audit/password_shown.html", _shown(request, person, password, opened=True))
    return render(request, "audit/person_new.html", {"form": form}, status=422 if form.errors else 200)


@admins_only
@require_GET
def person(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person: how they sign in, every role with its dates, and what the administrator may do."""
    found = _person(request, pk)
    rows = [{"grant": grant, "state": grant.state_on(request.today)} for grant in queries.grants_of(found)]
    context = {
        "person": found,
        "rows": rows,
        "may": can_manage_person(request.user, request.today, found),
        "myself": found.pk == request.user.pk,
        "over": GrantState.OVER,
    }
    return render(request, "audit/person.html", context)


@admins_only
@require_http_methods(["GET", "HEAD", "POST"])
def role_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give the person a further role."""
    found = _person(request, pk)
    form = RoleForm(request.POST or None, units=_units(request), initial={"valid_from": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            grant = actions.grant_role(user=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã giao {found.full_name} vai trò {grant}.")
            return redirect("audit:person", found.pk)
    return render(request, "audit/role_new.html", {"form": form, "person": found}, status=422 if form.errors else 200)


@admins_only
@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say on which day a role ends."""
    grant = get_object_or_404(RoleGrant.objects.select_related("user", "unit"), pk=pk)
    found = _person(request, grant.user_id)
    check_manage_person(request.user, request.today, found)
    form = EndRoleForm(request.POST or None, initial={"last_day": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            ended = actions.end_role(
                grant=grant, last_day=form.cleaned_data["last_day"], by=request.user, at=request.now
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"{found.full_name} giữ vai trò {ended} đến hết ngày {ended.valid_to:%d/%m/%Y}.")
            return redirect("audit:person", found.pk)
    context = {"form": form, "grant": grant, "person": found}
    return render(request, "audit/role_end.html", context, status=422 if form.errors else 200)


@admins_only
@require_POST
def account_close(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let the person sign in no more."""
    found = _person(request, pk)
    try:
        actions.close_account(user=found, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã khóa tài khoản của {found.full_name}. Vai trò và việc đã làm vẫn giữ nguyên.")
    return redirect("audit:person", found.pk)


@admins_only
@require_POST
def account_reopen(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let the person sign in again."""
    found = _person(request, pk)
    try:
        actions.reopen_account(user=found, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"{found.full_name} đăng nhập lại được.")
    return redirect("audit:person", found.pk)


@admins_only
@never_cache
@require_POST
def password_replace(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a temporary password, shown in the answer to this POST and nowhere else."""
    found = _person(request, pk)
    password = temporary_password()
    try:
        actions.replace_password(user=found, password=password, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("audit:person", found.pk)
    return render(request, "audit/password_shown.html", _shown(request, found, password, opened=False))


@signed_in
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: OfficeRequest) -> HttpResponse:
    """Change the own password; other devices are signed out, this one stays."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            user = actions.change_password(old=asked["old"], new=asked["new"], by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, "Đã đổi mật khẩu. Các thiết bị khác phải đăng nhập lại.")
            return redirect("accounts:me")
    return render(request, "audit/change_password.html", {"form": form}, status=422 if form.errors else 200)


@public
@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: OfficeRequest, who: str, token: str) -> HttpResponse:
    """The invited person chooses a password and is in; an invitation that is spent or too old says where to go."""
    person = queries.invited(who, token)
    if person is None:
        return render(request, "audit/invitation_over.html", status=410)
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_invitation(user=person, password=form.cleaned_data["new"], at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            enter(request, user)
            messages.success(request, "Đã đặt mật khẩu. Lần sau đăng nhập bằng số điện thoại hoặc thư điện tử này.")
            return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    context = {"person": person, "form": form}
    return render(request, "audit/invitation.html", context, status=422 if form.errors else 200)


def _shown(request: OfficeRequest, person: User, password: str, *, opened: bool) -> dict[str, Any]:
    """What the page of a temporary password shows: it is in the answer to this POST and nowhere else."""
    address = request.build_absolute_uri(reverse("audit:invitation", args=queries.invitation_of(person)))
    return {"person": person, "password": password, "opened": opened, "invitation": address}
