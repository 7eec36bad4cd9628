"""The morning of the meeting: who is there, what is on the table; and past dossiers scored on trial before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ocop.council.actions import (
    cast_calibration,
    cast_tasting,
    mark_attendance,
    open_calibration,
    open_tasting,
    put_on_table,
    sign_in,
)
from ocop.council.models import CalibrationCase, Council, Hearing, Session, TastingCup
from ocop.council.queries import hearings, sensory_codes
from ocop.desk.demo.choices import places_for
from ocop.desk.demo.sampling import Brought, lay_out
from ocop.desk.demo.stage import Stage
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers


def set_cups(stage: Stage, session: Session, at: datetime) -> None:
    """Codes for every product of the session that is tasted, before anybody scores."""
    tasted = [hearing for hearing in hearings().filter(session=session).order_by("place") if sensory_codes(hearing)]
    open_tasting(session=session, hearings_tasted=tasted, by=stage.people["secretary"], at=at)


def meet(stage: Stage, told: dict[str, Any], session: Session, brought: Brought) -> None:
    """The first minutes of the meeting; members go on from there."""
    at, secretary = stage.moment(stage.day, 7), stage.people["secretary"]
    seats = {seat.user_id: seat.pk for seat in session.council.seats.all()}
    for key in told.get("present", ()):
        sign_in(session=session, by=stage.people[key], at=at)
    marks = {seats[stage.people[key].pk]: (True, "") for key in told.get("noted", ())}
    marks |= {seats[stage.people[key].pk]: (False, note) for key, note in told.get("absent", {}).items()}
    if marks:
        mark_attendance(session=session, marks=marks, by=secretary, at=at + timedelta(minutes=5))
    lay_out(stage, brought)
    for key, count in told.get("tasting", {}).items():
        taste(stage, session, key, count, at + timedelta(minutes=10))
    if "on_table" in told:
        on_table = hearings().get(session=session, dossier__registration__product__name=told["on_table"])
        put_on_table(session=session, hearing=on_table, by=secretary, at=at + timedelta(minutes=15))


def taste(stage: Stage, session: Session, key: str, count: int, at: datetime) -> None:
    """A member hands in so many cups, the later products' first; the others wait."""
    cups = TastingCup.objects.filter(round__session=session).order_by("-hearing__place")
    for cup in cups.select_related("round", "hearing")[:count]:
        hearing: Hearing = hearings().get(pk=cup.hearing_id)
        codes = sensory_codes(hearing)
        places = places_for(criteria_of(hearing.dossier), 60, turn=count)
        cast_tasting(
            cup=cup,
            choices={code: place for code, place in places.items() if code in codes},
            by=stage.people[key],
            at=at,
        )


def calibrate(stage: Stage, told: dict[str, Any], council: Council) -> None:
    """Past dossiers without names; most members have yet to score them."""
    at = stage.moment(told["opened_on"], 14)
    past: list[Dossier] = [
        dossiers().get(registration__product__name=name, registration__batch__programme__unit=stage.unit)
        for name in told["products"]
    ]
    opened = open_calibration(council=council, name=told["name"], dossiers=past, by=stage.people["secretary"], at=at)
    for key, count in told["handed_in"].items():
        for case in CalibrationCase.objects.filter(round=opened).order_by("letter")[:count]:
            places = places_for(criteria_of(dossiers().get(pk=case.dossier_id)), 58 + count, turn=count)
            cast_calibration(case=case, choices=places, by=stage.people[key], at=at + timedelta(days=1))
