"""From rows to the facts of a printed letter: who writes, what the result was, what is worth raising."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from ocop.council.models import Result
from ocop.council.papers.forwarding_letter import ForwardedProduct, ForwardingFacts, PackagePart
from ocop.council.papers.result_letter import MissedMinimum, PartPoints, ResultLetterFacts, WorthRaising
from ocop.council.rules import SheetOfMember, aggregate
from ocop.council.states import Outcome
from ocop.dossiers.queries import criteria_of, regime_of
from ocop.planning.models import Programme
from ocop.regime.rules import Level
from ocop.rubric.rules import CriteriaSet, Criterion
from ocop.ui.papers import Frame, Signature

MOST_WORTH_RAISING = 3


def frame_of(programme: Programme, *, number: str, signed_on: date, signer: str, recipients: tuple[str, ...]) -> Frame:
    """What surrounds a letter of the programme's lead office."""
    return Frame(
        parent=programme.unit.committee,
        issuer=programme.lead_office,
        number=number,
        place=programme.unit.bare_name,
        signed_on=signed_on,
        signature=Signature(lines=("THỦ TRƯỞNG ĐƠN VỊ",), name=signer),
        recipients=recipients,
    )


def criterion_means(result: Result, criteria_set: CriteriaSet) -> dict[str, Fraction]:
    """The exact mean points of every criterion, from the frozen sheets."""
    sheets = [SheetOfMember(row["member"], row["chair"], row["choices"]) for row in result.inputs["sheets"]]
    tally = aggregate(criteria_set, sheets)
    return {
        code: Fraction(total, len(sheets)) for code, total in zip(criteria_set.criteria, tally.criteria, strict=True)
    }


def worth_raising(result: Result, criteria_set: CriteriaSet) -> list[tuple[str, Fraction, int]]:
    """The criteria where most points are still to be won: (what to reach, mean, maximum), the largest gap first.

    What to reach is the criterion and the wording of the next option above the mean.
    """
    means = criterion_means(result, criteria_set)
    gaps = sorted(
        criteria_set.criteria.values(),
        key=lambda criterion: (means[criterion.code] - criterion.max_points, criterion.place),
    )
    return [
        (_what_to_reach(criterion, means[criterion.code]), means[criterion.code], criterion.max_points)
        for criterion in gaps[:MOST_WORTH_RAISING]
        if means[criterion.code] < criterion.max_points
    ]


def _what_to_reach(criterion: Criterion, mean: Fraction) -> str:
    above = [option for option in criterion.options if option.points > mean]
    wanted = min(above, key=lambda option: option.points, default=None)
    said = f"{criterion.code} {criterion.name}"
    return f"{said}. Mức cần đạt tiếp: {wanted.label} ({wanted.points} điểm)" if wanted is not None else said


def result_letter_facts(result: Result, *, number: str, signed_on: date, signer: str) -> ResultLetterFacts:
    """The notice to the subject: what was reached, what is missing, what to raise, when the next batch is."""
    dossier = result.hearing.dossier
    registration, regime = dossier.registration, regime_of(dossier)
    programme, criteria_set = registration.batch.programme, criteria_of(dossier)
    subject = registration.product.subject
    evaluation = result.evaluation
    forwarding = getattr(result, "forwarding", None)
    answer = forwarding.answers.order_by("-pk").first() if forwarding is not None else None
    excluded = result.outcome == Outcome.REJECTED
    least = min(band.least for band in regime.bands if regime.recogniser_of(band.star) is not None)
    return ResultLetterFacts(
        frame=frame_of(
            programme,
            number=number,
            signed_on=signed_on,
            signer=signer,
            recipients=("Như trên", subject.unit.committee, "Lưu: VT"),
        ),
        subject=subject.name,
        product=registration.product.name,
        product_code=registration.code,
        council=regime.level(answer.level).council if answer else result.hearing.session.council.name,
        evaluated_on=answer.decided_on if answer else result.hearing.session.held_on,
        outcome="excluded" if excluded else "no_certificate",
        authority=programme.unit.committee,
        least_for_certificate=least,
        mean=None if excluded else Fraction(answer.mean) if answer else result.mean,
        star=None if excluded else answer.star if answer else result.star,
        parts=()
        if answer
        else tuple(
            PartPoints(
                code=part.code,
                name=part.name.capitalize(),
                points=_exact(evaluation["parts"][part.code]),
                max=part.max_points,
            )
            for part in criteria_set.parts
        ),
        missed=tuple(
            MissedMinimum(
                criterion=f"{row['criterion']} {criteria_set.criteria[row['criterion']].name}",
                star=row["star"],
                needs=Fraction(row["needs"]),
                has=_exact(row["has"]),
            )
            for row in evaluation["missed_minimums"]
        ),
        worth_raising=tuple(
            WorthRaising(criterion=name, has=mean, max=most) for name, mean, most in worth_raising(result, criteria_set)
        ),
        reasons=tuple(row["reason"] for row in evaluation["knock_outs"]),
        next_steps=(
            "Xem lại từng tiêu chí nêu trên cùng cán bộ xã, phường và Tổ giúp việc.",
            "Hoàn thiện minh chứng, sản phẩm rồi đăng ký lại vào đợt sau của chương trình.",
        ),
        contact=f"{programme.lead_office}, {programme.unit.name}",
    )


def forwarding_facts(
    result: Result,
    *,
    above: Level,
    number: str,
    signed_on: date,
    signer: str,
    parts: Sequence[Mapping[str, object]],
    samples: int,
) -> ForwardingFacts:
    """The letter that goes up with the dossier and its samples."""
    registration = result.hearing.dossier.registration
    programme = registration.batch.programme
    return ForwardingFacts(
        frame=frame_of(
            programme, number=number, signed_on=signed_on, signer=signer, recipients=("Như trên", "Lưu: VT")
        ),
        about=f"chuyển hồ sơ và mẫu sản phẩm đề nghị đánh giá, phân hạng OCOP {above.name}",
        to=above.council,
        opening=(
            f"Thực hiện {programme.title}, {result.hearing.session.council.name} đã đánh giá sản phẩm dưới đây "
            f"ngày {result.hearing.session.held_on:%d/%m/%Y}."
        ),
        request=(
            f"{programme.lead_office} kính chuyển hồ sơ và mẫu sản phẩm, đề nghị {above.council} xem xét, đánh giá."
        ),
        parts=tuple(PackagePart(name=str(part["name"]), enclosed=bool(part["enclosed"])) for part in parts),
        products=(
            ForwardedProduct(
                product=registration.product.name,
                product_code=registration.code,
                subject=registration.product.subject.name,
                points=result.mean,
                samples=samples,
            ),
        ),
    )


def _exact(value: object) -> Fraction:
    return Fraction(str(value))
