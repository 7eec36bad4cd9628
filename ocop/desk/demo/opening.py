"""How a story opens: the year's plan and batches, the subjects, the council with its bylaws."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ocop.accounts.models import RoleGrant
from ocop.accounts.states import Role
from ocop.consent.actions import give_consent, make_code
from ocop.consent.states import Purpose
from ocop.council.actions import (
    adopt_bylaws,
    form_council,
)
from ocop.council.actions.forming import SeatDraft
from ocop.council.models import Council
from ocop.desk.demo.stage import Stage
from ocop.planning.actions import open_batch, open_programme
from ocop.regime.queries import as_rules, current
from ocop.registration.actions import let_act_for, register_subject


def plan_year(stage: Stage, at: datetime) -> None:
    officer = stage.people["officer"]
    programme = open_programme(
        unit=stage.unit,
        year=stage.told["year"],
        title=stage.told["title"],
        regime_version=current(stage.told["regime"]),
        lead_office=stage.told["lead_office"],
        plan_number=stage.told["plan_number"],
        plan_signed_on=stage.told["plan_signed_on"],
        by=officer,
        at=at,
    )
    for told in stage.told["batches"]:
        stage.batches[told["number"]] = open_batch(programme=programme, **told, by=officer, at=at)


def enter_subject(stage: Stage, told: dict[str, Any], at: datetime) -> None:
    officer = stage.people["officer"]
    subject = register_subject(
        name=told["name"],
        kind=told["kind"],
        unit=stage.unit_of(told["unit"], "commune"),
        address=told["address"],
        business_number=f"24{told['phone'][1:]}",
        representative=told["person"],
        position=told["position"],
        phone=told["phone"],
        by=officer,
        at=at,
    )
    user = stage.add_person(
        {
            "name": told["person"],
            "login": told["account"],
            "phone": told["phone"],
            "role": Role.SUBJECT,
            "unit": told["unit"],
            "organisation": told["name"],
            "title": told["position"],
        }
    )
    let_act_for(subject=subject, user=user, by=officer, at=at)
    stage.subjects[told["key"]] = subject
    stage.people[told["key"]] = user


def let_help(stage: Stage, told: dict[str, Any]) -> None:
    """The subject reads a code out, and the officer types for it from then on."""
    subject, at = stage.subjects[told["subject"]], stage.moment(stage.day - timedelta(days=20))
    code = make_code(subject=subject, purpose=Purpose.CONSENT, by=stage.people[told["subject"]], at=at)
    until = stage.day + timedelta(days=30)
    give_consent(subject=subject, code=code, until=until, by=stage.people[told["helper"]], at=at)


def form(stage: Stage) -> Council:
    """The council as its decision forms it, with its bylaws and the people who advise it."""
    told = stage.told["council"]
    officer = stage.people["officer"]
    at = stage.moment(told["decided_on"] + timedelta(days=1))
    grants = {grant.user_id: grant for grant in grants_on_day(stage)}
    council = form_council(
        unit=stage.unit,
        level=as_rules(current(stage.told["regime"])).first_council,
        name=told["name"],
        decision_number=told["decision"],
        decided_on=told["decided_on"],
        term_from=told["decided_on"],
        term_to=told["term_to"],
        delegation=told.get("delegation", ""),
        seats=[
            SeatDraft(
                user=stage.people[key],
                role=seat["role"],
                organisation=grants[stage.people[key].pk].organisation,
                votes=seat["role"] != "secretary",
                field=seat.get("field", ""),
                sectors=seat.get("sectors", ()),
                delegated_by=seat.get("delegated_by", ""),
            )
            for key, seat in told["seats"].items()
        ],
        by=officer,
        at=at,
    )
    adopt(stage, council, told["bylaws"], at)
    return council


def adopt(stage: Stage, council: Council, told: dict[str, Any], at: datetime) -> None:
    """Bylaws as the story tells them: what the law leaves open."""
    adopt_bylaws(
        council=council,
        document=told["document"],
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(10),
        round_mean_to=None,
        minimums_on="mean",
        blind_tasting=told.get("blind_tasting", False),
        appeal_days=told["appeal_days"],
        by=stage.people["officer"],
        at=at,
    )


def grants_on_day(stage: Stage) -> QuerySet[RoleGrant]:
    """What the story's people are on its day, without what they were before."""
    return RoleGrant.objects.filter(user__in=stage.people.values(), valid_from__year=stage.told["year"])
