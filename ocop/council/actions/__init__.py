"""Every write of the council: forming it, calling it, scoring, closing, handing over."""

from .amending import add_seat, end_seat
from .answers import record_higher_result
from .assigning import assign_readers, change_reader
from .attendance import mark_attendance, sign_in
from .ballots import escalate_hearing
from .bylaws import adopt_bylaws
from .calibration import cast_calibration, end_calibration, open_calibration, save_calibration
from .door import declare
from .forming import call_session, form_council, put_before
from .hearings import close_hearing, confirm_finding
from .invitations import invite
from .letters import send_result_letter
from .meeting import begin_discussion, end_discussion, put_on_table, revise_sheet
from .onward import forward_dossier
from .publishing import publish_results
from .sheets import cast_sheet, reopen_sheet, save_sheet
from .tasting import call_off_tasting, cast_tasting, open_tasting, read_pour_list, save_tasting

__all__ = [
    "add_seat",
    "adopt_bylaws",
    "assign_readers",
    "begin_discussion",
    "call_off_tasting",
    "call_session",
    "cast_calibration",
    "cast_sheet",
    "cast_tasting",
    "change_reader",
    "close_hearing",
    "confirm_finding",
    "declare",
    "end_calibration",
    "end_discussion",
    "end_seat",
    "escalate_hearing",
    "form_council",
    "forward_dossier",
    "invite",
    "mark_attendance",
    "open_calibration",
    "open_tasting",
    "publish_results",
    "put_before",
    "put_on_table",
    "read_pour_list",
    "record_higher_result",
    "reopen_sheet",
    "revise_sheet",
    "save_calibration",
    "save_sheet",
    "save_tasting",
    "send_result_letter",
    "sign_in",
]
