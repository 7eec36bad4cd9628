"""What a dossier needs before it may be handed in, and when a step's clock runs out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ocop.core.clock import add_working_days
from ocop.core.texts import tidy
from ocop.regime.rules import Clock, DossierKind, Regime
from ocop.rubric.rules import CriteriaSet, missed, total_of

NO_OPTION = "Không có mức nào"
SELF_ASSESSMENT, EVIDENCE = "self-assessment", "evidence"


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something a dossier lacks: in which part of it, and what to do, in Vietnamese."""

    part: str
    words: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a self-assessment would give; never a result. `missed` are the criteria below the wished star's minimums."""

    total: int
    answered: int
    by_points: int
    star: int
    missed: tuple[str, ...]


def forecast(
    regime: Regime, criteria_set: CriteriaSet, choices: Mapping[str, int | None], wished_star: int
) -> Forecast:
    """The star of the total, lowered until its minimums hold (same bands and minimums as the council's)."""
    total = total_of(criteria_set, choices)
    star = by_points = regime.star_by_points(Fraction(total))
    while missed(criteria_set, choices, star):
        star -= 1
    return Forecast(total, len(choices), by_points, star, tuple(missed(criteria_set, choices, wished_star)))


def missing_before_submission(
    criteria_set: CriteriaSet,
    kind: DossierKind,
    choices: Mapping[str, int | None],
    evidence_count: int,
    changes_note: str,
) -> list[Lacking]:
    """What still lacks, each with what to do; empty when the dossier may be handed in."""
    lacking: list[Lacking] = []
    unanswered = [code for code in criteria_set.criteria if code not in choices]
    if unanswered:
        shown = ", ".join(unanswered[:6]) + ("…" if len(unanswered) > 6 else "")
        lacking.append(
            Lacking(
                SELF_ASSESSMENT,
                f"Còn {len(unanswered)} tiêu chí chưa tự chấm ({shown}). Nếu không đạt mức nào, chọn “{NO_OPTION}”.",
            )
        )
    if evidence_count == 0:
        lacking.append(Lacking(EVIDENCE, "Chưa có minh chứng nào. Hãy chụp hoặc tải lên ít nhất một tệp."))
    if kind.changes_required and not changes_note.strip():
        lacking.append(
            Lacking(SELF_ASSESSMENT, f"Hồ sơ “{kind.name}” cần nêu những thay đổi so với lần được công nhận trước.")
        )
    return lacking


def clock_ends(clock: Clock | None, start: date, holidays: Collection[date] = ()) -> date | None:
    """The last day of a step that started on `start`; None where the law sets no limit."""
    if clock is None:
        return None
    if clock.counting == "working":
        return add_working_days(start, clock.days, holidays)
    return date.fromordinal(start.toordinal() + clock.days)


def clean_items(items: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The missing items, trimmed, without rows in which nothing was typed."""
    trimmed = ({key: tidy(item.get(key, "")) for key in ("what", "reason")} for item in items)
    return [item for item in trimmed if item["what"] or item["reason"]]
