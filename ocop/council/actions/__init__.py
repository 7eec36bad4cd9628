"""Every write of the council: forming it, calling it, scoring, closing, handing over."""

from .forming import adopt_bylaws, call_session, form_council, put_before
from .hearings import close_hearing, confirm_finding
from .onward import forward_dossier, record_higher_result, send_result_letter
from .sheets import cast_sheet, declare, reopen_sheet, save_sheet

__all__ = [
    "adopt_bylaws",
    "call_session",
    "cast_sheet",
    "close_hearing",
    "confirm_finding",
    "declare",
    "form_council",
    "forward_dossier",
    "put_before",
    "record_higher_result",
    "reopen_sheet",
    "save_sheet",
    "send_result_letter",
]
