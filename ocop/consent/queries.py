"""Reads of consents."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.registration.models import Subject
from ocop.registration.queries import active_people


def live_consents(day: date) -> QuerySet[Consent]:
    """The consents under which somebody may type on `day`."""
    return Consent.objects.filter(ended_at__isnull=True, until__gte=day).select_related("subject__unit", "helper")


def consent_of(user: User, subject: Subject, day: date) -> Consent | None:
    """The consent under which `user` may type for the subject on `day`, or None."""
    return live_consents(day).filter(helper=user, subject=subject).first()


def helped_by(user: User, day: date) -> QuerySet[Consent]:
    """The live consents that were given to `user`."""
    return live_consents(day).filter(helper=user).order_by("subject__name", "pk")


def consents_of(subject: Subject) -> QuerySet[Consent]:
    """Every consent the subject ever gave, newest first."""
    return subject.consents.select_related("helper", "ended_by", "statement")


def has_account(subject: Subject, day: date) -> bool:
    """Whether somebody can speak for the subject on `day` from an own account: then a recorded statement does not."""
    return active_people(subject, day).exists()
