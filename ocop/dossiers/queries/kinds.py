"""What a dossier is written against: the recognition before it, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocop.core.clock import day_of
from ocop.dossiers.differences import (
    CHOICES,
    GONE,
    LAPSED,
    NEW,
    REST,
    Change,
    Line,
    Section,
    by_section,
    differences,
    matched,
    section_of_answer,
    section_of_paper,
)
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.queries.content import content_of
from ocop.dossiers.queries.law import judged_on, kind_of, regime_of
from ocop.dossiers.rules import NO_OPTION
from ocop.dossiers.states import DossierState
from ocop.interview.queries import catalogue, words_for
from ocop.interview.rules import year_of
from ocop.regime.rules import Regime
from ocop.registration.models import Registration, Subject
from ocop.registration.queries import earlier_recognition_of
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.queries import as_rules, paper_kinds
from ocop.rubric.rules import CriteriaSet

TARGET_STAR, ANSWER, OLD_CHOICE = "target-star", "answer-", "choice-old-"
NOT_CHOSEN = "chưa tự chấm, cần xem lại"


@dataclass(frozen=True, slots=True)
class Recognition:
    """The recognition a dossier builds on: star, last day, where it is written; its `submission` if we have it."""

    star: int
    until: date | None
    words: str
    submission: Submission | None = None


def recognised_before(registration: Registration) -> Submission | None:
    """What was handed in for the product's latest recognition in the system, or None."""
    found = (
        Submission.objects.filter(
            dossier__registration__product=registration.product_id, dossier__state=DossierState.RECOGNISED
        )
        .exclude(dossier__registration=registration.pk)
        .select_related("dossier__registration__batch__programme")
        .order_by("-dossier", "-number")
    )
    return found.first()


def recognition_of(dossier: Dossier) -> Recognition | None:
    """The recognition that the dossier builds on: the one it was started from, else what the subject copied down."""
    started = dossier.started_from
    if started is not None:
        before = started.dossier
        assert before.star is not None, "a recognised dossier has its star"
        words = f"{before.star} sao, {before.registration.batch}"
        return Recognition(before.star, before.recognised_until, words, started)
    known = earlier_recognition_of(dossier.registration.product)
    if known is None:
        return None
    words = f"{known.star} sao, Quyết định {known.decision_number} ngày {known.decided_on:%d/%m/%Y} của {known.issuer}"
    return Recognition(known.star, known.expires_on, words)


def differences_of(dossier: Dossier, content: Mapping[str, Any] | None = None) -> list[Change]:
    """What changed since the recognised submission, in the order of the law's headings; `content` is a frozen one."""
    return [change for section in changes_of(dossier, content) for change in section.changes]


def has_changed(dossier: Dossier) -> bool:
    """Whether the subject changed anything since the recognition, beside the star aimed at."""
    return any(was_made(change) for change in differences_of(dossier))


def was_made(change: Change) -> bool:
    """Whether the change was made by somebody: time alone lets papers lapse, turns years, and words criteria anew."""
    if change.key == TARGET_STAR or change.tone == LAPSED or NOT_CHOSEN in (change.before, change.after):
        return False
    if change.tone != GONE:
        return True
    # A figure of last year that is not answered for this one yet, a criterion that the new set does not have.
    of_a_year = change.key.startswith(ANSWER) and year_of(change.key.removeprefix(ANSWER), 0) is not None
    return not of_a_year and not change.key.startswith(OLD_CHOICE)


