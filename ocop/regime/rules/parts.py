"""The parts of a generation of the law: bands, levels, steps, clocks, forms, windows. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Band:
    """A star and the least mean (points of 100) that gives it; bands are half-open upwards."""

    star: int
    least: int


@dataclass(frozen=True, slots=True)
class Level:
    """A level that evaluates with a council: which stars it recognises, from which mean it forwards, and to whom."""

    code: str
    name: str
    council: str
    authority: str
    recognises: tuple[int, ...]
    forward_from: int | None
    forward_to: str | None
    article: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit of the law: `days`, counted as `working` or `calendar` days."""

    days: int
    counting: str


@dataclass(frozen=True, slots=True)
class Content:
    """One thing a step has to assess, in the law's words (e.g. the four contents of the commune, QĐ 26 Art. 7.2).

    `questions`, `facts` and `criteria` (patterns of criterion names) say where the subject's statement on it stands;
    `mark` is how sure we are of that.
    """

    code: str
    name: str
    questions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class IntakeStep:
    """A step between submission and the first council: `check` (complete?) or `assessment` (contents, no score)."""

    code: str
    kind: str
    name: str
    at: str
    by: str
    clock: Clock | None
    contents: tuple[Content, ...]
    form: str | None
    article: str = ""
    mark: str = ""
    verdicts: tuple[Verdict, ...] = ()
    letter: str | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A short word for how a statement was found, with the mark of who says so."""

    code: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRules:
    """The number on a paper that says a dossier was received: at a level, or by the system itself (`electronic`)."""

    code: str
    name: str
    number: str
    article: str = ""
    mark: str = ""

    def numbered(self, codes: Mapping[str, str], *, seq: int, year: int) -> str:
        """The number in the shape of the regime; `codes` are those of the units by level."""
        places = {level: codes.get(level, "") for level in ("province", "district", "commune")}
        return self.number.format(**places, seq=seq, year=year)


@dataclass(frozen=True, slots=True)
class DossierKind:
    """A kind of dossier (first, upgrade, re-evaluation) as the regime names it.

    `recognition_required` asks for the recognition that the product already has; `window` names the days before its
    expiry in which the dossier has to be filed, empty where any day will do. `written_opinion` is the article by which
    the council decides it by written opinion, empty where it has to meet.
    """

    code: str
    name: str
    changes_required: bool
    recognition_required: bool = False
    window: str = ""
    written_opinion: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """A thing whose changes since the recognition have to be told, in the law's words, and where its answers stand.

    `answers` are questions and facts of the interview, `papers` kinds of papers of the wallet.
    """

    code: str
    name: str
    answers: tuple[str, ...]
    papers: tuple[str, ...]
    article: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form of the regime."""

    code: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ForwardPart:
    """A part of the package that goes up to the next level."""

    code: str
    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Samples:
    """How many product samples go with a dossier, and the sets that send none."""

    count: int
    except_sets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tasting:
    """The group of criteria that members judge by tasting, in these sets; the law has no such list, so it is marked."""

    sets: tuple[int, ...]
    group: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a council's result leads to, in the law's words and with its article: pages and letters cite it."""

    code: str
    name: str
    article: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CertificateRules:
    """What the regime fixes about certificates: name, months of validity, shapes of the product code and the number."""

    name: str
    valid_months: int
    product_code: str
    number: str


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days before a certificate's expiry that has a name.

    `late` names the transitional limit for certificates whose span was over before the regime came into force.
    """

    code: str
    name: str
    days_before_expiry_from: int
    days_before_expiry_to: int
    article: str = ""
    late: str = ""

    def opens(self, expires_on: date) -> date:
        """The first day of the span for a certificate that expires on that day."""
        return expires_on - timedelta(days=self.days_before_expiry_from)

    def closes(self, expires_on: date) -> date:
        """The last day of the span."""
        return expires_on - timedelta(days=self.days_before_expiry_to)


@dataclass(frozen=True, slots=True)
class BatchDates:
    """Cut-offs of a yearly batch: day and month before which dossiers come in and evaluation ends."""

    level: str
    number: int
    name: str
    submit_before: tuple[int, int] | None
    finish_before: tuple[int, int] | None
    article: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A named time limit of the law outside intake: how long, since which event (in the law's words)."""

    code: str
    name: str
    clock: Clock
    since: str
    article: str = ""
    mark: str = ""
