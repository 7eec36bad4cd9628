"""Every write of the advisory team: forming it, giving out work, reviewing, surveying, reporting."""

from .assigning import give, give_evenly, take_back
from .reporting import AdviceDraft, write_report
from .reviewing import finish_review, reopen_review, save_review
from .surveying import QuestionDraft, finish_survey, plan_survey, remove_photo, save_survey
from .teams import TeamSeatDraft, add_seat, end_seat, form_team

__all__ = [
    "AdviceDraft",
    "QuestionDraft",
    "TeamSeatDraft",
    "add_seat",
    "end_seat",
    "finish_review",
    "finish_survey",
    "form_team",
    "give",
    "give_evenly",
    "plan_survey",
    "remove_photo",
    "reopen_review",
    "save_review",
    "save_survey",
    "take_back",
    "write_report",
]
