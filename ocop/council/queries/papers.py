"""Issued papers of a session and of its products, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence

from ocop.audit.actions import thing_of
from ocop.council.models import Hearing, Result, Session
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import papers, papers_on


def papers_by_kind(session: Session) -> dict[str, list[IssuedPaper]]:
    """The session's papers by kind, the newest first."""
    found: dict[str, list[IssuedPaper]] = {}
    for paper in papers_on(session):
        found.setdefault(paper.kind, []).append(paper)
    return found


def sheet_papers(closed: Sequence[Hearing]) -> dict[int, list[IssuedPaper]]:
    """The issued score sheets by hearing, the newest first."""
    things = {thing_of(hearing): hearing.pk for hearing in closed}
    found: dict[int, list[IssuedPaper]] = {}
    for paper in papers().filter(thing__in=things, kind="score_sheet"):
        found.setdefault(things[paper.thing], []).append(paper)
    return found


def letters_on(results: Sequence[Result]) -> dict[int, IssuedPaper]:
    """The newest letter that told each result to its subject."""
    things = {thing_of(result): result.pk for result in results}
    found: dict[int, IssuedPaper] = {}
    for paper in papers().filter(thing__in=things, kind="result_letter").order_by("pk"):
        found[things[paper.thing]] = paper
    return found
