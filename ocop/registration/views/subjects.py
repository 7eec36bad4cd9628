"""Subjects: the list, entering one, correcting it, its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import units_under
from ocop.accounts.states import SUBJECT_OPENERS
from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after
from ocop.places.models import Level
from ocop.planning.queries import next_batch, open_batches
from ocop.registration import actions, queries
from ocop.registration.forms import SubjectContactForm, SubjectForm
from ocop.registration.models import Subject
from ocop.registration.permissions import (
    can_let_act_for,
    can_register_product,
    can_register_subject,
    check_register_subject,
    people_to_invite_again,
)

# What the page of a subject shows of who came to act for it and whose password was replaced.
MOST_HISTORY = 10

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
    may_invite = can_let_act_for(request.user, request.today, found)
    again = people_to_invite_again(request.user, request.today, found)
    context = {
        "subject": found,
        "products": [
            {"product": product, "next": next((batch for batch in batches if batch.pk not in entered), None)}
            for product in queries.products_of(found)
            for entered in [{each.batch_id for each in product.entered}]  # type: ignore[attr-defined]
        ],
        "people": [{"person": person, "may": person in again} for person in queries.people_of(found)],
        "people_history": [
            {"when": entry.at, "who": entry.actor_name, "act": entry.words}
            for entry in queries.people_history(found)[:MOST_HISTORY]
        ],
        "own": queries.acts_for(request.user, request.today, found),
        "may_invite": may_invite,
        "ask_above": list(queries.lead_officers_above(found.unit, request.today)) if not may_invite else [],
        "batches": batches,
        "next_batch": None if batches else next_batch(found.unit, request.today),
        "helpers": list(queries.helpers_of(found.unit, request.today)),
        "may_register": can_register_product(request.user, request.today, found),
        "officer": officer,
    }
    return render(request, "registration/subject.html", context)
