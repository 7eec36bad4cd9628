"""The people who act for a subject: letting them in, and a new invitation for a lost one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ocop.accounts.models import User
from ocop.accounts.queries import invitation_of
from ocop.accounts.rules import temporary_password
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.registration import actions, queries
from ocop.registration.forms import KnownPersonForm, NewPersonForm
from ocop.registration.models import Subject
from ocop.registration.permissions import check_let_act_for
from ocop.registration.views.subjects import seen_subject


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let a person act for the subject: one with an account, or a new one whose password is shown this once."""
    found = seen_subject(request, pk)
    check_let_act_for(request.user, request.today, found)
    own = queries.acts_for(request.user, request.today, found)
    first = not own and not queries.people_of(found).exists()
    known = KnownPersonForm(request.POST if "login" in request.POST else None)
    new = NewPersonForm(
        request.POST if "full_name" in request.POST else None,
        initial={"full_name": found.representative, "phone": found.phone, "email": found.email} if first else {},
    )
    if known.is_bound and known.is_valid():
        try:
            joined = actions.bring_in(subject=found, login=known.cleaned_data["login"], by=request.user, at=request.now)
        except Refused as refused:
            known.refuse(refused)
        else:
            messages.success(request, f"{joined.user.full_name} đã thay mặt {found.name}.")
            return redirect("registration:subject", found.pk)
    if new.is_bound and new.is_valid():
        password = temporary_password()
        try:
            person = actions.open_account_for(
                subject=found, **new.cleaned_data, password=password, by=request.user, at=request.now
            )
        except Refused as refused:
            new.refuse(refused)
        else:
            return _password_shown(request, found, person, password)
    context = {"subject": found, "known": known, "new": new, "own": own}
    wrong = known.errors or new.errors
    return render(request, "registration/person_new.html", context, status=422 if wrong else 200)


@signed_in
@never_cache
@require_POST
def person_password(request: OfficeRequest, pk: int, person_pk: int) -> HttpResponse:
    """Give a person of the subject a new invitation and a temporary password, shown this once."""
    found = seen_subject(request, pk)
    person = get_object_or_404(queries.people_of(found), pk=person_pk)
    password = temporary_password()
    try:
        changed = actions.invite_again(subject=found, user=person, password=password, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("registration:subject", found.pk)
    return _password_shown(request, found, changed, password)


def _password_shown(request: OfficeRequest, subject: Subject, person: User, password: str) -> HttpResponse:
    """The temporary password and the invitation: in the answer to this POST and nowhere else."""
    address = request.build_absolute_uri(reverse("audit:invitation", args=invitation_of(person)))
    context = {"subject": subject, "person": person, "password": password, "invitation": address}
    return render(request, "registration/password_shown.html", context)
