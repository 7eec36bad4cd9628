"""Samples come in under codes, and every hand-over is written down."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of, spoken
from ocop.core.codes import ALPHABET
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions.locking import lock
from ocop.dossiers.models import Dossier
from ocop.paperwork.actions import issue_paper
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import latest_paper
from ocop.samples.models import Reception, Sample, SampleMove
from ocop.samples.papers import RECEIPT, receipt_paper
from ocop.samples.permissions import check_keep
from ocop.samples.queries import RECEIVING, samples, wanted_samples
from ocop.samples.rules import BODY_SIGNS, lower_first, sample_code
from ocop.samples.states import MOVE_WORDS, NEEDS_NOTE, NEEDS_TAKER, WAYS, SampleState

MOST_AT_ONCE = 50
LONGEST_NAME = 120
LONGEST_PLACE = 160
LONGEST_NOTE = 500

Row = TypeVar("Row", Reception, SampleMove)


@transaction.atomic
def receive_samples(
    *,
    dossier: Dossier,
    count: int,
    handed_by: str,
    pack: str = "",
    lot: str = "",
    best_before: date | None = None,
    place: str = "",
    note: str = "",
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Reception:
    """Take samples in: each gets a code that names neither product nor subject; sent twice (`key`), kept once."""
    locked = lock(dossier)
    check_keep(by, day_of(at), locked)
    known = Reception.objects.filter(key=key).first() if key is not None else None
    if known is not None:
        return _same(known, known.dossier_id == locked.pk and known.count == count)
    handed_by, pack, lot, place, note = (tidy(text) for text in (handed_by, pack, lot, place, note))
    if not wanted_samples(locked):
        raise Refused("Bộ sản phẩm này không nộp sản phẩm mẫu.", field="count")
    if locked.state not in RECEIVING:
        raise Refused(f"Hồ sơ đang ở bước “{locked.state_label}” nên không nhận mẫu.")
    if not 0 < count <= MOST_AT_ONCE:
        raise Refused(f"Một lần nhận từ 1 đến {MOST_AT_ONCE} mẫu.", field="count")
    if not handed_by:
        raise Refused("Ghi tên người giao mẫu.", field="handed_by")
    if best_before is not None and best_before < day_of(at):
        raise Refused(f"Mẫu đã hết hạn dùng ngày {best_before:%d/%m/%Y}: đề nghị đổi mẫu khác.", field="best_before")
    check_length(handed_by, LONGEST_NAME, what="Tên người giao", field="handed_by")
    check_length(pack, LONGEST_PLACE, what="Quy cách", field="pack")
    check_length(lot, 80, what="Số lô", field="lot")
    check_length(place, LONGEST_PLACE, what="Nơi để mẫu", field="place")
    check_length(note, LONGEST_NOTE, what="Ghi chú", field="note")
    reception = Reception.objects.create(
        dossier=locked,
        count=count,
        pack=pack,
        lot=lot,
        best_before=best_before,
        handed_by=handed_by,
        note=note,
        key=key or uuid4(),
        by=by,
        at=at,
    )
    codes = _code_each(reception, place)
    record(
        act="receive_samples",
        words=f"Nhận {count} mẫu sản phẩm do {handed_by} giao",
        on=reception,
        thread=locked,
        facts={"count": count, "codes": codes, "best_before": best_before.isoformat() if best_before else None},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return reception


def _code_each(reception: Reception, place: str) -> list[str]:
    """A row, a code and the first hand-over for every sample that came; their codes."""
    dossier, by, at = reception.dossier, reception.by, reception.at
    last = dossier.samples.order_by("-number").values_list("number", flat=True).first() or 0
    codes = _new_codes(reception.count)
    for number, code in enumerate(codes, start=last + 1):
        sample = Sample.objects.create(
            dossier=dossier,
            reception=reception,
            number=number,
            code=code,
            state=SampleState.STORED,
            place=place,
            held_by=by.full_name,
            moved_at=at,
        )
        SampleMove.objects.create(
            sample=sample,
            number=1,
            to_state=SampleState.STORED,
            handed_by=reception.handed_by,
            taken_by=by.full_name,
            place=place,
            key=uuid4(),
            by=by,
            at=at,
        )
    return codes


@transaction.atomic
def move_sample(
    *,
    sample: Sample,
    to: str,
    taken_by: str = "",
    place: str = "",
    note: str = "",
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Sample:
    """Write a hand-over down: from whoever holds the sample to `taken_by` (else `by`); the same scan is kept once."""
    locked = samples().select_for_update(of=("self",)).get(pk=sample.pk)
    check_keep(by, day_of(at), locked.dossier)
    known = SampleMove.objects.filter(key=key).first() if key is not None else None
    if known is not None:
        _same(known, known.sample_id == locked.pk and known.to_state == to)
        return locked
    taken_by, place, note = tidy(taken_by), tidy(place), tidy(note)
    if to not in SampleState.values:
        raise Refused("Chọn việc cần làm với mẫu trong danh sách.", field="to")
    state = SampleState(to)
    _check_way(locked, state)
    if state in NEEDS_TAKER and not taken_by:
        raise Refused("Ghi tên nơi nhận hoặc người nhận mẫu.", field="taken_by")
    if state in NEEDS_NOTE and not note:
        raise Refused("Ghi cách xử lý hoặc lý do hủy mẫu.", field="note")
    check_length(taken_by, LONGEST_PLACE, what="Người nhận", field="taken_by")
    check_length(place, LONGEST_PLACE, what="Nơi để mẫu", field="place")
    check_length(note, LONGEST_NOTE, what="Ghi chú", field="note")
    taker = taken_by or by.full_name
    last = locked.moves.order_by("-number").values_list("number", flat=True).first() or 0
    move = SampleMove.objects.create(
        sample=locked,
        number=last + 1,
        from_state=locked.state,
        to_state=state,
        handed_by=locked.held_by,
        taken_by=taker,
        place=place,
        note=note,
        key=key or uuid4(),
        by=by,
        at=at,
    )
    locked.state, locked.place, locked.held_by, locked.moved_at = state, place, taker, at
    locked.save(update_fields=["state", "place", "held_by", "moved_at"])
    record(
        act="move_sample",
        words=f"Mẫu {locked.shown_code}: {lower_first(MOVE_WORDS[state])}, {taker} nhận",
        on=move,
        thread=locked.dossier,
        facts={"code": locked.code, "from": move.from_state, "to": state.value, "number": move.number},
        by=by,
        at=at,
    )
    return locked


@transaction.atomic
def issue_receipt(*, reception: Reception, by: User, at: datetime) -> IssuedPaper:
    """The paper for whoever brought the samples; once, without codes: they stay the office's own."""
    locked = Reception.objects.select_related("by").select_for_update(of=("self",)).get(pk=reception.pk)
    dossier = lock(locked.dossier)
    check_keep(by, day_of(at), dossier)
    known = latest_paper(locked, RECEIPT)
    if known is not None:
        return known
    return issue_paper(
        kind=RECEIPT,
        unit=dossier.registration.batch.programme.unit,
        compose=receipt_paper(locked, dossier),
        title=f"Biên nhận mẫu sản phẩm {dossier.registration.product.name}"[:300],
        signed_on=day_of(at),
        on=locked,
        thread=dossier,
        shown_to_subject=True,
        by=by,
        at=at,
    )


