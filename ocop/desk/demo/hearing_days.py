"""The council's days and what follows: sheets, results, decisions, hand-overs, answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ocop.accounts.models import User
from ocop.certificates.actions import enter_higher_certificate, prepare_decision, sign_decision
from ocop.council.actions import (
    call_session,
    cast_sheet,
    close_hearing,
    declare,
    forward_dossier,
    put_before,
    record_higher_result,
    save_sheet,
    send_result_letter,
)
from ocop.council.models import Council, Hearing, Result
from ocop.desk.demo.choices import places_for
from ocop.desk.demo.stage import Stage
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers, regime_of
from ocop.planning.models import Batch

# How far a product has come before it meets the council.
BEFORE_COUNCIL = {"registered", "draft", "ready", "returned", "submitted", "assessed", "accepted"}


def hold(
    stage: Stage, told: dict[str, Any], council: Council, brought: list[tuple[dict[str, Any], Dossier | None]]
) -> None:
    batch = stage.batches[told["batch"]]
    called = min(stage.moment(told["held_on"] - timedelta(days=7)), stage.moment(stage.day - timedelta(days=1)))
    session = call_session(
        council=council,
        batch=batch,
        name=told["name"],
        held_on=told["held_on"],
        place=told["place"],
        by=stage.people["secretary"],
        at=called,
    )
    mine = [
        (product, dossier)
        for product, dossier in brought
        if dossier is not None
        and product["fate"] not in BEFORE_COUNCIL
        and product.get("session", f"b{product['batch']}") == told["key"]
    ]
    hearings = put_before(
        session=session,
        dossiers=[dossiers().get(pk=dossier.pk) for _, dossier in mine],
        by=stage.people["secretary"],
        at=called + timedelta(hours=1),
    )
    results = []
    for place, ((product, _), hearing) in enumerate(zip(mine, hearings, strict=True)):
        at = min(stage.moment(told["held_on"], 8), stage.moment(stage.day - timedelta(days=1), 8)) + timedelta(
            minutes=20 * place
        )
        score(stage, product, hearing, at)
        if product["fate"] != "scoring":
            results.append(
                (product, close_hearing(hearing=hearing, by=stage.people["chair"], at=at + timedelta(minutes=15)))
            )
    follow_up(stage, batch, results, told["held_on"])


def score(stage: Stage, product: dict[str, Any], hearing: Hearing, at: datetime) -> None:
    criteria_set = criteria_of(hearing.dossier)
    seats = list(hearing.session.council.seats.filter(votes=True).select_related("user").order_by("pk"))
    count = product.get("sheets", len(seats))
    spread = product.get("spread", 6)
    offsets = [round(-spread / 2 + spread * place / (len(seats) - 1)) for place in range(len(seats))]
    for place, seat in enumerate(seats[:count]):
        moment = at + timedelta(minutes=place % 9)
        declare(hearing=hearing, conflict=False, by=seat.user, at=moment)
        star = 3 if product["mean"] >= 50 else 2
        places = places_for(
            criteria_set, product["mean"] + offsets[place], keep_star=max(star, product["star"]), turn=place * 5
        )
        cast_sheet(
            hearing=hearing,
            choices=places,
            notes={next(iter(places)): "Cần thêm hợp đồng vùng nguyên liệu."} if place % 3 == 0 else {},
            opinion="Sản phẩm có bản sắc, cần giữ ổn định chất lượng." if place % 4 == 0 else "",
            by=seat.user,
            at=moment,
        )
    if 0 < count < len(seats):
        begin_sheet(stage, seats[count].user, hearing, at)


def begin_sheet(stage: Stage, user: User, hearing: Hearing, at: datetime) -> None:
    declare(hearing=hearing, conflict=False, by=user, at=at)
    begun = dict(list(places_for(criteria_of(hearing.dossier), 60).items())[:9])
    save_sheet(hearing=hearing, choices=begun, notes={}, by=user, at=at + timedelta(minutes=5))


def follow_up(stage: Stage, batch: Batch, results: list[tuple[dict[str, Any], Result]], held_on: date) -> None:
    officer = stage.people["officer"]
    after = stage.moment(held_on + timedelta(days=2), 14)
    for product, result in results:
        if product["fate"] in {"above", "returned_above", "forwarded"}:
            hand_over(stage, result, after)
        if "answer" in product:
            enter_answer(stage, product, result, after + timedelta(days=24))
        if product["fate"] == "not_recognised":
            send_result_letter(
                result=result,
                number="96/TB-PKT",
                signed_on=after.date(),
                signer=stage.people["m2"].full_name,
                by=officer,
                at=after,
            )
    decide(
        stage,
        batch,
        [r for p, r in results if p["fate"] in {"recognised", "returned_above"}],
        after + timedelta(days=27),
    )
    drafted = [r for p, r in results if p["fate"] == "drafted"]
    if drafted:
        prepare_decision(unit=stage.unit, batch=batch, results=drafted, by=officer, at=after + timedelta(days=1))


def hand_over(stage: Stage, result: Result, at: datetime) -> None:
    regime = regime_of(result.hearing.dossier)
    forward_dossier(
        result=result,
        letter_number="208/PKT-OCOP" if stage.told["key"] == "y2024" else "455/CCPTNT",
        parts=[part.code for part in regime.forward_parts if not part.optional],
        samples=regime.samples_for(result.hearing.dossier.registration.set_version.set_no),
        handed_on=at.date(),
        received_by="Bộ phận một cửa, Chi cục Phát triển nông thôn",
        signer=stage.people["m2"].full_name,
        by=stage.people["officer"],
        at=at,
    )


def enter_answer(stage: Stage, product: dict[str, Any], result: Result, at: datetime) -> None:
    answer = product["answer"]
    record_higher_result(
        result=result,
        mean=Decimal(answer["mean"]),
        star=answer["star"],
        document="654/QĐ-UBND",
        decided_on=at.date(),
        by=stage.people["liaison"],
        at=at,
    )
    if "number" in answer:
        enter_higher_certificate(
            result=result, number=answer["number"], by=stage.people["officer"], at=at + timedelta(days=1)
        )


def decide(stage: Stage, batch: Batch, results: list[Result], at: datetime) -> None:
    if not results:
        return
    at = min(at, stage.moment(stage.day - timedelta(days=3), 15))
    decision = prepare_decision(unit=stage.unit, batch=batch, results=results, by=stage.people["officer"], at=at)
    leader = stage.people["leader"]
    sign_decision(
        decision=decision,
        number=f"{1020 + batch.pk}/QĐ-UBND",
        decided_on=at.date() + timedelta(days=1),
        signer_name=leader.full_name,
        signer_title="Chủ tịch",
        by=leader,
        at=at + timedelta(days=1),
    )
