"""Subjects and the people who act for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.models import User
from ocop.accounts.permissions import can_manage_person, with_role
from ocop.accounts.queries import invitation_of, units_under
from ocop.accounts.rules import temporary_password
from ocop.accounts.states import SUBJECT_OPENERS
from ocop.audit.actions import replace_password
from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after
from ocop.places.models import Level
from ocop.planning.queries import next_batch, open_batches
from ocop.registration import actions, queries
from ocop.registration.forms import KnownPersonForm, NewPersonForm, SubjectContactForm, SubjectForm
from ocop.registration.models import Subject
from ocop.registration.permissions import can_register_product, can_register_subject, check_register_subject

officers_only = only(with_role(*SUBJECT_OPENERS), words="cán bộ xã, phường và cơ quan chủ trì OCOP")


def seen_subject(request: OfficeRequest, pk: int) -> Subject:
    """The subject, for those who may see it; not found for everybody else."""
    seen = queries.subjects_of(request.user, request.today).values("pk")
    return get_object_or_404(Subject.objects.select_related("unit__parent__parent"), pk=pk, pk__in=seen)


@signed_in
@require_GET
def subjects(request: OfficeRequest) -> HttpResponse:
    """The visitor's own subjects first, then every subject of the units the visitor works for."""
    query = request.GET.get("q", "").strip()
    oversees = queries.oversees(request.user, request.today)
    page = None
    if oversees:
        found = queries.subject_list(request.user, request.today, query)
        page = page_after(found, request.GET.get("truoc", ""), order="name")
    context = {
        "query": query,
        "own": list(queries.with_counts(queries.own_subjects(request.user, request.today))),
        "page": page,
        "may": can_register_subject(request.user, request.today),
    }
    return render(request, "registration/subjects.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def subject_new(request: OfficeRequest) -> HttpResponse:
    """Register a subject of a commune."""
    units = units_under(request.user, SUBJECT_OPENERS, request.today).filter(level=Level.COMMUNE)
    form = SubjectForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            subject = actions.register_subject(**form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã đăng ký {subject.name}. Việc tiếp theo: mở tài khoản cho chủ thể.")
            return redirect("registration:subject", subject.pk)
    return render(request, "registration/subject_new.html", {"form": form}, status=422 if form.errors else 200)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def subject_correct(request: OfficeRequest, pk: int) -> HttpResponse:
    """Correct how a subject is reached and who represents it."""
    found = seen_subject(request, pk)
    check_register_subject(request.user, request.today, found.unit)
    known = {field: getattr(found, field) for field in SubjectContactForm.base_fields}
    form = SubjectContactForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_subject(subject=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã sửa thông tin của {found.name}.")
            return redirect("registration:subject", found.pk)
    context = {"form": form, "subject": found}
    return render(request, "registration/subject_correct.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def subject(request: OfficeRequest, pk: int) -> HttpResponse:
    """One subject: facts, products with their registrations, people who act for it, whom to ask."""
    found = seen_subject(request, pk)
    batches = open_batches(found.unit, request.today)
    officer = can_register_subject(request.user, request.today, found.unit)
    context = {
        "subject": found,
        "products": [
            {"product": product, "next": next((batch for batch in batches if batch.pk not in entered), None)}
            for product in queries.products_of(found)
            for entered in [{each.batch_id for each in product.entered}]  # type: ignore[attr-defined]
        ],
        "people": [
            {"person": person, "may": officer and can_manage_person(request.user, request.today, person)}
            for person in queries.people_of(found)
        ],
        "batches": batches,
        "next_batch": None if batches else next_batch(found.unit, request.today),
        "helpers": list(queries.helpers_of(found.unit, request.today)),
        "may_register": can_register_product(request.user, request.today, found),
        "officer": officer,
    }
    return render(request, "registration/subject.html", context)


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let a person act for the subject: one with an account, or a new one whose password is shown this once."""
    found = seen_subject(request, pk)
    check_register_subject(request.user, request.today, found.unit)
    known = KnownPersonForm(request.POST if "login" in request.POST else None)
    new = NewPersonForm(
        request.POST if "full_name" in request.POST else None,
        initial={"full_name": found.representative, "phone": found.phone, "email": found.email},
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
    context = {"subject": found, "known": known, "new": new}
    wrong = known.errors or new.errors
    return render(request, "registration/person_new.html", context, status=422 if wrong else 200)


@officers_only
@never_cache
@require_POST
def person_password(request: OfficeRequest, pk: int, person_pk: int) -> HttpResponse:
    """Give a person of the subject who forgot the password a temporary one, shown this once."""
    found = seen_subject(request, pk)
    check_register_subject(request.user, request.today, found.unit)
    person = get_object_or_404(queries.people_of(found), pk=person_pk)
    password = temporary_password()
    try:
        replace_password(user=person, password=password, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("registration:subject", found.pk)
    return _password_shown(request, found, person, password)


def _password_shown(request: OfficeRequest, subject: Subject, person: User, password: str) -> HttpResponse:
    """The temporary password and the invitation: in the answer to this POST and nowhere else."""
    address = request.build_absolute_uri(reverse("audit:invitation", args=invitation_of(person)))
    context = {"subject": subject, "person": person, "password": password, "invitation": address}
    return render(request, "registration/password_shown.html", context)
