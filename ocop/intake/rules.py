"""The desks' arithmetic and words: the clock in working days, a finding as it is printed, the list of a check. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.intake.states import MarkOf
from ocop.regime.rules import Content, IntakeStep, OfficialDay, Regime, WorkCalendar
from ocop.rubric.rules import CriteriaSet, Criterion, minimums, missed


@dataclass(frozen=True, slots=True)
class StepClock:
    """How a step's limit in working days was counted, and what is left of it."""

    start: date
    due: date
    days: int
    left: int
    met: tuple[OfficialDay, ...]
    unknown_years: tuple[int, ...]
    article: str
    mark: str


def step_clock(step: IntakeStep, start: date, due: date, day: date, calendar: WorkCalendar) -> StepClock | None:
    """The clock of a step that counts working days; None where it counts otherwise or has no limit."""
    if step.clock is None or step.clock.counting != "working":
        return None
    return StepClock(
        start=start,
        due=due,
        days=step.clock.days,
        left=calendar.left(day, due),
        met=tuple(calendar.met(start, due)),
        unknown_years=tuple(calendar.unknown_years(start, due)),
        article=step.article,
        mark=step.mark,
    )


# ── findings of an assessment ──


def speaks_of(content: Content, criterion: Criterion) -> bool:
    """Whether what a criterion claims belongs to the subject's statement on a content."""
    return any(re.search(pattern, criterion.name) for pattern in content.criteria)


def finding_words(*, verdict: str, text: str, asked: str, place: str) -> str:
    """A finding as the report prints it."""
    parts = [
        sentence(verdict),
        sentence(text),
        f"Đã hỏi: {sentence(asked)}" if asked else "",
        f"Tại: {sentence(place)}" if place else "",
    ]
    return " ".join(part for part in parts if part)


def sentence(text: str) -> str:
    """The text ending as a sentence ends."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…:;" else f"{text}."


# ── the list of a completeness check ──


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence as the check needs it: its key, its title, the criteria it is cited for, when it lapses."""

    key: str
    title: str
    cites: tuple[str, ...]
    lapsed: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One row to be checked. `flags` are what the system noticed, each with its tone; the officer decides."""

    key: str
    group: str
    what: str
    wants: str = ""
    claim: str = ""
    evidence: tuple[str, ...] = ()
    flags: tuple[tuple[str, str], ...] = ()

    @property
    def noticed(self) -> str:
        """What the system noticed, as the reason of a request starts with."""
        return "; ".join(words for _, words in self.flags)


FORMS, SAMPLES, BINDING, OTHERS, PAPERS, LAW = (
    "Biểu mẫu",
    "Sản phẩm mẫu",
    "Tiêu chí có mức tối thiểu của hạng đăng ký",
    "Các tiêu chí khác",
    "Giấy tờ hết hạn trước ngày xét",
    "Trường hợp loại hồ sơ",
)


def checklist(
    *,
    regime: Regime,
    step: IntakeStep,
    criteria_set: CriteriaSet,
    target_star: int,
    choices: Mapping[str, int | None],
    evidence: Sequence[Cited],
    samples_received: int | None,
) -> list[Item]:
    """Everything to be checked for this set, kind and star: what the star hangs on first."""
    return [
        *_forms(regime, step),
        *_samples(regime.samples_for(criteria_set.set_no), samples_received),
        *_criteria(criteria_set, target_star, choices, evidence),
        *(
            Item(f"paper:{each.key}", PAPERS, each.title, evidence=(each.key,), flags=(("warn", each.lapsed),))
            for each in evidence
            if each.lapsed
        ),
        *(Item(f"rejected:{place}", LAW, text) for place, text in enumerate(criteria_set.rejected_when, start=1)),
    ]


def _forms(regime: Regime, step: IntakeStep) -> Iterator[Item]:
    names = {form.code: form.name for form in regime.forms}
    for code in step.checks:
        yield Item(f"form:{code}", FORMS, names[code])


def _samples(wanted: int, received: int | None) -> Iterator[Item]:
    if not wanted:
        return
    flags: tuple[tuple[str, str], ...] = ()
    if received is None:
        flags = (("neutral", "chưa ghi số mẫu đã nhận"),)
    elif received < wanted:
        flags = (("warn", f"mới nhận {received} trên {wanted} mẫu"),)
    yield Item("samples", SAMPLES, f"{wanted} sản phẩm mẫu", flags=flags)


def _criteria(
    criteria_set: CriteriaSet, target_star: int, choices: Mapping[str, int | None], evidence: Sequence[Cited]
) -> Iterator[Item]:
    bound, below = minimums(criteria_set, target_star), missed(criteria_set, choices, target_star)
    binding: list[Item] = []
    others: list[Item] = []
    for criterion in criteria_set.criteria.values():
        place = choices.get(criterion.code)
        binds = criterion.code in bound
        cited = tuple(each.key for each in evidence if criterion.code in each.cites)
        if not (criterion.evidence or place or binds):
            continue
        flags = []
        if criterion.code in below:
            flags.append(("warn", "dưới mức tối thiểu của hạng đăng ký"))
        if place and not cited:
            flags.append(("warn", "có tự chấm nhưng chưa viện dẫn minh chứng"))
        item = Item(
            key=f"criterion:{criterion.code}",
            group=BINDING if binds else OTHERS,
            what=f"{criterion.code} {criterion.name}",
            wants="; ".join(criterion.evidence),
            claim=criterion.options[place - 1].label if place else "",
            evidence=cited,
            flags=tuple(flags),
        )
        (binding if binds else others).append(item)
    yield from binding
    yield from others


def faults(items: Iterable[Item], marks: Mapping[str, str]) -> list[Item]:
    """The rows found missing or wrong, in the order of the list."""
    return [item for item in items if marks.get(item.key) in (MarkOf.MISSING, MarkOf.WRONG)]


def request_row(item: Item, *, mark: str, note: str, example: str) -> dict[str, str]:
    """A fault as the first draft of what the subject is asked for."""
    stands = "Còn thiếu" if mark == MarkOf.MISSING else "Chưa đúng"
    reason = note or (f"{stands}: {item.noticed}" if item.noticed else f"{stands}.")
    return {"item": item.key, "what": item.what[:300], "reason": sentence(reason), "example": example or item.wants}


def groups_of(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The rows under their headings, in order."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(item.group, []).append(item)
    return list(grouped.items())


def count_words(marks: Collection[str], total: int) -> str:
    """How far the check is: “12/30 đã xem · 2 thiếu · 1 sai”."""
    words = [f"{len(marks)}/{total} đã xem"]
    for mark in (MarkOf.MISSING, MarkOf.WRONG):
        count = sum(each == mark for each in marks)
        if count:
            words.append(f"{count} {MarkOf(mark).label.lower()}")
    return " · ".join(words)


def number_fields(pattern: str, *, codes: Mapping[str, str], seq: int, year: int) -> str:
    """A receipt number by the regime's pattern."""
    fields: dict[str, Any] = {"province": "", "district": "", "commune": "", **codes, "seq": seq, "year": year}
    return pattern.format(**fields)
