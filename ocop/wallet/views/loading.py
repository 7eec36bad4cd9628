"""Loading for a page: the subject if the visitor may see it, and its papers."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from ocop.consent.permissions import can_type_for, check_look_into
from ocop.core.doors import OfficeRequest
from ocop.registration.models import Subject
from ocop.registration.queries import subjects_of
from ocop.wallet.models import Paper


def seen_subject(request: OfficeRequest, pk: int) -> Subject:
    """The subject, for those who read its papers; not found for whoever does not oversee its unit either."""
    seen = subjects_of(request.user, request.today).values("pk")
    subject = get_object_or_404(Subject.objects.select_related("unit__parent__parent"), pk=pk, pk__in=seen)
    check_look_into(request.user, request.today, subject)
    return subject


def written_subject(request: OfficeRequest, pk: int) -> Subject:
    """The subject, for those who may type for it; not found for everybody else."""
    subject = seen_subject(request, pk)
    if not can_type_for(request.user, request.today, subject):
        raise Http404("Bạn không nhập giúp chủ thể này.")
    return subject


def paper_of(subject: Subject, pk: int) -> Paper:
    """A paper of this subject, in use or not; another subject's is not found."""
    found = subject.papers.select_related("file", "added_by", "consent", "subject__unit")
    return get_object_or_404(found, pk=pk)
