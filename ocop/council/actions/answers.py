"""The answer from above: recognised on it, sent on, or heard again here."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import tidy
from ocop.council.actions.locking import lock_result
from ocop.council.actions.rehearing import hear_again
from ocop.council.models import Forwarding, HigherResult, Result, Session
from ocop.council.permissions import check_answer_from_above
from ocop.dossiers.actions import move
from ocop.dossiers.queries import regime_of
from ocop.dossiers.states import RESULT_SHOWN, DossierState
from ocop.regime.rules import Regime
from ocop.ui.papers import points_text


@transaction.atomic
def record_higher_result(
    *,
    result: Result,
    mean: Decimal,
    star: int,
    sent_higher: bool = False,
    document: str,
    decided_on: date,
    note: str = "",
    rerun_in: Session | None = None,
    by: User,
    at: datetime,
) -> HigherResult:
    """Record what the level above decided; the regime says who recognises that star, and the dossier goes there.

    Where the star is this level's own to recognise and the regime lets it score again instead (QĐ 26/2026 Art. 7.4g),
    `rerun_in` is the meeting in which that happens: a new hearing beside the old one, with the reason in `note`.
    """
    locked = lock_result(result)
    dossier = locked.hearing.dossier
    day = day_of(at)
    check_answer_from_above(by, day, dossier)
    forwarding = Forwarding.objects.filter(result=locked).first()
    if forwarding is None or dossier.state != DossierState.FORWARDED:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}”, không chờ kết quả của cấp trên.")
    if not document.strip():
        raise Refused("Ghi số quyết định hoặc văn bản thông báo của cấp trên.", field="document")
    if not forwarding.handed_on <= decided_on <= day:
        raise Refused(
            f"Ngày văn bản phải từ ngày bàn giao {forwarding.handed_on:%d/%m/%Y} đến hôm nay.", field="decided_on"
        )
    regime = regime_of(dossier)
    level = _answering_level(regime, forwarding)
    if not 0 <= mean <= 100:
        raise Refused("Điểm phải từ 0 đến 100.", field="mean")
    if not 1 <= star <= regime.star_by_points(Fraction(mean)):
        raise Refused(
            f"{mean} điểm không thể đạt {star} sao: tối đa {regime.star_by_points(Fraction(mean))} sao.", field="star"
        )
    above = regime.level(level).forward_to
    if sent_higher and above is None:
        raise Refused(f"Không còn cấp nào trên {regime.level(level).name}.", field="sent_higher")
    if rerun_in is not None:
        _check_rerun(regime, locked, star, sent_higher=sent_higher, note=note)
    answer = HigherResult.objects.create(
        forwarding=forwarding,
        level=level,
        mean=mean,
        star=star,
        sent_higher=sent_higher,
        document=document.strip(),
        decided_on=decided_on,
        note=note.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    to, words = (
        (DossierState.IN_COUNCIL, f"Tổ chức đánh giá lại tại {rerun_in.name}")
        if rerun_in is not None
        else _where_next(regime, locked, answer, above)
    )
    record(
        act="record_higher_result",
        words=f"{regime.level(level).council}: {points_text(Fraction(mean))} điểm, {star} sao ({answer.document})",
        on=answer,
        thread=dossier,
        facts={"level": level, "mean": str(mean), "star": star, "sent_higher": sent_higher},
        shown_to_subject=to in RESULT_SHOWN,
        by=by,
        at=at,
    )
    if rerun_in is not None:
        hear_again(old=locked.hearing, to=rerun_in, words=words, by=by, at=at)
    else:
        move(dossier=dossier, to=to, words=words, shown_to_subject=to in RESULT_SHOWN, by=by, at=at)
    return answer


def may_rerun(regime: Regime, result: Result, star: int) -> bool:
    """Whether the regime lets the result's own council score again after that answer from above."""
    recogniser = regime.recogniser_of(star)
    own = result.hearing.session.council.level
    return regime.consequence("rerun") is not None and recogniser is not None and recogniser.code == own


def _check_rerun(regime: Regime, result: Result, star: int, *, sent_higher: bool, note: str) -> None:
    if sent_higher or not may_rerun(regime, result, star):
        raise Refused(
            f"{star} sao theo kết quả này không được tổ chức đánh giá lại. Bỏ chọn phiên đánh giá lại.",
            field="rerun_in",
        )
    if not tidy(note):
        raise Refused("Ghi lý do tổ chức đánh giá lại thay vì công nhận theo kết quả của cấp trên.", field="note")


def _answering_level(regime: Regime, forwarding: Forwarding) -> str:
    last = forwarding.answers.order_by("-pk").first()
    if last is None:
        return forwarding.to_level
    above = regime.level(last.level).forward_to
    if not last.sent_higher or above is None:
        raise Refused("Cấp trên đã trả kết quả cho hồ sơ này.")
    return above


def _where_next(regime: Regime, result: Result, answer: HigherResult, above: str | None) -> tuple[DossierState, str]:
    if answer.sent_higher and above is not None:
        here = regime.level(answer.level).name.capitalize()
        return DossierState.FORWARDED, f"{here} đã chuyển lên {regime.level(above).name}"
    recogniser = regime.recogniser_of(answer.star)
    own_level = result.hearing.session.council.level
    if recogniser is None:
        return DossierState.TO_NOTIFY, "Kết quả của cấp trên chưa đủ điều kiện cấp giấy chứng nhận"
    if recogniser.code == own_level:
        return DossierState.TO_RECOGNISE, f"Kết quả trả về: {answer.star} sao thuộc thẩm quyền {recogniser.name}"
    return DossierState.RECOGNISED_ABOVE, f"{recogniser.authority} công nhận {answer.star} sao"
