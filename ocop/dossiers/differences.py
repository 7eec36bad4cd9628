"""What changed between two contents of a dossier, and what of a recognised one can be carried into a new one. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.regime.rules import Update
from ocop.rubric.rules import CriteriaSet, Criterion, Option

# Sections that every law has, beside those its data names.
CHOICES, REST = "choices", "rest"
OWN_SECTIONS = {CHOICES: "Mức tự chấm", REST: "Nội dung khác"}
NEW, CHANGED, GONE, LAPSED = "good", "work", "warn", "bad"
TONE_WORDS = {NEW: "Mới", CHANGED: "Đã đổi", GONE: "Không còn", LAPSED: "Hết hạn"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a content says: what it is about, in words, the value compared, and until when it holds."""

    key: str
    section: str
    label: str
    words: str
    value: Any
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that is said otherwise than before; a side on which nothing was said is empty."""

    section: str
    key: str
    label: str
    before: str
    after: str
    tone: str

    @property
    def tone_words(self) -> str:
        """What kind of change it is, in words."""
        return TONE_WORDS[self.tone]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the law with what changed under it; `told` is False where neither side says anything of it."""

    code: str
    name: str
    changes: tuple[Change, ...]
    told: bool
    article: str = ""
    mark: str = ""

    @property
    def comment_key(self) -> str:
        """Under which key the subject comments on the section as a whole."""
        return f"section-{self.code}"


def differences(before: Iterable[Line], after: Iterable[Line], *, day: date) -> list[Change]:
    """Every line that says something else than before, was not there, is gone, or does not hold on `day` any more."""
    old, new = {line.key: line for line in before}, {line.key: line for line in after}
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        change = _change(old.get(key), new.get(key), day)
        if change is not None:
            found.append(change)
    return found


def _change(old: Line | None, new: Line | None, day: date) -> Change | None:
    line = new or old
    assert line is not None, "a key comes from one of the sides"
    lapsed = line.until is not None and line.until < day
    if old is not None and new is not None and old.value == new.value and not lapsed:
        return None
    after = new.words if new is not None else ""
    if lapsed:
        after = f"Hết hạn {line.until:%d/%m/%Y}, chưa có bản mới"
    tone = LAPSED if lapsed else GONE if new is None else NEW if old is None else CHANGED
    return Change(line.section, line.key, line.label, old.words if old is not None else "", after, tone)


def by_section(updates: Sequence[Update], changes: Sequence[Change], told: Iterable[Line]) -> list[Section]:
    """The changes under the headings of the law, in its order, then under our own; one without changes stays in."""
    spoken = {line.section for line in told}
    heads = [(update.code, update.name, update.article, update.mark) for update in updates]
    heads += [(code, name, "", "") for code, name in OWN_SECTIONS.items()]
    return [
        Section(code, name, tuple(each for each in changes if each.section == code), code in spoken, article, mark)
        for code, name, article, mark in heads
    ]


def section_of_answer(updates: Iterable[Update], code: str) -> str:
    """The heading under which an answer to a question stands."""
    return next((update.code for update in updates if code in update.answers), REST)


def section_of_paper(updates: Iterable[Update], kind: str) -> str:
    """The heading under which a kind of paper stands."""
    return next((update.code for update in updates if kind in update.papers), REST)


@dataclass(frozen=True, slots=True)
class Carried:
    """What of an older self-assessment holds on the new set; `review` are its criteria that have to be looked at."""

    choices: dict[str, int | None]
    explanations: dict[str, str]
    review: tuple[str, ...]


def carry_over(
    old: CriteriaSet, new: CriteriaSet, choices: Mapping[str, int | None], explanations: Mapping[str, str]
) -> Carried:
    """The options and explanations of the older set on the new one: the same criterion, the same wording."""
    codes = matched(old, new)
    kept: dict[str, int | None] = {}
    for code, place in choices.items():
        if code not in codes:
            continue
        now = None if place is None else _place_of(old.criteria[code].options[place - 1], new.criteria[codes[code]])
        if place is None or now is not None:
            kept[codes[code]] = now
    return Carried(
        {code: kept[code] for code in new.criteria if code in kept},
        {codes[code]: text for code, text in explanations.items() if code in codes and text},
        tuple(code for code in new.criteria if code not in kept),
    )


def matched(old: CriteriaSet, new: CriteriaSet) -> dict[str, str]:
    """For each criterion of the older set the one in its place: same code and name, else the only one so named."""
    names = _named_once(new)
    old_names = _named_once(old)
    found = {}
    for code, criterion in old.criteria.items():
        same = new.criteria.get(code)
        if same is not None and _plain(same.name) == _plain(criterion.name):
            found[code] = code
        elif _plain(criterion.name) in old_names and _plain(criterion.name) in names:
            found[code] = names[_plain(criterion.name)]
    return found


def _named_once(criteria_set: CriteriaSet) -> dict[str, str]:
    counts = Counter(_plain(criterion.name) for criterion in criteria_set.criteria.values())
    return {
        _plain(criterion.name): code
        for code, criterion in criteria_set.criteria.items()
        if counts[_plain(criterion.name)] == 1
    }


def _place_of(option: Option, criterion: Criterion) -> int | None:
    """The place of the option of that wording, or None where the criterion offers none, or several."""
    places = [
        place
        for place, each in enumerate(criterion.options, start=1)
        if _plain(each.label) == _plain(option.label) and _plain(each.case or "") == _plain(option.case or "")
    ]
    return places[0] if len(places) == 1 else None


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(".", " ").replace(",", " ").replace(";", " ").split())
