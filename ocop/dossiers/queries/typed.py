"""What others typed for the subject in one dossier, and what of it the subject has not read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ocop.dossiers.models import Dossier, Evidence, ReadBack
from ocop.dossiers.queries.evidence import live_evidence
from ocop.dossiers.queries.law import criteria_of
from ocop.dossiers.rules import (
    ASKED,
    CHANGES,
    EVIDENCE,
    INTERVIEW,
    NO_OPTION,
    SELF_ASSESSMENT,
    change_field,
    evidence_field,
    item_field,
    unread,
)
from ocop.interview.queries import catalogue, typed_by_others
from ocop.rubric.queries import paper_kinds
from ocop.rubric.rules import CriteriaSet


@dataclass(frozen=True, slots=True)
class TypedItem:
    """Something a helper typed for the subject: the field, in which part, what it says, who typed it and when.

    A personal answer stands without its words; `read_as` is what is kept of an item when it is read back.
    """

    field: str
    part: str
    label: str
    words: str
    who: str
    at: datetime
    read_as: str
    card: str = ""


def typed_for(dossier: Dossier) -> list[TypedItem]:
    """Everything in the dossier that others typed for the subject, part by part."""
    kinds = (_interview_items, _sheet_items, _changes_items, _asked_items, _evidence_items)
    return [item for items in kinds for item in items(dossier)]


def unread_of(dossier: Dossier, items: list[TypedItem] | None = None) -> list[TypedItem]:
    """Of what others typed, the things the subject has not read back as they stand."""
    items = typed_for(dossier) if items is None else items
    if not items:
        return []
    read = last_read_back(dossier)
    open_fields = set(unread({item.field: item.read_as for item in items}, read.items if read is not None else {}))
    return [item for item in items if item.field in open_fields]


def last_read_back(dossier: Dossier) -> ReadBack | None:
    """The last time the subject read the dossier back and confirmed it."""
    return dossier.read_backs.select_related("by").last()


def _sheet_items(dossier: Dossier) -> Iterator[TypedItem]:
    criteria_set = criteria_of(dossier)
    for code, criterion in criteria_set.criteria.items():
        for field, label, words in (
            (f"choice-{code}", f"Tiêu chí {code} {criterion.name}: mức tự chấm", _chosen(criteria_set, dossier, code)),
            (f"note-{code}", f"Tiêu chí {code} {criterion.name}: giải trình", dossier.explanations.get(code, "")),
        ):
            if field in dossier.typed:
                yield _item(field, SELF_ASSESSMENT, label, words, dossier.typed[field])


def _changes_items(dossier: Dossier) -> Iterator[TypedItem]:
    told = [("note-changes", "Thay đổi so với lần được công nhận trước", dossier.changes_note)]
    told += [(change_field(key), "Lời về một thay đổi", text) for key, text in dossier.change_comments.items()]
    for field, label, words in told:
        if field in dossier.typed:
            yield _item(field, CHANGES, label, words, dossier.typed[field])


def _asked_items(dossier: Dossier) -> Iterator[TypedItem]:
    for key, words in dossier.item_answers.items():
        if item_field(key) in dossier.typed:
            label = "Trả lời mục được yêu cầu bổ sung"
            yield _item(item_field(key), ASKED, label, words, dossier.typed[item_field(key)])


def _chosen(criteria_set: CriteriaSet, dossier: Dossier, code: str) -> str:
    place = dossier.choices.get(code)
    return criteria_set.criteria[code].options[place - 1].label if place else NO_OPTION


def _evidence_items(dossier: Dossier) -> Iterator[TypedItem]:
    for row in live_evidence(dossier):
        field = evidence_field(row.pk)
        mark = dossier.typed.get(field)
        if mark is not None:
            yield _item(field, EVIDENCE, row.title, paper_words(row), mark)
        elif row.paper.consent_id is not None:
            words, who = paper_words(row), row.paper.added_by.full_name
            yield TypedItem(field, EVIDENCE, row.title, words, who, row.paper.added_at, words)


def paper_words(row: Evidence) -> str:
    """What a cited paper is, in one sentence: kind, number, issuer, dates, and for which criteria it is cited."""
    paper, kind = row.paper, paper_kinds().get(row.paper.kind)
    said = [
        kind.name if kind is not None else "",
        f"số {paper.number}" if paper.number else "",
        f"do {paper.issuer} cấp" if paper.issuer else "",
        f"ngày cấp {paper.issued_on:%d/%m/%Y}" if paper.issued_on else "",
        f"có hiệu lực đến {paper.expires_on:%d/%m/%Y}" if paper.expires_on else "",
        f"viện dẫn cho {', '.join(row.cites)}" if row.cites else "chưa viện dẫn cho tiêu chí nào",
    ]
    return " · ".join(words for words in said if words)


def _interview_items(dossier: Dossier) -> Iterator[TypedItem]:
    product, year = dossier.registration.product, dossier.registration.batch.programme.year
    for typed in typed_by_others(product.subject, product, year):
        question = catalogue().of(typed.key)
        yield TypedItem(
            field=f"answer-{typed.key}",
            part=INTERVIEW,
            label=typed.about[:1].upper() + typed.about[1:],
            words=typed.words,
            who=typed.by.full_name,
            at=typed.at,
            read_as=f"#{typed.pk}" if typed.personal else typed.words,
            card=question.card if question is not None else "",
        )


def _item(field: str, part: str, label: str, words: str, mark: Mapping[str, Any]) -> TypedItem:
    words = words or "(để trống)"
    return TypedItem(field, part, label, words, mark["name"], datetime.fromisoformat(mark["at"]), words)
