"""Reads of a subject's papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.consent.queries import helped_by
from ocop.core.search import fold
from ocop.planning.models import Batch
from ocop.planning.queries import open_batches
from ocop.registration.models import Subject
from ocop.registration.queries import own_subjects
from ocop.rubric.queries import paper_kinds
from ocop.rubric.rules import PaperFact, PaperKind
from ocop.wallet.models import Paper
from ocop.wallet.rules import Light, light


class Judged(NamedTuple):
    """The day until which papers have to hold, and what people call it; no day while no batch is open."""

    day: date | None = None
    name: str = ""


class Row(NamedTuple):
    """A paper with what a list says of it."""

    paper: Paper
    kind: PaperKind | None
    light: Light


def papers_of(subject: Subject) -> QuerySet[Paper]:
    """The papers in use, newest first: neither withdrawn nor replaced by a newer one."""
    return subject.papers.filter(withdrawn_at__isnull=True, replaced_by__isnull=True).select_related("file")


def paper_facts(subject: Subject) -> dict[str, list[PaperFact]]:
    """The papers in use as measures look at them: kind → papers."""
    facts: dict[str, list[PaperFact]] = {}
    for kind, issued_on, expires_on in papers_of(subject).values_list("kind", "issued_on", "expires_on"):
        facts.setdefault(kind, []).append(PaperFact(kind, issued_on, expires_on))
    facts.pop("", None)
    return facts


def kind_of(paper: Paper) -> PaperKind | None:
    """What kind of paper it is, None while nobody has said."""
    return paper_kinds().get(paper.kind)


def judged_by(subject: Subject, day: date) -> Judged:
    """The nearest day on which an open batch of the subject needs its papers to hold."""
    return min((judged_in(batch) for batch in open_batches(subject.unit, day)), default=Judged())


def judged_in(batch: Batch) -> Judged:
    """The day on which a batch needs its papers to hold: one day a batch, whenever somebody looks."""
    if batch.announce_by is not None:
        return Judged(batch.announce_by, "ngày công bố của đợt")
    return Judged(batch.closes_on, "ngày đóng đợt")


def light_of(paper: Paper, day: date, judged: Judged) -> Light:
    """The paper's traffic light on a day."""
    kind = kind_of(paper)
    if kind is None and paper.expires_on is None:
        return Light("wait", "chưa ghi loại giấy và ngày")
    return light(paper.expires_on, day, judged.day, judged.name, dated=kind is not None and kind.expires == "required")


def rows_of(subject: Subject, day: date) -> list[Row]:
    """The papers in use with their lights, what wants a hand first."""
    judged = judged_by(subject, day)
    rows = [Row(paper, kind_of(paper), light_of(paper, day, judged)) for paper in papers_of(subject)]
    return sorted(rows, key=lambda row: (row.light.rank, row.paper.expires_on or date.max, -row.paper.pk))


def narrowed(rows: Iterable[Row], *, query: str, tones: Collection[str]) -> list[Row]:
    """The rows that hold every word of `query`, accents aside, and are of one of `tones`, if any are named."""
    words = fold(query).split()
    return [
        row for row in rows if (not tones or row.light.tone in tones) and all(word in _searched(row) for word in words)
    ]


def _searched(row: Row) -> str:
    return fold(row.paper.title, row.kind.name if row.kind else "", row.paper.number, row.paper.issuer)


def versions_of(paper: Paper) -> list[Paper]:
    """Every version of the paper, newest first: what it replaced and what replaced it."""
    known = {each.pk: each for each in paper.subject.papers.select_related("file", "added_by", "consent")}
    after = {each.replaces_id: each for each in known.values() if each.replaces_id}
    newest = known[paper.pk]
    while newest.pk in after:
        newest = after[newest.pk]
    chain = [newest]
    while chain[-1].replaces_id:
        chain.append(known[chain[-1].replaces_id])
    return chain


def wallets_of(user: User, day: date) -> list[Subject]:
    """The subjects whose wallets `user` fills: its own first, then those it helps with consent."""
    own = list(own_subjects(user, day).order_by("name", "pk"))
    return own + [consent.subject for consent in helped_by(user, day) if consent.subject not in own]
