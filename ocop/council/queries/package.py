"""The parts that go up with a dossier: which the system holds, which are still to be made, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from ocop.advisory.queries import report_of
from ocop.core.search import fold
from ocop.council.models import Result
from ocop.dossiers.queries import live_evidence, regime_of
from ocop.files.models import StoredFile
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import latest_paper
from ocop.samples.queries import tests_of

LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of the package: what it is, and its bytes in the store."""

    title: str
    stored: StoredFile


@dataclass(frozen=True, slots=True)
class PartState:
    """A part of the package as the regime names it: the files the system holds of it, and what to do without any.

    `made_with_it`: the hand-over itself makes it. `enclosed` is `files`, `paper` or empty once the package is put
    together.
    """

    code: str
    name: str
    optional: bool
    files: tuple[Enclosed, ...] = ()
    how: str = ""
    url_name: str = ""
    url_key: int = 0
    made_with_it: bool = False
    enclosed: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether the electronic package has it."""
        return bool(self.files) or self.made_with_it


def parts_of(result: Result) -> list[PartState]:
    """Every part that the regime asks for, in its order."""
    regime = regime_of(result.hearing.dossier)
    return [
        SOURCES.get(part.code, _on_paper)(result, PartState(part.code, part.name, part.optional))
        for part in regime.forward_parts
    ]


def with_enclosed(parts: Iterable[PartState], on_paper: Collection[str]) -> list[PartState]:
    """The parts with how each goes up: as files, on paper (ticked), or not at all."""
    return [
        replace(part, enclosed="files" if part.is_ready else "paper" if part.code in on_paper else "") for part in parts
    ]


def file_name(number: int, row: Enclosed) -> str:
    """A name that every machine can keep: number, words without accents, ending."""
    ending = re.sub(r"[^a-z0-9.]", "", PurePath(row.stored.name).suffix.lower())[:8]
    stem = re.sub(r"[^a-z0-9]+", "-", fold(row.title)).strip("-")[:LONGEST_STEM].strip("-")
    return f"{number:02d}-{stem or 'tep'}{ending}"


def folder_name(number: int, part: PartState) -> str:
    """The folder of a part, in the order of the regime."""
    return f"{number:02d}-{part.code.replace('_', '-')}"


def _paper(paper: IssuedPaper) -> tuple[Enclosed, ...]:
    return (Enclosed(f"{paper.title} số {paper.number}", paper.signed_pdf or paper.pdf),)


def _letter(result: Result, part: PartState) -> PartState:
    return replace(part, how="Hệ thống lập công văn khi ghi bàn giao.", made_with_it=True)


def _of_session(kind: str, words: str) -> Callable[[Result, PartState], PartState]:
    def found(result: Result, part: PartState) -> PartState:
        paper = latest_paper(result.hearing.session, kind)
        return replace(
            part,
            files=_paper(paper) if paper is not None else (),
            how="" if paper is not None else words,
            url_name="council:papers",
            url_key=result.hearing.session_id,
        )

    return found


def _advisory(result: Result, part: PartState) -> PartState:
    report = report_of(result.hearing.dossier)
    paper = latest_paper(report, "advisory_report") if report is not None else None
    if paper is None:
        return replace(part, how="Tổ tư vấn chưa phát hành báo cáo về sản phẩm này.")
    return replace(part, files=_paper(paper))


def _dossier(result: Result, part: PartState) -> PartState:
    rows = tuple(Enclosed(row.title, row.file) for row in live_evidence(result.hearing.dossier))
    return replace(part, files=rows, made_with_it=True)


def _tests(result: Result, part: PartState) -> PartState:
    rows = tuple(
        Enclosed(f"Kết quả kiểm nghiệm {test.what}", test.paper)
        for test in tests_of(result.hearing.dossier)
        if test.paper is not None
    )
    return replace(part, files=rows, how="" if rows else "Không có kiểm nghiệm bổ sung nào đã có kết quả.")


def _on_paper(result: Result, part: PartState) -> PartState:
    return replace(part, how="Hệ thống không giữ văn bản này: kèm bản giấy và đánh dấu ở đây.")


SOURCES: dict[str, Callable[[Result, PartState], PartState]] = {
    "letter": _letter,
    "council_report": _of_session("council_report", "Chưa phát hành báo cáo của Hội đồng."),
    "minutes": _of_session("minutes", "Chưa phát hành biên bản họp."),
    "advisory_report": _advisory,
    "dossier": _dossier,
    "extra_tests": _tests,
}
