"""Tells the demo's stories through the very actions an office uses, each act at its own moment of the year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.db import transaction

from ocop.accounts.states import Role
from ocop.desk.demo.advising import advise, form_advisers
from ocop.desk.demo.coaching import plan_for, write_support
from ocop.desk.demo.hearing_days import hold
from ocop.desk.demo.ideas import tell_idea
from ocop.desk.demo.knowledge import fill_wallet
from ocop.desk.demo.meeting import calibrate
from ocop.desk.demo.opening import enter_subject, form, let_help, plan_year
from ocop.desk.demo.road import bring, register
from ocop.desk.demo.sampling import take_samples
from ocop.desk.demo.stage import DEMO_DOMAIN, Stage, address_of
from ocop.paperwork.actions import make_demo_signer

__all__ = ["DEMO_DOMAIN", "demo_accounts", "load"]
PLANNING = ("returned", "ready")  # whose subjects make a plan of improvement
STORY = Path(__file__).with_name("story.yaml")


def story() -> dict[str, Any]:
    """The demo's stories as written."""
    content: dict[str, Any] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
    return content


def demo_accounts() -> list[dict[str, str]]:
    """Every demo account with its role, what to type to sign in, and its password."""
    content = story()
    return [
        {"role": role, "login": address_of(login), "password": content["password"]}
        for told in content["stories"]
        for role, login in [
            *((person["role"], person["login"]) for person in told["people"] if person["role"]),
            *((Role.SUBJECT.value, subject["account"]) for subject in told["subjects"]),
        ]
    ]


@transaction.atomic
def load(say: Callable[[str], None]) -> None:
    """Tell every story of the demo; all or nothing."""
    content = story()
    make_demo_signer()
    password = make_password(content["password"])
    for told in content["stories"]:
        say(f"Dựng {told['title']}…")
        tell(Stage(told, password))


def tell(stage: Stage) -> None:
    """One story, from the plan to its day."""
    for person in stage.told["people"]:
        stage.people[person["key"]] = stage.add_person(person)
    plan_year(stage, stage.start)
    for subject in stage.told["subjects"]:
        enter_subject(stage, subject, stage.start + timedelta(days=1))
    for place, key in enumerate(stage.subjects):
        fill_wallet(stage, key, stage.start + timedelta(days=2), more=place == 0)
    for told in stage.told["consents"]:
        let_help(stage, told)
    write_support(stage)
    council, team = form(stage), form_advisers(stage)
    products = stage.told["products"]
    registered = [register(stage, product) for product in products]
    brought = [
        (product, bring(stage, product, registration))
        for product, registration in zip(products, registered, strict=True)
    ]
    for product, dossier in brought:
        if dossier is not None and product["fate"] in PLANNING:
            plan_for(stage, product["subject"], dossier)
    for idea in stage.told["ideas"]:
        tell_idea(stage, idea)
    take_samples(stage, brought)
    advise(stage, team, brought)
    for session in stage.told["sessions"]:
        hold(stage, session, council, brought)
    if "calibration" in stage.told:
        calibrate(stage, stage.told["calibration"], council)
