"""Personal answers: values for the subject's own people only; everybody else reads them by an act that is recorded."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.interview.models import PersonalAnswer
from ocop.interview.queries.answers import catalogue
from ocop.interview.rules import words_of
from ocop.registration.models import Subject
from ocop.registration.queries import acts_for


def live_personal(subject: Subject) -> QuerySet[PersonalAnswer]:
    """The newest row of every personal question."""
    newest = PersonalAnswer.objects.filter(subject=subject).values("question").annotate(p=Max("pk")).values("p")
    return PersonalAnswer.objects.filter(pk__in=newest).select_related("typed_by", "consent").order_by("question")


def personal_answers(subject: Subject, *, by: User, at: datetime) -> dict[str, str]:
    """The personal answers in words for the subject's own people; nothing for everybody else."""
    return personal_words(subject) if acts_for(by, day_of(at), subject) else {}


def personal_words(subject: Subject) -> dict[str, str]:
    """The personal answers in words. Only for callers that have asked the permission and left the entry."""
    questions = catalogue().questions
    return {
        row.question: words_of(questions[row.question], row.value)
        for row in live_personal(subject)
        if row.question in questions and row.value is not None
    }
