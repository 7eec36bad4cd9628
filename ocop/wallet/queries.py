"""Reads of a subject's papers."""

from __future__ import annotations

from django.db.models import QuerySet

from ocop.registration.models import Subject
from ocop.wallet.models import Paper


def papers_of(subject: Subject) -> QuerySet[Paper]:
    """The papers in use, newest first: neither withdrawn nor replaced by a newer one."""
    return subject.papers.filter(withdrawn_at__isnull=True, replaced_by__isnull=True).select_related("file")
