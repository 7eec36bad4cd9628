"""A generation of the law as values: who evaluates, who recognises, bands, steps, clocks.

Everything here comes from a regime's data; nothing is decided in code. Pure: no database, clock or settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from ocop.core.clock import add_working_days, working_days_left


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
    expiry in which the dossier has to be filed, empty where any day will do.
    """

    code: str
    name: str
    changes_required: bool
    recognition_required: bool = False
    window: str = ""


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


@dataclass(frozen=True, slots=True)
class Regime:
    """One generation of the law, complete. `mapping` keeps the file as published, marks and sources included."""

    code: str
    name: str
    short_name: str
    in_force_from: date
    in_force_to: date | None
    bands: tuple[Band, ...]
    levels: tuple[Level, ...]
    intake: tuple[IntakeStep, ...]
    first_council: str
    dossier_kinds: tuple[DossierKind, ...]
    forms: tuple[Form, ...]
    forward_parts: tuple[ForwardPart, ...]
    samples: Samples
    certificate: CertificateRules
    windows: tuple[Window, ...]
    batches: tuple[BatchDates, ...]
    clocks: tuple[TimeLimit, ...] = ()
    transitions: tuple[TimeLimit, ...] = ()
    set_count: int = 0
    receipts: tuple[ReceiptRules, ...] = ()
    updates: tuple[Update, ...] = ()
    mapping: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def level(self, code: str) -> Level:
        """The level of that code; KeyError when the regime has none."""
        for level in self.levels:
            if level.code == code:
                return level
        raise KeyError(code)

    def step(self, code: str) -> IntakeStep:
        """The intake step of that code; KeyError when the regime has none."""
        for step in self.intake:
            if step.code == code:
                return step
        raise KeyError(code)

    def kind(self, code: str) -> DossierKind:
        """The kind of dossier of that code; KeyError when the regime has none."""
        for kind in self.dossier_kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)

    def window(self, code: str) -> Window:
        """The span of days of that code; KeyError when the regime has none."""
        for window in self.windows:
            if window.code == code:
                return window
        raise KeyError(code)

    def limit(self, code: str) -> TimeLimit:
        """The time limit of that code, transitional ones included; KeyError when the regime has none."""
        for limit in (*self.clocks, *self.transitions):
            if limit.code == code:
                return limit
        raise KeyError(code)

    def receipt(self, code: str) -> ReceiptRules | None:
        """How receipts of that code are numbered, or None where the regime has none."""
        return next((receipt for receipt in self.receipts if receipt.code == code), None)

    def step_after(self, code: str | None) -> IntakeStep | None:
        """The intake step after `code` (the first one after None), or None when intake is over."""
        if code is None:
            return self.intake[0] if self.intake else None
        codes = [step.code for step in self.intake]
        following = codes.index(code) + 1
        return self.intake[following] if following < len(codes) else None

    def star_by_points(self, mean: Fraction) -> int:
        """The star of the half-open band that holds `mean` (QĐ 26 Art. 3.3; same bands in QĐ 148)."""
        return max(band.star for band in self.bands if mean >= band.least)

    def recogniser_of(self, star: int) -> Level | None:
        """The level that recognises `star`, or None (stars without a certificate)."""
        for level in self.levels:
            if star in level.recognises:
                return level
        return None

    def in_force_on(self, day: date) -> bool:
        """Whether the regime is the law on `day` (both ends included)."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def samples_for(self, set_no: int) -> int:
        """How many samples a product of that set must hand over."""
        return 0 if set_no in self.samples.except_sets else self.samples.count


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """A day that does not count as the day of the week says: off (a holiday), or worked (a swapped Saturday)."""

    day: date
    name: str
    works: bool
    article: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The official days that are known for some years. A year without data counts Saturdays and Sundays only."""

    days: Mapping[date, OfficialDay] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    @property
    def off(self) -> set[date]:
        """The days off."""
        return {day for day, official in self.days.items() if not official.works}

    @property
    def working(self) -> set[date]:
        """The Saturdays and Sundays that are worked."""
        return {day for day, official in self.days.items() if official.works}

    def ends(self, start: date, days: int) -> date:
        """The day on which `days` working days after `start` are over."""
        return add_working_days(start, days, self.off, self.working)

    def left(self, day: date, until: date) -> int:
        """How many working days are left after `day` up to and with `until`; below zero when it is over."""
        return working_days_left(day, until, self.off, self.working)

    def met(self, start: date, end: date) -> list[OfficialDay]:
        """The official days after `start` up to and with `end` that change the count, in order."""
        return [
            official
            for day, official in sorted(self.days.items())
            if start < day <= end and official.works == (day.weekday() >= 5)
        ]

    def unknown_years(self, start: date, end: date) -> list[int]:
        """The years of the span for which no official days are known."""
        return [year for year in range((start + timedelta(days=1)).year, end.year + 1) if year not in self.years]
