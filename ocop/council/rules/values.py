"""The values that go into a result and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .numbers import exact, shown

MINIMUMS_ON = ("mean", "majority", "all")
REFUSALS = ("quorum", "chair", "spread")
OUTCOMES = ("not_final", "rejected", "forward", "recognise", "return", "no_certificate")


@dataclass(frozen=True, slots=True)
class Bylaws:
    """The council's own rules (Quy chế hoạt động), frozen with the session; the law leaves them to the province."""

    quorum: Fraction = Fraction(3, 4)
    chair_must_vote: bool = True
    spread_limit: Fraction = Fraction(10)
    round_mean_to: int | None = None
    minimums_on: str = "mean"

    def __post_init__(self) -> None:
        """Only bylaws under which a result can be computed: a council without a sheet never closes."""
        if not 0 < self.quorum <= 1:
            raise ValueError("Túc số phải lớn hơn 0 và không quá 1.")
        if self.spread_limit < 0:
            raise ValueError("Mức chênh lệch điểm cho phép không được âm.")
        if self.round_mean_to is not None and self.round_mean_to < 0:
            raise ValueError("Số chữ số thập phân khi làm tròn không được âm.")
        if self.minimums_on not in MINIMUMS_ON:
            raise ValueError(f"Cách xét yêu cầu tối thiểu phải là một trong: {', '.join(MINIMUMS_ON)}.")


@dataclass(frozen=True, slots=True)
class SheetOfMember:
    """One member's sheet: for each criterion the place of the ticked option, from 1, or None."""

    member: str
    chair: bool
    choices: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What knocks the product out, at which criterion, and why (notes of Phụ lục II)."""

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """The points of one sheet, in all and by part."""

    member: str
    total: int
    parts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """All sheets added up. `rows` holds each sheet's points by the criterion's place; `criteria` their sums."""

    sheets: tuple[SheetTotal, ...]
    chair_voted: bool
    rows: tuple[list[int], ...]
    criteria: tuple[int, ...]
    mean: Fraction | None
    parts: Mapping[str, Fraction] | None
    lowest: int
    highest: int

    @property
    def spread(self) -> int:
        """Largest total less the smallest; 0 without sheets."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class MissedMinimum:
    """A star's minimum that does not hold; `has` is the mean, or the number of sheets that reach it."""

    star: int
    criterion: str
    needs: int
    has: Fraction | int


@dataclass(frozen=True, slots=True)
class Stars:
    """The star of the points, the star that also holds its minimums, and what the stars between them miss."""

    mean: Fraction
    by_points: int
    star: int
    missed: tuple[MissedMinimum, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to the dossier, which level recognises the star, and where the dossier goes up to."""

    outcome: str
    decided_by: str | None = None
    forward_to: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A result with everything that led to it, exact; `as_json` is what is stored and printed."""

    regime: str
    set_no: int
    level: str
    sheets: tuple[SheetTotal, ...]
    mean: Fraction | None
    parts: Mapping[str, Fraction] | None
    spread: int
    refusals: tuple[str, ...]
    star_by_points: int | None
    star: int | None
    missed_minimums: tuple[MissedMinimum, ...]
    knock_outs: tuple[Finding, ...]
    outcome: str
    decided_by: str | None
    forward_to: str | None
    trace: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The result as plain JSON values, its keys always all there and in the same order."""
        return {
            "regime": self.regime,
            "set": self.set_no,
            "level": self.level,
            "sheets": [{"member": s.member, "total": s.total, "parts": dict(s.parts)} for s in self.sheets],
            "mean_exact": None if self.mean is None else exact(self.mean),
            "mean": None if self.mean is None else shown(self.mean),
            "parts": None if self.parts is None else {code: shown(mean) for code, mean in self.parts.items()},
            "spread": self.spread,
            "refusals": list(self.refusals),
            "star_by_points": self.star_by_points,
            "star": self.star,
            "missed_minimums": [
                {
                    "star": missed.star,
                    "criterion": missed.criterion,
                    "needs": missed.needs,
                    "has": shown(missed.has) if isinstance(missed.has, Fraction) else missed.has,
                }
                for missed in self.missed_minimums
            ],
            "knock_outs": [{"criterion": found.criterion, "reason": found.reason} for found in self.knock_outs],
            "outcome": self.outcome,
            "decided_by": self.decided_by,
            "forward_to": self.forward_to,
            "trace": list(self.trace),
        }