def changes_told(dossier: Dossier, content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The changes as a form prints them, each with the subject's words; a heading with words only is a row too."""
    comments = content.get("change_comments", {})
    rows = []
    for section in changes_of(dossier, content):
        rows += [
            {"label": each.label, "before": each.before, "after": each.after, "comment": comments.get(each.key, "")}
            for each in section.changes
        ]
        if comments.get(section.comment_key):
            rows.append({"label": section.name, "before": "", "after": "", "comment": comments[section.comment_key]})
    return rows


def changes_of(dossier: Dossier, content: Mapping[str, Any] | None = None) -> list[Section]:
    """The headings of the law with what changed under each; without a recognised submission nothing is compared."""
    regime = regime_of(dossier)
    if dossier.started_from is None:
        return by_section(regime.updates, [], [])
    content = content_of(dossier) if content is None else content
    return compared(
        dossier,
        dossier.started_from.content,
        content,
        regime=regime,
        day=judged_on(dossier.registration.batch).day,
    )


def compared(
    dossier: Dossier,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    regime: Regime,
    day: date,
    whole: bool = False,
) -> list[Section]:
    """Two contents of the same subject side by side; `whole` compares explanations, citations and comments too."""
    roots = Roots.of(dossier.registration.product.subject)
    old_set, new_set = set_in(before), set_in(after)
    codes = {code: code for code in new_set.criteria} if old_set is new_set else matched(old_set, new_set)
    old = list(lines_of(before, old_set, regime, roots, codes=codes, whole=whole))
    new = list(lines_of(after, new_set, regime, roots, whole=whole))
    return by_section(regime.updates, differences(old, new, day=day), [*old, *new])


def contents_side_by_side(dossier: Dossier, before: Submission, after: Submission) -> list[Section]:
    """What the later of two submissions says otherwise, whole."""
    day = day_of(after.submitted_at)
    return compared(dossier, before.content, after.content, regime=regime_of(dossier), day=day, whole=True)


def frozen_sections(dossier: Dossier, submission: Submission) -> list[Section]:
    """Everything that a submission says, under the headings of the law."""
    regime, roots = regime_of(dossier), Roots.of(dossier.registration.product.subject)
    lines = list(lines_of(submission.content, set_in(submission.content), regime, roots, whole=True))
    told = [Change(line.section, line.key, line.label, "", line.words, NEW) for line in lines]
    return by_section(regime.updates, told, lines)


def set_in(content: Mapping[str, Any]) -> CriteriaSet:
    """The criteria set that a content was written on, as published then."""
    named = content["set"]
    version = CriteriaSetVersion.objects.get(
        regime_code=named["regime"], set_no=named["set_no"], version=named["version"]
    )
    return as_rules(version)


@dataclass(frozen=True, slots=True)
class Roots:
    """For every paper of a subject the first of its versions: a renewed paper is the same paper."""

    by_key: Mapping[int, int]
    by_file: Mapping[str, int]

    @classmethod
    def of(cls, subject: Subject) -> Roots:
        """The papers that the subject has or had, in one query."""
        rows = list(subject.papers.order_by("pk").values_list("pk", "replaces", "file__sha256"))
        first: dict[int, int] = {}
        for key, replaces, _ in rows:
            first[key] = first.get(replaces, key) if replaces is not None else key
        return cls(first, {sha256: first[key] for key, _, sha256 in rows})

    def of_item(self, item: Mapping[str, Any]) -> str:
        """Under which key a cited paper is compared; contents from before the wallet know the file only."""
        root = self.by_key.get(item.get("paper", 0)) or self.by_file.get(item["sha256"])
        return f"paper-{root}" if root is not None else f"file-{item['sha256'][:16]}"


def lines_of(
    content: Mapping[str, Any],
    criteria_set: CriteriaSet,
    regime: Regime,
    roots: Roots,
    *,
    codes: Mapping[str, str] | None = None,
    whole: bool = False,
) -> Iterator[Line]:
    """What a content says, thing by thing; `codes` gives older criteria the codes they are compared under."""
    yield from _answers(content, regime)
    yield from _papers(content.get("evidence", ()), regime, roots, whole=whole)
    yield Line(TARGET_STAR, REST, "Hạng sao đăng ký", f"{content['target_star']} sao", content["target_star"])
    yield from _choices(content, criteria_set, codes, whole=whole)
    if whole:
        yield from _texts(content)


def _answers(content: Mapping[str, Any], regime: Regime) -> Iterator[Line]:
    answers = content.get("answers", {})
    words, book, year = words_for(answers), catalogue(), content["batch"]["year"]
    for key, value in answers.items():
        question = book.of(key)
        if question is None or not _counts(key, question.keys):
            continue
        about = question.about[:1].upper() + question.about[1:]
        spoken = year_of(key, year)
        said = f"{words[key]} (năm {spoken})" if spoken is not None else words[key]
        yield Line(f"{ANSWER}{key}", section_of_answer(regime.updates, question.code), about, said, value)


def _counts(key: str, keys: Sequence[str]) -> bool:
    """Of answers asked year by year the nearest year is compared."""
    return key == keys[0]


def _papers(evidence: Sequence[Mapping[str, Any]], regime: Regime, roots: Roots, *, whole: bool) -> Iterator[Line]:
    seen = set()
    for item in evidence:
        key = roots.of_item(item)
        if key in seen:
            continue
        seen.add(key)
        kind = paper_kinds().get(item.get("kind", ""))
        until = date.fromisoformat(item["expires_on"]) if item.get("expires_on") else None
        words = " · ".join(part for part in _paper_words(item, until, whole=whole) if part)
        label = kind.name if kind is not None else item["title"]
        section = section_of_paper(regime.updates, item.get("kind", ""))
        yield Line(key, section, label, words, (item["sha256"], words), until)


def _paper_words(item: Mapping[str, Any], until: date | None, *, whole: bool) -> Iterator[str]:
    yield f"số {item['number']}" if item.get("number") else item["title"]
    yield item.get("issuer", "")
    yield f"cấp ngày {date.fromisoformat(item['issued_on']):%d/%m/%Y}" if item.get("issued_on") else ""
    yield f"có giá trị đến {until:%d/%m/%Y}" if until is not None else ""
    if whole:
        yield f"viện dẫn cho {', '.join(item['cites'])}" if item["cites"] else "chưa viện dẫn"


def _choices(
    content: Mapping[str, Any], criteria_set: CriteriaSet, codes: Mapping[str, str] | None, *, whole: bool
) -> Iterator[Line]:
    for code, criterion in criteria_set.criteria.items():
        now = code if codes is None else codes.get(code)
        key = f"choice-{now}" if now is not None else f"{OLD_CHOICE}{code}"
        place = content["choices"].get(code)
        words = criterion.options[place - 1].label.rstrip(" .;") if place else NO_OPTION
        if code not in content["choices"]:
            words = NOT_CHOSEN
        yield Line(key, CHOICES, f"{now or code} {criterion.name}", words, words.casefold())
    for code, text in content.get("explanations", {}).items() if whole else ():
        label = f"Giải trình {code} {criteria_set.criteria[code].name}"
        if text:
            yield Line(f"note-{code}", CHOICES, label, text, text)


def _texts(content: Mapping[str, Any]) -> Iterator[Line]:
    note = content.get("changes_note", "")
    if note:
        yield Line("changes-note", REST, "Lời chủ thể về các thay đổi", note, note)
    for key, text in content.get("change_comments", {}).items():
        yield Line(f"comment-{key}", REST, "Lời chủ thể về một thay đổi", text, text)
    for key, text in content.get("item_answers", {}).items():
        yield Line(f"item-{key}", REST, "Trả lời mục được yêu cầu bổ sung", text, text)


def needs_recognition(dossier: Dossier) -> bool:
    """Whether the law wants an earlier recognition for this kind of dossier and none is known yet."""
    return kind_of(dossier).recognition_required and recognition_of(dossier) is None
