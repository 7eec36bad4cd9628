"""Forms of the council's pages: the shape of what people enter; the law is the actions' matter."""

from ocop.council.forms.bylaws import (
    LEFT_TO_BYLAWS,
    BylawsForm,
)
from ocop.council.forms.calibration import CalibrationForm
from ocop.council.forms.councils import (
    SEAT_PREFIX,
    AddSeatForm,
    CouncilForm,
    EndSeatForm,
    SeatForm,
    SeatFormSet,
    council_people,
    seat_rows,
)
from ocop.council.forms.door import (
    DoorForm,
)
from ocop.council.forms.hearings import (
    FindingForm,
    ReopenForm,
)
from ocop.council.forms.onward import (
    AnswerForm,
    ForwardForm,
    LetterForm,
)
from ocop.council.forms.sessions import AttendanceForm, DossierChoices, PutBeforeForm, ReaderForm, SessionForm
from ocop.council.forms.tasting import CallOffForm, OpenTastingForm

__all__ = [
    "LEFT_TO_BYLAWS",
    "SEAT_PREFIX",
    "AddSeatForm",
    "AnswerForm",
    "AttendanceForm",
    "BylawsForm",
    "CalibrationForm",
    "CallOffForm",
    "CouncilForm",
    "DoorForm",
    "DossierChoices",
    "EndSeatForm",
    "FindingForm",
    "ForwardForm",
    "LetterForm",
    "OpenTastingForm",
    "PutBeforeForm",
    "ReaderForm",
    "ReopenForm",
    "SeatForm",
    "SeatFormSet",
    "SessionForm",
    "council_people",
    "seat_rows",
]
