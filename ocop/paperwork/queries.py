"""Reads of papers, their templates and numbers; a draft to look at before it is issued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from ocop.audit.actions import thing_of
from ocop.audit.models import LedgerEntry
from ocop.audit.queries import holds_entry
from ocop.core.codes import clean_code
from ocop.paperwork.kinds import kind_of, kinds
from ocop.paperwork.models import IssuedPaper, OfficeTemplate
from ocop.paperwork.rules import Composed, Kind, Stamp, draft_number
from ocop.places.models import Unit

Compose = Callable[[Stamp], Composed]


def papers() -> QuerySet[IssuedPaper]:
    """Papers with what a list shows of them."""
    return IssuedPaper.objects.select_related("unit", "pdf", "docx", "signature__file")


def papers_on(thing: Model, kind: str = "") -> QuerySet[IssuedPaper]:
    """The papers issued on a row, the newest first."""
    found = papers().filter(thing=thing_of(thing))
    return found.filter(kind=kind) if kind else found


def latest_paper(thing: Model, kind: str) -> IssuedPaper | None:
    """The newest paper of a kind on a row."""
    return papers_on(thing, kind).first()


def preview(kind: str, compose: Compose, *, signed_on: date) -> Composed:
    """The paper as it would be issued, without number and code, marked as a draft; nothing is written."""
    stamp = Stamp(number=draft_number(kind_of(kind).number), signed_on=signed_on, draft=True)
    composed = compose(stamp)
    return replace(composed, document=replace(composed.document, draft=True))


def live_template(unit: Unit, kind: str) -> OfficeTemplate | None:
    """The Word template that an office uses for a kind in place of the standard layout."""
    return OfficeTemplate.objects.select_related("file").filter(unit=unit, kind=kind, retired_at=None).first()


def taken_numbers(unit: Unit, kind: Kind, year: int) -> set[str]:
    """The numbers already given to papers of one office, series and year."""
    together = [each.code for each in kinds().values() if each.series == kind.series]
    found = IssuedPaper.objects.filter(unit=unit, kind__in=together, year=year)
    return set(found.values_list("number", flat=True))


def paper_by_code(code: str) -> IssuedPaper | None:
    """The paper whose check code that is, however it was typed."""
    clean = clean_code(code)
    return papers().filter(code=clean).first() if clean else None


def paper_by_content(sha256: str) -> IssuedPaper | None:
    """The paper one of whose files (as issued, signed, Word) has exactly that content."""
    same = Q(sha256=sha256) | Q(docx_sha256=sha256) | Q(signature__sha256=sha256)
    return papers().filter(same).first()


def on_the_chain(paper: IssuedPaper) -> bool:
    """Whether the end of the ledger that was printed on a paper still stands in it."""
    return not paper.head_seq or holds_entry(paper.head_seq, paper.head_hash)


def paper_off_the_chain() -> IssuedPaper | None:
    """The first paper whose printed end of the ledger no longer stands in it: the ledger was written anew."""
    entry = LedgerEntry.objects.filter(seq=OuterRef("head_seq"), hash=OuterRef("head_hash"))
    return IssuedPaper.objects.filter(head_seq__gt=0).exclude(Exists(entry)).order_by("pk").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What anybody is told of a paper: no name, no product, no points, nothing of what is in it."""

    paper: IssuedPaper
    kind: str
    title: str
    on_the_chain: bool
    file: str  # of the file that was shown: issued, signed, word, other, or nothing when none was


def checked(paper: IssuedPaper, sha256: str = "") -> Checked:
    """A paper as the check page tells it, and whether a file with that hash is one of its own."""
    kind = kind_of(paper.kind)
    signature = getattr(paper, "signature", None)
    own = {paper.sha256: "issued", paper.docx_sha256: "word"}
    if signature is not None:
        own[signature.sha256] = "signed"
    return Checked(
        paper=paper,
        kind=kind.name,
        title=paper.title if kind.title_public else "",
        on_the_chain=on_the_chain(paper),
        file=own.get(sha256, "other") if sha256 else "",
    )


def register_of(units: Sequence[Unit]) -> QuerySet[IssuedPaper]:
    """The papers that the offices sent out."""
    return papers().select_related("unit__parent", "signature__signed_by").filter(unit__in=units)


def live_templates(units: Sequence[Unit]) -> dict[tuple[int, str], OfficeTemplate]:
    """The templates in use in several offices, by office and kind."""
    found = OfficeTemplate.objects.select_related("file", "adopted_by").filter(unit__in=units, retired_at=None)
    return {(template.unit_id, template.kind): template for template in found}


def templates_of(unit: Unit, kind: str) -> QuerySet[OfficeTemplate]:
    """Every version of an office's template of a kind, the newest first."""
    found = OfficeTemplate.objects.select_related("unit", "file", "adopted_by", "retired_by")
    return found.filter(unit=unit, kind=kind).order_by("-version")
