"""Reads of the receiving desks: receipts, the clock, the assessment, the check, what goes on paper."""

from .assessing import (
    Statement,
    helped_with,
    last_note,
    local_papers_of,
    notes_of,
    photos_of,
    shown_photos,
    statements_of,
)
from .checking import Wanted, asked_of, checklist_of, marks_of, wanted_of_offices
from .papers import papers_of, report_values, slip_values, stamped_forms
from .receiving import clock_of, latest_submission, proposed_answer_day, receipt_of, receipts_of, waiting_for

__all__ = [
    "Statement",
    "Wanted",
    "asked_of",
    "checklist_of",
    "clock_of",
    "helped_with",
    "last_note",
    "latest_submission",
    "local_papers_of",
    "marks_of",
    "notes_of",
    "papers_of",
    "photos_of",
    "proposed_answer_day",
    "receipt_of",
    "receipts_of",
    "report_values",
    "shown_photos",
    "slip_values",
    "stamped_forms",
    "statements_of",
    "waiting_for",
    "wanted_of_offices",
]
