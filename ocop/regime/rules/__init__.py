"""A generation of the law as values, and its working days. Pure: no database, clock or settings."""

from ocop.regime.rules.calendar import OfficialDay, WorkCalendar
from ocop.regime.rules.parts import (
    Band,
    BatchDates,
    CertificateRules,
    Clock,
    Consequence,
    Content,
    DossierKind,
    Form,
    ForwardPart,
    IntakeStep,
    Level,
    ReceiptRules,
    Samples,
    Tasting,
    TimeLimit,
    Update,
    Verdict,
    Window,
)
from ocop.regime.rules.regime import Regime

__all__ = [
    "Band",
    "BatchDates",
    "CertificateRules",
    "Clock",
    "Consequence",
    "Content",
    "DossierKind",
    "Form",
    "ForwardPart",
    "IntakeStep",
    "Level",
    "OfficialDay",
    "ReceiptRules",
    "Regime",
    "Samples",
    "Tasting",
    "TimeLimit",
    "Update",
    "Verdict",
    "Window",
    "WorkCalendar",
]
