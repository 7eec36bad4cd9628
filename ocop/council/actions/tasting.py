"""Blind tasting: cups get their codes, members answer by code, the list for pouring is noted whenever it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import SystemRandom

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.actions.sheets import lock_hearing
from ocop.council.models import Hearing, Session, Sheet, TastingCup, TastingRound, TastingSheet
from ocop.council.permissions import check_pour, check_run_session, tasting_seat
from ocop.council.queries import (
    codes_opened,
    cup_of,
    doors_left,
    hearings,
    sensory_codes,
    tasting_choices,
    tasting_facts,
)
from ocop.council.rules import merged
from ocop.council.states import SessionKind, SheetState
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import ChoiceRefused, check_choices

LONGEST_NOTE = 1000
LONGEST_REASON = 500
CODES = range(100, 1000)  # three digits, none of them a leading zero


@transaction.atomic
def open_tasting(*, session: Session, hearings_tasted: Sequence[Hearing], by: User, at: datetime) -> TastingRound:
    """Give the products coded cups in a random order; their sensory criteria are from then on answered by code."""
    check_run_session(by, day_of(at), session.council)
    if not session.bylaws.blind_tasting or session.kind != SessionKind.MEETING:
        raise Refused(
            "Quy chế của phiên này không nếm mã hóa. Muốn nếm mã hóa, ghi Quy chế mới trước khi triệu tập phiên."
        )
    if not hearings_tasted:
        raise Refused("Chọn ít nhất một sản phẩm để nếm.", field="hearings")
    keys = sorted(hearing.pk for hearing in hearings_tasted)
    locked = list(hearings().select_for_update(of=("self",)).filter(pk__in=keys, session=session).order_by("pk"))
    if len(locked) != len(set(keys)):
        raise Refused("Có sản phẩm không thuộc phiên này.", field="hearings")
    for hearing in locked:
        _check_tastable(hearing)
    Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    taken = set(TastingCup.objects.filter(round__session=session).values_list("code", flat=True))
    chance = SystemRandom()
    free = [code for code in map(str, CODES) if code not in taken]
    if len(free) < len(locked):
        raise Refused("Phiên này đã dùng hết mã ba chữ số. Nếm các sản phẩm còn lại ở phiên khác.", field="hearings")
    chance.shuffle(locked)
    made = TastingRound.objects.create(session=session, opened_by=by, opened_at=at)
    # In the order of the table, so that the rows' own keys tell nothing either.
    for place, (hearing, code) in enumerate(zip(locked, chance.sample(free, len(locked)), strict=True), start=1):
        TastingCup.objects.create(round=made, hearing=hearing, code=code, place=place)
    beat(session)
    record(
        act="open_tasting",
        words=f"Mở lượt nếm mã hóa {len(locked)} mẫu của {session.name}",
        on=made,
        facts={"codes": sorted(cup.code for cup in made.cups.all())},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def read_pour_list(*, round: TastingRound, by: User, at: datetime) -> list[TastingCup]:
    """The cups with their products, for who prepares them; that this person read it stays in the ledger."""
    check_pour(by, day_of(at), round.session)
    cups = list(round.cups.select_related("hearing__dossier__registration__product__subject").order_by("place"))
    record(act="read_pour_list", words=f"Mở phiếu pha mẫu của {round.session.name}", on=round, by=by, at=at)
    return cups


@transaction.atomic
def save_tasting(
    *,
    cup: TastingCup,
    choices: Mapping[str, int | None],
    note: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> TastingSheet:
    """Keep what the member ticks for a cup as it comes; `revision` as on the score sheet."""
    sheet = _own_draft(cup, by, at)
    _fill_in(sheet, choices, note, revision, at)
    sheet.save()
    return sheet


@transaction.atomic
def cast_tasting(
    *,
    cup: TastingCup,
    choices: Mapping[str, int | None] | None = None,
    note: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> TastingSheet:
    """Hand a cup in: every sensory criterion answered, then locked."""
    sheet = _own_draft(cup, by, at)
    _fill_in(sheet, choices or {}, note, revision, at)
    hearing = sheet.cup.hearing
    left = [code for code in criteria_of(hearing.dossier).criteria if code in sensory_codes(hearing)]
    left = [code for code in left if code not in sheet.choices]
    if left:
        raise Refused(f"Còn {len(left)} tiêu chí chưa chấm: {', '.join(left)}.", field=left[0])
    sheet.submitted_at = at
    sheet.save()
    beat(hearing.session)
    # No thread: a dossier's history would tell whose cup it was.
    record(
        act="cast_tasting",
        words=f"Nộp phiếu nếm mẫu {sheet.cup.code}",
        on=sheet,
        facts=tasting_facts(sheet),
        by=by,
        at=at,
    )
    return sheet


@transaction.atomic
def call_off_tasting(*, round: TastingRound, reason: str, by: User, at: datetime) -> TastingRound:
    """End a tasting that cannot go on: sheets that relied on it are opened again with the reason, what was tasted kept.

    Products already closed keep their tasting.
    """
    check_run_session(by, day_of(at), round.session.council)
    keys = TastingCup.objects.filter(round=round).values("hearing")
    held = [row for row in hearings().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk") if row.is_open]
    found = TastingRound.objects.select_for_update().get(pk=round.pk)
    if found.ended_at is not None:
        raise Refused("Lượt nếm này đã hủy rồi.")
    if not held:
        raise Refused("Mọi sản phẩm của lượt nếm đã chốt điểm, không còn gì để hủy.")
    reason = tidy(reason)
    if not reason:
        raise Refused("Ghi lý do hủy lượt nếm; lý do này nằm trong sổ cái và ở các phiếu được mở lại.", field="reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="reason")
    reopened = [sheet.pk for hearing in held for sheet in _open_again(hearing, f"Hủy lượt nếm: {reason}", at)]
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    beat(found.session)
    record(
        act="call_off_tasting",
        words=f"Hủy lượt nếm mã hóa của {found.session.name}: {reason}",
        on=found,
        facts={"reason": reason, "reopened": reopened},
        by=by,
        at=at,
    )
    return found


def _open_again(hearing: Hearing, reason: str, at: datetime) -> list[Sheet]:
    """New versions of the handed-in sheets that lack the sensory criteria, with what was tasted filled in."""
    codes, tasted = sensory_codes(hearing), tasting_choices(hearing)
    made = []
    for old in Sheet.objects.select_for_update().filter(hearing=hearing, state=SheetState.SUBMITTED):
        if codes <= old.choices.keys():
            continue
        old.state, old.reopened_reason = SheetState.REPLACED, reason[:LONGEST_REASON]
        old.save(update_fields=["state", "reopened_reason"])
        made.append(
            Sheet.objects.create(
                hearing=hearing,
                seat_id=old.seat_id,
                version=old.version + 1,
                choices=merged(old.choices, tasted.get(old.seat_id, {})),
                notes=old.notes,
                opinion=old.opinion,
                saved_at=at,
            )
        )
    return made


def _check_tastable(hearing: Hearing) -> None:
    name = hearing.dossier.registration.product.name
    if not hearing.is_open:
        raise Refused(f"“{name}” đã chốt điểm, không nếm nữa.", field="hearings")
    if not sensory_codes(hearing):
        raise Refused(f"Bộ tiêu chí của “{name}” không có phần nếm mã hóa.", field="hearings")
    if TastingCup.objects.filter(hearing=hearing).exists():
        raise Refused(f"“{name}” đã có mã mẫu.", field="hearings")
    if codes_opened(hearing):
        raise Refused(f"“{name}” đã mở thảo luận, không nếm mã hóa được nữa.", field="hearings")


def _own_draft(cup: TastingCup, by: User, at: datetime) -> TastingSheet:
    locked = lock_hearing(cup.hearing)
    own = TastingCup.objects.select_related("round").get(pk=cup.pk)
    own.hearing = locked
    seat = tasting_seat(by, day_of(at), own)
    if not locked.is_open or codes_opened(locked):
        raise Refused("Mẫu này đã mở mã, không nhận thêm phiếu nếm. Nếu cần, hãy báo thư ký Hội đồng.")
    if cup_of(locked) is None:
        raise Refused("Lượt nếm này đã hủy. Hãy chấm các tiêu chí cảm quan trên phiếu của từng sản phẩm.")
    if day_of(at) < locked.session.held_on:
        raise Refused(f"Nếm mẫu tại phiên họp ngày {locked.session.held_on:%d/%m/%Y}, chưa chấm trước được.")
    left = doors_left(own.round, seat)
    if left:
        raise Refused(
            f"Còn {left} sản phẩm của lượt nếm bạn chưa khai báo xung đột lợi ích. "
            "Trả lời hết ở cửa rồi hãy nếm, để không đoán được mẫu nào của sản phẩm nào."
        )
    sheet = TastingSheet.objects.filter(cup=own, seat=seat).first() or TastingSheet(cup=own, seat=seat, saved_at=at)
    sheet.cup = own
    if sheet.submitted_at is not None:
        raise Refused("Bạn đã nộp phiếu nếm của mẫu này. Cần xem lại, hãy nêu khi Hội đồng thảo luận sản phẩm.")
    return sheet


def _fill_in(
    sheet: TastingSheet, choices: Mapping[str, int | None], note: str | None, revision: int | None, at: datetime
) -> None:
    hearing = sheet.cup.hearing
    codes = sensory_codes(hearing)
    other = next((code for code in choices if code not in codes), None)
    if other is not None:
        raise Refused(f"Tiêu chí {other} không chấm ở lượt nếm.", field=other)
    try:
        check_choices(criteria_of(hearing.dossier), dict(choices))
    except ChoiceRefused as refused:
        raise Refused(f"Tiêu chí {refused.code}: chọn một mức trong danh sách.", field=refused.code) from refused
    note = sheet.note if note is None else tidy(note)
    check_length(note, LONGEST_NOTE, what="Ghi chú", field="note")
    if revision is not None and revision != sheet.revision:
        same = all(code in sheet.choices and sheet.choices[code] == place for code, place in choices.items())
        if not same or note != sheet.note:
            raise Stale(
                "Phiếu nếm này vừa được lưu ở máy khác, khác với màn hình này. Những gì bạn chọn vẫn còn trên màn "
                "hình: mở phiếu ở thẻ mới để so, sửa cho đúng rồi nộp."
            )
        return
    sheet.choices = {**sheet.choices, **choices}
    sheet.note = note
    sheet.revision += 1
    sheet.saved_at = at
