"""The council's days: called, prepared, scored, closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ocop.accounts.models import User
from ocop.council.actions import (
    assign_readers,
    call_session,
    cast_sheet,
    close_hearing,
    declare,
    invite,
    put_before,
    save_sheet,
)
from ocop.council.models import Council, Hearing, Session
from ocop.council.queries import proposed_readers, tasted_codes
from ocop.council.states import SessionKind
from ocop.desk.demo.after import follow_up, publish
from ocop.desk.demo.choices import places_for
from ocop.desk.demo.meeting import meet, set_cups
from ocop.desk.demo.opening import adopt
from ocop.desk.demo.stage import Stage
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers

# How far a product has come before it meets the council.
BEFORE_COUNCIL = {"registered", "draft", "ready", "returned", "submitted", "assessed", "accepted"}
OPINION = "Sản phẩm có bản sắc, cần giữ ổn định chất lượng."


def hold(
    stage: Stage, told: dict[str, Any], council: Council, brought: list[tuple[dict[str, Any], Dossier | None]]
) -> None:
    """One session, from its calling to as far as the story goes."""
    called = min(stage.moment(told["held_on"] - timedelta(days=7)), stage.moment(stage.day - timedelta(days=1)))
    session = call(stage, told, council, called)
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
    if told.get("prepared"):
        prepare(stage, session, called + timedelta(hours=2))
    if "tasting" in told:
        set_cups(stage, session, stage.moment(stage.day - timedelta(days=1), 7))
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
    if told.get("published"):
        publish(stage, session, results)
    follow_up(stage, stage.batches[told["batch"]], results, told["held_on"])
    if told["held_on"] == stage.day:
        meet(stage, told, session, mine)


def call(stage: Stage, told: dict[str, Any], council: Council, at: datetime) -> Session:
    """The session under the bylaws of its day; a written opinion with the evening by which ballots are due."""
    if "bylaws" in told:
        adopt(stage, council, told["bylaws"], at - timedelta(hours=1))
    kind = told.get("kind", SessionKind.MEETING)
    return call_session(
        council=council,
        batch=stage.batches[told["batch"]],
        name=told["name"],
        held_on=told["held_on"],
        place=told["place"],
        kind=kind,
        ballots_by=stage.moment(told["held_on"], 17) if kind == SessionKind.WRITTEN else None,
        by=stage.people["secretary"],
        at=at,
    )


def prepare(stage: Stage, session: Session, at: datetime) -> None:
    """The secretary takes the proposed first readers over and sends the letters out."""
    secretary = stage.people["secretary"]
    readers = {hearing: seat.pk for hearing, seat in proposed_readers(session).items()}
    assign_readers(session=session, readers=readers, by=secretary, at=at)
    invite(session=session, by=secretary, at=at + timedelta(hours=3))


def score(stage: Stage, product: dict[str, Any], hearing: Hearing, at: datetime) -> None:
    """The doors that were answered and the sheets that are in, as the product's story says."""
    left = {stage.people[key].pk: reason for key, reason in product.get("conflict", {}).items()}
    voting = list(hearing.session.council.seats.filter(votes=True).select_related("user").order_by("pk"))
    for seat in voting:
        if seat.user_id in left:
            declare(hearing=hearing, conflict=True, reason=left[seat.user_id], by=seat.user, at=at)
    for key in product.get("let_in", ()):
        declare(hearing=hearing, conflict=False, by=stage.people[key], at=at)
    wanted = {stage.people[key].pk for key in product["from"]} if "from" in product else None
    count = product.get("sheets", len(voting))
    spread = product.get("spread", 6)
    offsets = [round(-spread / 2 + spread * place / (len(voting) - 1)) for place in range(len(voting))]
    criteria_set, tasted = criteria_of(hearing.dossier), tasted_codes(hearing)
    for place, seat in enumerate(voting):
        if place >= count if wanted is None else seat.user_id not in wanted:
            continue
        moment = at + timedelta(minutes=place % 9)
        declare(hearing=hearing, conflict=False, by=seat.user, at=moment)
        star = 3 if product["mean"] >= 50 else 2
        places = places_for(
            criteria_set, product["mean"] + offsets[place], keep_star=max(star, product["star"]), turn=place * 5
        )
        cast_sheet(
            hearing=hearing,
            choices={code: choice for code, choice in places.items() if code not in tasted},
            notes={next(iter(places)): "Cần thêm hợp đồng vùng nguyên liệu."} if place % 3 == 0 else {},
            opinion=OPINION if place % 4 == 0 else "",
            by=seat.user,
            at=moment,
        )
    if wanted is None and 0 < count < len(voting):
        begin_sheet(voting[count].user, hearing, at)


def begin_sheet(user: User, hearing: Hearing, at: datetime) -> None:
    """A member let in who is at work on the sheet."""
    declare(hearing=hearing, conflict=False, by=user, at=at)
    tasted = tasted_codes(hearing)
    begun = dict(list(places_for(criteria_of(hearing.dossier), 60).items())[:9])
    choices = {code: place for code, place in begun.items() if code not in tasted}
    save_sheet(hearing=hearing, choices=choices, notes={}, by=user, at=at + timedelta(minutes=5))
