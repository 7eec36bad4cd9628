"""A paper leaves the office: number, check code, PDF and Word file, one entry in the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.urls import reverse

from ocop.accounts.models import User
from ocop.audit.actions import record, thing_of
from ocop.audit.queries import head
from ocop.core.codes import new_code, shown_code
from ocop.core.errors import Refused
from ocop.core.models import NumberSeries, next_number
from ocop.core.texts import check_length
from ocop.files.actions import keep_paper
from ocop.paperwork.kinds import kind_of
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import Compose, live_template, taken_numbers
from ocop.paperwork.rules import Composed, Kind, Stamp, number_at, number_refusal
from ocop.paperwork.word import fill, stamp_values
from ocop.places.models import Unit
from ocop.ui.papers.blocks import Foot
from ocop.ui.papers.document import press_docx, press_pdf

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@transaction.atomic
def issue_paper(
    *,
    kind: str,
    unit: Unit,
    compose: Compose,
    title: str,
    signed_on: date,
    on: Model,
    thread: Model | None = None,
    number: str = "",
    shown_to_subject: bool = False,
    by: User,
    at: datetime,
) -> IssuedPaper:
    """Issue a paper of a kind: `number` empty takes the next of the series, a typed one is refused when taken.

    `compose` is given the stamp and gives back the blocks and merge values; the foot with code, QR and ledger head is
    put on here. Whether `by` may issue it is the calling room's to check.
    """
    told = kind_of(kind)
    check_length(title, 300, what="Tên văn bản", field="title")
    year = signed_on.year
    given = _number(told, unit, year, number)
    stamp = _stamp(given, signed_on)
    composed = compose(stamp)
    _check_values(told, composed)
    document = replace(composed.document, foot=foot_of(stamp))
    template = live_template(unit, kind)
    pdf = press_pdf(document)
    values = {**stamp_values(stamp), **composed.values}
    docx = press_docx(document) if template is None else fill(template.file, told, values)
    stem = f"{kind.replace('_', '-')}-{stamp.code.lower()}"
    kept_pdf = keep_paper(pdf, name=f"{stem}.pdf", content_type=PDF, by=by, at=at)
    kept_docx = keep_paper(docx, name=f"{stem}.docx", content_type=DOCX, by=by, at=at)
    paper = IssuedPaper.objects.create(
        unit=unit,
        kind=kind,
        number=given,
        year=year,
        title=title,
        signed_on=signed_on,
        thing=thing_of(on),
        code=stamp.code,
        pdf=kept_pdf,
        docx=kept_docx,
        sha256=kept_pdf.sha256,
        docx_sha256=kept_docx.sha256,
        head_seq=stamp.head_seq,
        head_hash=stamp.head_hash,
        template=template,
        issued_by=by,
        issued_at=at,
    )
    record(
        act="issue_paper",
        words=f"Phát hành {told.lower_name} số {given}",
        on=paper,
        thread=thread,
        shown_to_subject=shown_to_subject,
        facts={
            "kind": kind,
            "unit": unit.code,
            "number": given,
            "about": paper.thing,
            "code": stamp.code,
            "sha256": paper.sha256,
            "docx_sha256": paper.docx_sha256,
            "head_seq": stamp.head_seq,
            "head_hash": stamp.head_hash,
        },
        by=by,
        at=at,
    )
    return paper


def _stamp(number: str, signed_on: date) -> Stamp:
    """The number, a fresh check code and where the ledger stands now."""
    code, last = new_code(), head()
    return Stamp(
        number=number,
        signed_on=signed_on,
        code=code,
        check_url=settings.OCOP_PUBLIC_URL + reverse("paperwork:check-code", args=[code]),
        head_seq=last.seq if last else 0,
        head_hash=last.hash if last else "",
    )


def foot_of(stamp: Stamp) -> Foot:
    """What an issued paper says of itself at its end."""
    return Foot(
        address=stamp.check_url,
        code=shown_code(stamp.code),
        head_seq=stamp.head_seq,
        head_hash=stamp.head_hash,
    )


def _number(kind: Kind, unit: Unit, year: int, typed: str) -> str:
    """The typed number when it is free, else the next of the series that nobody typed before."""
    typed = typed.strip()
    series = f"paper:{unit.pk}:{kind.series}:{year}"
    NumberSeries.objects.get_or_create(name=series)
    NumberSeries.objects.select_for_update().get(name=series)  # two clerks never get one number, typed or counted
    taken = taken_numbers(unit, kind, year)
    if typed:
        refusal = number_refusal(typed, taken)
        if refusal:
            raise Refused(refusal, field="number")
        return typed
    while (given := number_at(kind.number, next_number(series))) in taken:
        pass
    return given


def _check_values(kind: Kind, composed: Composed) -> None:
    """A value whose field the book does not have is a mistake of the program, not of the clerk."""
    known = {field.name for field in kind.fields} | {group.name for group in kind.groups}
    rows = {group.name: {field.name for field in group.fields} for group in kind.groups}
    unknown = set(composed.values) - known
    for name, value in composed.values.items():
        if not isinstance(value, str):
            unknown |= {field for row in value for field in row} - rows.get(name, set())
    if unknown:
        raise ValueError(f"paperwork/book/kinds.yaml, {kind.code}: no field {', '.join(sorted(unknown))}")
