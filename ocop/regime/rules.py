"""A generation of the law as values: who evaluates, who recognises, bands, steps, clocks.

Everything here comes from a regime's data; nothing is decided in code. Pure: no database, clock or settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction


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
    """One thing a step has to assess, in the law's words (e.g. the four contents of the commune, QĐ 26 Art. 7.2)."""

    code: str
    name: str


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


@dataclass(frozen=True, slots=True)
class DossierKind:
    """A kind of dossier (first, upgrade, re-evaluation) as the regime names it."""

    code: str
    name: str
    changes_required: bool


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
    """A span of days before a certificate's expiry that has a name."""

    code: str
    name: str
    days_before_expiry_from: int
    days_before_expiry_to: int


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

    def limit(self, code: str) -> TimeLimit:
        """The time limit of that code, transitional ones included; KeyError when the regime has none."""
        for limit in (*self.clocks, *self.transitions):
            if limit.code == code:
                return limit
        raise KeyError(code)

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
