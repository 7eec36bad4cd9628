"""Taking a dossier in: the receipt number, the paper set, the samples."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.models import next_number
from ocop.core.texts import check_length, tidy
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, regime_of
from ocop.intake.actions.locking import at_step
from ocop.intake.models import Receipt
from ocop.intake.queries import receipt_of
from ocop.intake.rules import number_fields
from ocop.places.queries import upwards

LONGEST_NOTE = 2000
MOST_SAMPLES = 999


@transaction.atomic
def receive(
    *,
    dossier: Dossier,
    paper_on: date | None,
    samples: int | None,
    handed_by: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Receipt:
    """Write down what came in, with a number by the regime's pattern; a later entry keeps the number and says more."""
    locked, step, submission = at_step(dossier, by=by, at=at)
    handed_by, note = tidy(handed_by), tidy(note)
    check_length(handed_by, 120, what="Tên người nộp", field="handed_by")
    check_length(note, LONGEST_NOTE, what="Ghi chú", field="note")
    if paper_on is not None and paper_on > day_of(at):
        raise Refused("Ngày nhận bộ giấy không thể sau hôm nay.", field="paper_on")
    wanted = regime_of(locked).samples_for(criteria_of(locked).set_no)
    if samples is not None and samples > MOST_SAMPLES:
        raise Refused(f"Số mẫu nhiều nhất là {MOST_SAMPLES}.", field="samples")
    if samples and not wanted:
        raise Refused("Bộ tiêu chí này không nộp sản phẩm mẫu: để trống ô số mẫu.", field="samples")
    last = receipt_of(locked, step.code)
    said = (paper_on, samples, handed_by, note)
    if last is not None and (last.paper_on, last.samples, last.handed_by, last.note) == said:
        raise Refused(f"Phiếu {last.number} đã ghi đúng như vậy, không có gì mới để ghi.")
    receipt = Receipt.objects.create(
        dossier=locked,
        submission=submission,
        step=step.code,
        entry=last.entry + 1 if last is not None else 1,
        number=last.number if last is not None else _next_number(locked, step.at, day_of(at).year),
        paper_on=paper_on,
        samples=samples,
        handed_by=handed_by,
        note=note,
        by=by,
        at=at,
    )
    record(
        act="receive",
        words=f"Nhận hồ sơ, phiếu số {receipt.number}" + (f" (ghi lần {receipt.entry})" if last is not None else ""),
        on=receipt,
        thread=locked,
        facts={
            "number": receipt.number,
            "sha256": submission.sha256,
            "paper_on": paper_on.isoformat() if paper_on else None,
            "samples": samples,
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return receipt


def _next_number(dossier: Dossier, level: str, year: int) -> str:
    """The next receipt number of the office: counted by commune, office level and year."""
    rules = regime_of(dossier).receipt(level)
    if rules is None:
        raise Refused("Quy định đang áp dụng không ghi cách đánh số phiếu nhận ở cấp này.")
    commune = dossier.registration.product.subject.unit
    codes = {unit.level: unit.code for unit in upwards(commune)}
    series = f"receipt:{level}:{codes.get('province', '')}:{commune.code}:{year}"
    return number_fields(rules.number, codes=codes, seq=next_number(series), year=year)
