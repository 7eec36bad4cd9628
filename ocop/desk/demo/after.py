"""What follows the council's days: results let out, papers, hand-overs, decisions, answers, appeals."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ocop.appeals.actions import answer_appeal, file_appeal
from ocop.certificates.actions import enter_higher_certificate, prepare_decision, sign_decision
from ocop.council.actions import forward_dossier, publish_results, record_higher_result
from ocop.council.actions.papers import issue_session_paper, sign_session_paper
from ocop.council.models import Result, Session
from ocop.desk.demo.stage import Stage
from ocop.dossiers.queries import dossiers, regime_of
from ocop.paperwork.permissions import can_sign_now
from ocop.planning.models import Batch

Results = list[tuple[dict[str, Any], Result]]


def publish(stage: Stage, session: Session, results: Results) -> None:
    """In the evening of the session: minutes and attendance list issued, the minutes signed, all results let out."""
    at, secretary = stage.moment(session.held_on, 16), stage.people["secretary"]
    issue_session_paper(session=session, kind="attendance", signed_on=session.held_on, by=secretary, at=at)
    minutes = issue_session_paper(session=session, kind="minutes", signed_on=session.held_on, by=secretary, at=at)
    if can_sign_now(secretary, session.held_on, session.council.unit):
        sign_session_paper(session=session, paper=minutes, by=secretary, at=at + timedelta(minutes=20))
    publish_results(
        session=session,
        ticked=[result.pk for _, result in results],
        signed_on=session.held_on,
        signer=stage.people["m2"].full_name,
        by=stage.people["chair"],
        at=at + timedelta(minutes=30),
    )


def follow_up(stage: Stage, batch: Batch, results: Results, held_on: date) -> None:
    """Each product's way after its result, as its fate says."""
    after = stage.moment(held_on + timedelta(days=2), 14)
    for product, result in results:
        if product["fate"] in {"above", "returned_above", "forwarded"}:
            hand_over(stage, result, after)
        if "answer" in product:
            enter_answer(stage, product, result, after + timedelta(days=24))
        if "appeal" in product:
            appeal(stage, product, result, held_on)
    decide(
        stage,
        batch,
        [r for p, r in results if p["fate"] in {"recognised", "returned_above"}],
        after + timedelta(days=27),
    )
    drafted = [r for p, r in results if p["fate"] == "drafted"]
    if drafted:
        prepare_decision(
            unit=stage.unit, batch=batch, results=drafted, by=stage.people["officer"], at=after + timedelta(days=1)
        )


def appeal(stage: Stage, product: dict[str, Any], result: Result, held_on: date) -> None:
    """The subject asks for another look at its result; the leader answers, or has yet to."""
    told = product["appeal"]
    at = stage.moment(held_on + timedelta(days=told["filed"]), 10)
    filed = file_appeal(
        dossier=dossiers().get(pk=result.hearing.dossier_id),
        text=told["text"],
        by=stage.people[product["subject"]],
        at=at,
    )
    if "answered" in told:
        answer_appeal(
            appeal=filed,
            granted=False,
            text=told["answer"],
            by=stage.people["leader"],
            at=at + timedelta(days=told["answered"] - told["filed"]),
        )


def hand_over(stage: Stage, result: Result, at: datetime) -> None:
    regime = regime_of(result.hearing.dossier)
    forward_dossier(
        result=result,
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
