"""A generation of the law as one value: who evaluates, who recognises, which steps and clocks. Pure.

Everything here comes from a regime's data; nothing is decided in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from ocop.regime.rules.parts import (
    Band,
    BatchDates,
    CertificateRules,
    Consequence,
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
    Window,
)


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
    tasting: tuple[Tasting, ...] = ()
    consequences: tuple[Consequence, ...] = ()
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

    def consequence(self, code: str) -> Consequence | None:
        """What the regime says of a result of that kind, or None where it is silent."""
        return next((row for row in self.consequences if row.code == code), None)

    def in_force_on(self, day: date) -> bool:
        """Whether the regime is the law on `day` (both ends included)."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def samples_for(self, set_no: int) -> int:
        """How many samples a product of that set must hand over."""
        return 0 if set_no in self.samples.except_sets else self.samples.count

    def tasted_groups(self, set_no: int) -> frozenset[str]:
        """The groups of criteria of that set that are judged by tasting."""
        return frozenset(row.group for row in self.tasting if set_no in row.sets)
