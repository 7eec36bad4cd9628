"""What follows a result: the letter to the subject, the hand-over upwards, and the answer from above."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.letters import forwarding_facts, result_letter_facts
from ocop.council.models import Forwarding, HigherResult, Result, ResultLetter
from ocop.council.papers.forwarding_letter import forwarding_letter
from ocop.council.papers.result_letter import result_letter
from ocop.council.permissions import check_answer_from_above, check_hand_over
from ocop.council.queries import HEARING_JOINS, HEAVY
from ocop.dossiers.actions import move
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of
from ocop.dossiers.states import RESULT_SHOWN, DossierState
from ocop.files.actions import keep_paper
from ocop.regime.rules import Regime
from ocop.ui.papers import points_text


def _lock_result(result: Result) -> Result:
    """The result, read again after its dossier was locked: what follows a result happens once."""
    Dossier.objects.select_for_update(of=("self",)).get(pk=result.hearing.dossier_id)
    return (
        Result.objects.select_related(*(f"hearing__{path}" for path in HEARING_JOINS))
        .defer(*(f"hearing__{path}" for path in HEAVY))
        .get(pk=result.pk)
    )


@transaction.atomic
def send_result_letter(
    *, result: Result, number: str, signed_on: date, signer: str, by: User, at: datetime
) -> ResultLetter:
    """Tell the subject in writing that there is no certificate, and what to improve (QĐ 26/2026 Art. 7.3g)."""
    locked = _lock_result(result)
    dossier = locked.hearing.dossier
    check_hand_over(by, day_of(at), dossier)
    if dossier.state != DossierState.TO_NOTIFY:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}”, không chờ thông báo kết quả.")
    if not number.strip() or not signer.strip():
        raise Refused("Ghi số thông báo và người ký.", field="number" if not number.strip() else "signer")
    pdf = result_letter(result_letter_facts(locked, number=number.strip(), signed_on=signed_on, signer=signer.strip()))
    paper = keep_paper(
        pdf, name=f"thong-bao-{dossier.registration.code}.pdf", content_type="application/pdf", by=by, at=at
    )
    letter = ResultLetter.objects.create(
        result=locked,
        number=number.strip(),
        signed_on=signed_on,
        signer=signer.strip(),
        paper=paper,
        sent_by=by,
        sent_at=at,
    )
    record(
        act="send_result_letter",
        words=f"Gửi thông báo kết quả số {letter.number}",
        on=letter,
        thread=dossier,
        facts={"number": letter.number, "sha256": paper.sha256},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    move(
        dossier=dossier,
        to=DossierState.NOT_RECOGNISED,
        words="Đã thông báo kết quả, không cấp giấy chứng nhận",
        by=by,
        at=at,
    )
    return letter


@transaction.atomic
def forward_dossier(
    *,
    result: Result,
    letter_number: str,
    parts: Collection[str],
    samples: int,
    handed_on: date,
    received_by: str,
    signer: str,
    by: User,
    at: datetime,
) -> Forwarding:
    """Hand the dossier and its samples over to the level above, with every part the regime demands."""
    locked = _lock_result(result)
    dossier = locked.hearing.dossier
    day = day_of(at)
    check_hand_over(by, day, dossier)
    if dossier.state != DossierState.TO_FORWARD:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}”, không chờ chuyển cấp trên.")
    regime = regime_of(dossier)
    to_level = locked.evaluation["forward_to"]
    _check_package(regime, dossier, parts, samples)
    _check_said(
        letter_number=(letter_number, "số công văn chuyển hồ sơ"),
        received_by=(received_by, "người nhận bàn giao"),
        signer=(signer, "người ký công văn"),
    )
    if not day_of(locked.closed_at) <= handed_on <= day:
        raise Refused("Ngày bàn giao phải từ ngày Hội đồng chốt điểm đến hôm nay.", field="handed_on")
    listed = [{"code": part.code, "name": part.name, "enclosed": part.code in parts} for part in regime.forward_parts]
    pdf = forwarding_letter(
        forwarding_facts(
            locked,
            above=regime.level(to_level),
            number=letter_number.strip(),
            signed_on=handed_on,
            signer=signer.strip(),
            parts=listed,
            samples=samples,
        )
    )
    paper = keep_paper(
        pdf, name=f"cong-van-{dossier.registration.code}.pdf", content_type="application/pdf", by=by, at=at
    )
    forwarding = Forwarding.objects.create(
        result=locked,
        to_level=to_level,
        letter_number=letter_number.strip(),
        parts=listed,
        samples=samples,
        handed_on=handed_on,
        received_by=received_by.strip(),
        paper=paper,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        act="forward_dossier",
        words=f"Chuyển hồ sơ và {samples} mẫu lên {regime.level(to_level).name}, bàn giao ngày {handed_on:%d/%m/%Y}",
        on=forwarding,
        thread=dossier,
        facts={"to": to_level, "samples": samples, "parts": sorted(parts), "sha256": paper.sha256},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    move(
        dossier=dossier,
        to=DossierState.FORWARDED,
        words=f"Chờ kết quả của {regime.level(to_level).council}",
        by=by,
        at=at,
    )
    return forwarding


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
    by: User,
    at: datetime,
) -> HigherResult:
    """Record what the level above decided; the regime says who recognises that star, and the dossier goes there."""
    locked = _lock_result(result)
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
    to, words = _where_next(regime, locked, answer, above)
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
    move(dossier=dossier, to=to, words=words, shown_to_subject=to in RESULT_SHOWN, by=by, at=at)
    return answer


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


def _check_said(**fields: tuple[str, str]) -> None:
    """Every named field says something; each comes with what it is called."""
    for field, (text, what) in fields.items():
        if not text.strip():
            raise Refused(f"Ghi {what}.", field=field)


def _check_package(regime: Regime, dossier: Dossier, parts: Collection[str], samples: int) -> None:
    known = {part.code for part in regime.forward_parts}
    if unknown := set(parts) - known:
        raise Refused(f"Thành phần hồ sơ không có trong quy định: {', '.join(sorted(unknown))}.", field="parts")
    missing = [part.name for part in regime.forward_parts if not part.optional and part.code not in parts]
    if missing:
        raise Refused(f"Hồ sơ chuyển đi còn thiếu: {'; '.join(missing)}.", field="parts")
    needed = regime.samples_for(dossier.registration.set_version.set_no)
    if samples < needed:
        raise Refused(f"Cần bàn giao đủ {needed} mẫu sản phẩm, mới ghi {samples}.", field="samples")
    if samples > 100:
        raise Refused("Số mẫu quá lớn, hãy kiểm tra lại.", field="samples")