def _check_way(sample: Sample, to: SampleState) -> None:
    """Refuse a hand-over that cannot be, with where the sample is and what can be done instead."""
    ways = WAYS[SampleState(sample.state)]
    if to in ways:
        return
    here = (
        f"Mẫu {sample.shown_code} {lower_first(sample.state_label)} từ {spoken(sample.moved_at)} ({sample.held_by} giữ)"
    )
    if not ways:
        raise Refused(f"{here}: không còn bàn giao được nữa.", field="to")
    can = ", ".join(f"“{MOVE_WORDS[way]}”" for way in ways)
    raise Refused(f"{here} nên chưa làm được “{MOVE_WORDS[to]}”. Việc làm được lúc này: {can}.", field="to")


def _same(known: Row, same: bool) -> Row:
    if not same:
        raise Stale("Trang này đã cũ và đã được gửi với nội dung khác. Hãy tải lại trang rồi ghi lại.")
    return known


def _new_codes(count: int) -> list[str]:
    """Fresh codes, none of them taken; five random signs leave room for 28 million samples."""
    found: set[str] = set()
    while len(found) < count:
        found |= {
            sample_code("".join(secrets.choice(ALPHABET) for _ in range(BODY_SIGNS))) for _ in range(count - len(found))
        }
        found -= set(Sample.objects.filter(code__in=found).values_list("code", flat=True))
    return sorted(found)
