"""The desks' arithmetic and words: the clock in working days, a finding as it is printed, the list of a check. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
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
    """A piece of evidence as the check needs it: its key, title, the criteria it is cited for, when it lapses.

    `example` is what a good one looks like, by the catalogue of papers.
    """

    key: str
    title: str
    cites: tuple[str, ...]
    lapsed: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One row to be checked. `flags` are what the system noticed, each with its tone; the officer decides.

    `owner` is the earlier step whose office has to bring it; empty where the subject does. `example` shows what a
    good one is like.
    """

    key: str
    group: str
    what: str
    wants: str = ""
    claim: str = ""
    owner: str = ""
    example: str = ""
    evidence: tuple[str, ...] = ()
    flags: tuple[tuple[str, str], ...] = ()

    @property
    def noticed(self) -> str:
        """What the system noticed, as the reason of a request starts with."""
        return "; ".join(words for _, words in self.flags)


STANDS = {MarkOf.MISSING: "Còn thiếu", MarkOf.WRONG: "Chưa đúng"}
BARE = ("", "thiếu", "sai", *(words.casefold() for words in STANDS.values()))
LONGEST_EXAMPLE = 1000

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
        *_samples(regime, step, criteria_set.set_no, samples_received),
        *_criteria(criteria_set, target_star, choices, evidence),
        *(
            Item(
                key=f"paper:{each.key}",
                group=PAPERS,
                what=each.title,
                example=" ".join(filter(None, ["Bản mới còn hạn trên giấy.", each.example])),
                evidence=(each.key,),
                flags=(("warn", each.lapsed),),
            )
            for each in evidence
            if each.lapsed
        ),
        *(
            Item(
                f"rejected:{place}",
                LAW,
                text,
                example="Giấy tờ, ảnh chụp cho thấy sản phẩm không thuộc trường hợp này.",
            )
            for place, text in enumerate(criteria_set.rejected_when, start=1)
        ),
    ]


def _forms(regime: Regime, step: IntakeStep) -> Iterator[Item]:
    names = {form.code: form.name for form in regime.forms}
    owners = {code: each.code for each in _before(regime, step) for code in (each.form, each.letter) if code}
    for code in step.checks:
        example = "Bản in từ hệ thống, đủ các mục, có chữ ký, đóng dấu nếu có con dấu."
        yield Item(f"form:{code}", FORMS, names[code], owner=owners.get(code, ""), example=example)


def _before(regime: Regime, step: IntakeStep) -> list[IntakeStep]:
    return list(takewhile(lambda each: each.code != step.code, regime.intake))


def _samples(regime: Regime, step: IntakeStep, set_no: int, received: int | None) -> Iterator[Item]:
    """The samples: the office that took the dossier in first takes them too, and hands them on."""
    wanted = regime.samples_for(set_no)
    if not wanted:
        return
    flags: tuple[tuple[str, str], ...] = ()
    if received is None:
        flags = (("neutral", "chưa ghi số mẫu đã nhận"),)
    elif received < wanted:
        flags = (("warn", f"mới nhận {received} trên {wanted} mẫu"),)
    earlier = _before(regime, step)
    yield Item(
        key="samples",
        group=SAMPLES,
        what=f"{wanted} sản phẩm mẫu",
        owner=earlier[0].code if earlier else "",
        example=f"{wanted} sản phẩm còn nguyên bao gói, nhãn như bán ra.",
        flags=flags,
    )


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
            example=f"Giấy tờ, sổ sách hoặc ảnh chụp về: {criterion.name}.",
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
    reason = note or f"{STANDS[MarkOf(mark)]}: {item.noticed}"
    return {
        "item": item.key,
        "what": item.what[:300],
        "reason": sentence(reason),
        "example": example or (item.wants or item.example)[:LONGEST_EXAMPLE],
    }


def wrong_in_row(row: Mapping[str, str]) -> dict[str, str]:
    """What a row of a request lacks, by its field: a reason that says something, and an example to go by."""
    reason = row.get("reason", "").strip(" .:…").casefold()
    wrong = {
        "what": "" if row.get("what", "").strip() else "Ghi tên mục cần bổ sung.",
        "reason": "Ghi rõ thiếu gì, vì sao." if reason in BARE else "",
        "example": "" if row.get("example", "").strip() else "Ghi một ví dụ để chủ thể làm theo.",
    }
    return {field: words for field, words in wrong.items() if words}


def asked_words(office: str, rows: Sequence[Mapping[str, str]]) -> str:
    """What an office is asked to bring for a dossier, as the thread says it."""
    told = "\n".join(f"- {row['what']}: {row['reason']}" for row in rows)
    return f"Đề nghị {office} bổ sung:\n{told}"


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
