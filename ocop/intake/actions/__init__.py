"""Every write of the receiving desks."""

from ocop.intake.actions.assessing import (
    finish_assessment,
    number_papers,
    remove_photo,
    save_notes,
)
from ocop.intake.actions.checking import MarkDraft, pass_check, request_additions, save_marks
from ocop.intake.actions.fieldwork import NoteDraft, PhotoDraft
from ocop.intake.actions.receiving import receive

__all__ = [
    "MarkDraft",
    "NoteDraft",
    "PhotoDraft",
    "finish_assessment",
    "number_papers",
    "pass_check",
    "receive",
    "remove_photo",
    "request_additions",
    "save_marks",
    "save_notes",
]
