"""Surveys in the field: their questions, notes and photos."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from ocop.advisory.models import Survey, SurveyNote, SurveyPhoto
from ocop.dossiers.models import Dossier


def surveys_of(dossier: Dossier) -> QuerySet[Survey]:
    """The dossier's surveys, oldest first."""
    return Survey.objects.filter(dossier=dossier).select_related("seat__user", "seat__team", "by").order_by("number")


def survey_notes(survey: Survey) -> dict[str, SurveyNote]:
    """The newest note on each question."""
    newer = SurveyNote.objects.filter(
        survey=OuterRef("survey"), content=OuterRef("content"), revision__gt=OuterRef("revision")
    )
    return {note.content: note for note in survey.notes.filter(~Exists(newer)).select_related("by")}


def survey_photos(survey: Survey) -> dict[str, list[SurveyPhoto]]:
    """The photos of each question that were not taken out again, oldest first."""
    found: dict[str, list[SurveyPhoto]] = {}
    for photo in survey.photos.filter(removed_at__isnull=True).select_related("file", "by").order_by("pk"):
        found.setdefault(photo.content, []).append(photo)
    return found
