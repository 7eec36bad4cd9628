"""Every table of the room, by subject."""

from .calibration import CalibrationCase, CalibrationRound, CalibrationSheet
from .councils import Bylaws, Council, Seat
from .results import Forwarding, HigherResult, Publication, Result, ResultLetter
from .sessions import Attendance, Declaration, Hearing, Reader, Session
from .sheets import ConfirmedFinding, Discussion, Sheet
from .tasting import TastingCup, TastingRound, TastingSheet

__all__ = [
    "Attendance",
    "Bylaws",
    "CalibrationCase",
    "CalibrationRound",
    "CalibrationSheet",
    "ConfirmedFinding",
    "Council",
    "Declaration",
    "Discussion",
    "Forwarding",
    "Hearing",
    "HigherResult",
    "Publication",
    "Reader",
    "Result",
    "ResultLetter",
    "Seat",
    "Session",
    "Sheet",
    "TastingCup",
    "TastingRound",
    "TastingSheet",
]
