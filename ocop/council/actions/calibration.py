"""Calibration: past dossiers without names, scored by all members before a round, to see how alike they score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.audit.rules import fingerprint
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.council.models import CalibrationCase, CalibrationRound, CalibrationSheet, Council
from ocop.council.permissions import calibration_seat, check_run_calibration
from ocop.council.queries import cases_for, expected_sheets, handed_in_of, past_dossiers
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import ChoiceRefused, check_choices

LETTERS = "ABCD"  # as many dossiers as one evening bears
FEWEST_CASES = 2  # one dossier alone says nothing of a member's way to score
LONGEST_NAME = 160


@transaction.atomic
def open_calibration(
    *, council: Council, name: str, dossiers: Sequence[Dossier], by: User, at: datetime
) -> CalibrationRound:
    """Put past dossiers, results out, before the council's members under letters instead of names."""
    check_run_calibration(by, day_of(at), council)
    name = tidy(name)
    if not name:
        raise Refused("Đặt tên cho lượt chấm thử, ví dụ: Chấm thử trước đợt 2.", field="name")
    check_length(name, LONGEST_NAME, what="Tên lượt chấm thử", field="name")
    keys = list(dict.fromkeys(dossier.pk for dossier in dossiers))
    if not FEWEST_CASES <= len(keys) <= len(LETTERS):
        raise Refused(f"Chọn từ {FEWEST_CASES} đến {len(LETTERS)} hồ sơ khác nhau.", field="dossiers")
    Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if CalibrationRound.objects.filter(council=council, ended_at__isnull=True).exists():
        raise Refused("Hội đồng đang có một lượt chấm thử. Kết thúc lượt đó rồi mở lượt mới.")
    past = {dossier.pk for dossier in past_dossiers(council, by)}
    if not past.issuperset(keys):
        raise Refused("Chỉ chấm thử trên hồ sơ đã công bố kết quả và mở cho bạn.", field="dossiers")
    made = CalibrationRound.objects.create(council=council, name=name, opened_by=by, opened_at=at)
    CalibrationCase.objects.bulk_create(
        CalibrationCase(round=made, dossier_id=key, letter=letter) for key, letter in zip(keys, LETTERS, strict=False)
    )
    record(
        act="open_calibration",
        words=f"Mở lượt chấm thử “{name}” của {council.name}",
        on=made,
        facts={"dossiers": keys},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def save_calibration(
    *,
    case: CalibrationCase,
    choices: Mapping[str, int | None],
    revision: int | None = None,
    by: User,
    at: datetime,
) -> CalibrationSheet:
    """Keep the member's ticks for a case as they come; `revision` as on the score sheet."""
    sheet = _own_draft(case, by, at)
    _fill_in(sheet, choices, revision, at)
    sheet.save()
    return sheet


@transaction.atomic
def cast_calibration(
    *,
    case: CalibrationCase,
    choices: Mapping[str, int | None] | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> CalibrationSheet:
    """Hand a case in; with the last sheet the calibration is over."""
    sheet = _own_draft(case, by, at)
    _fill_in(sheet, choices or {}, revision, at)
    left = [code for code in criteria_of(case.dossier).criteria if code not in sheet.choices]
    if left:
        shown = ", ".join(left[:8]) + (" và các tiêu chí khác" if len(left) > 8 else "")
        raise Refused(
            f"Còn {len(left)} tiêu chí chưa chấm: {shown}. Nếu không mức nào đạt, chọn “Không có”.", field=left[0]
        )
    sheet.submitted_at = at
    sheet.save()
    round = sheet.case.round
    if handed_in_of(round) >= expected_sheets(round, day_of(at)):
        round.ended_at = at
        round.save(update_fields=["ended_at"])
    record(
        act="cast_calibration",
        words=f"Nộp phiếu chấm thử {case}",
        on=sheet,
        facts={"seat": sheet.seat_id, "sha256": fingerprint({"choices": sheet.choices}), "last": bool(round.ended_at)},
        by=by,
        at=at,
    )
    return sheet


@transaction.atomic
def end_calibration(*, round: CalibrationRound, by: User, at: datetime) -> CalibrationRound:
    """End a calibration before everybody is in; what was handed in is compared."""
    check_run_calibration(by, day_of(at), round.council)
    found = _lock(round)
    if found.ended_at is not None:
        raise Refused("Lượt chấm thử này đã kết thúc.")
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    record(act="end_calibration", words=f"Kết thúc lượt chấm thử “{found.name}”", on=found, by=by, at=at)
    return found


def _lock(round: CalibrationRound) -> CalibrationRound:
    rows = CalibrationRound.objects.select_related("council__unit").select_for_update(of=("self",))
    return rows.get(pk=round.pk)


def _own_draft(case: CalibrationCase, by: User, at: datetime) -> CalibrationSheet:
    round = _lock(case.round)
    seat = calibration_seat(by, day_of(at), round.council)
    own = cases_for(round, by, seat).filter(pk=case.pk).first()
    if own is None:
        raise Refused("Hồ sơ này không mở cho bạn. Hãy chấm các hồ sơ khác của lượt chấm thử.")
    own.round = round
    if round.ended_at is not None:
        raise Refused("Lượt chấm thử này đã kết thúc, không nhận thêm phiếu.")
    sheet = next(iter(own.own_sheets), None) or CalibrationSheet(seat=seat, saved_at=at)  # type: ignore[attr-defined]
    sheet.case = own
    if sheet.submitted_at is not None:
        raise Refused("Bạn đã nộp phiếu chấm thử của hồ sơ này.")
    return sheet


def _fill_in(sheet: CalibrationSheet, choices: Mapping[str, int | None], revision: int | None, at: datetime) -> None:
    try:
        check_choices(criteria_of(sheet.case.dossier), dict(choices))
    except ChoiceRefused as refused:
        raise Refused(str(refused), field=refused.code) from refused
    if revision is not None and revision != sheet.revision:
        if any(code not in sheet.choices or sheet.choices[code] != place for code, place in choices.items()):
            raise Stale(
                "Phiếu này vừa được lưu ở máy khác, khác với màn hình này. Những gì bạn chọn vẫn còn trên màn hình: "
                "mở phiếu ở thẻ mới để so, sửa cho đúng rồi nộp."
            )
        return
    sheet.choices = {**sheet.choices, **choices}
    sheet.revision += 1
    sheet.saved_at = at
