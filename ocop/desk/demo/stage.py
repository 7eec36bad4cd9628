"""The stage of one story: its day, its unit, and who and what has entered so far."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from ocop.accounts.models import RoleGrant, User
from ocop.core.clock import OFFICE_ZONE
from ocop.places.models import Unit
from ocop.places.queries import units_on
from ocop.planning.models import Batch
from ocop.registration.models import Subject

DEMO_DOMAIN = "demo.saolang.vn"


def address_of(login: str) -> str:
    """The e-mail address of a demo account."""
    return f"{login}@{DEMO_DOMAIN}"


class Stage:
    """One programme of one unit in one year, as far as it has been told."""

    def __init__(self, told: dict[str, Any], password: str) -> None:
        self.told = told
        self.password = password
        self.rng = random.Random(told["key"])  # noqa: S311
        self.day: date = told["practice_day"]
        self.unit = self.unit_of(told["unit"]["name"], told["unit"]["level"])
        self.people: dict[str, User] = {}
        self.subjects: dict[str, Subject] = {}
        self.batches: dict[int, Batch] = {}

    @property
    def start(self) -> datetime:
        """The morning on which work under the signed plan begins."""
        return self.moment(self.told["plan_signed_on"] + timedelta(days=2))

    def unit_of(self, name: str, level: str | None = None) -> Unit:
        """The unit of that name on the story's day."""
        found = units_on(self.day).filter(name=name).select_related("parent__parent")
        return found.get(level=level) if level else found.get()

    def moment(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a day in the office's zone."""
        return datetime.combine(day, time(hour, minute), tzinfo=OFFICE_ZONE)

    def add_person(self, told: dict[str, Any]) -> User:
        """An account with one role, living on the story's day."""
        user = User.objects.create(
            full_name=told["name"],
            email=address_of(told["login"]),
            phone=told.get("phone"),
            password=self.password,
            practice_day=self.day,
            created_at=self.moment(self.told["plan_signed_on"]),
        )
        if told["role"] is None:
            return user  # opened a moment ago: the administrator has yet to give it a role
        RoleGrant.objects.create(
            user=user,
            role=told["role"],
            unit=self.unit_of(told["unit"]) if "unit" in told else self.unit,
            organisation=told.get("organisation", ""),
            title=told.get("title", ""),
            valid_from=date(self.told["year"], 1, 1),
            valid_to=date(self.told["year"] + 1, 12, 31),
        )
        if former := told.get("former"):  # what the person was before: the council's door knows it
            RoleGrant.objects.create(user=user, **former | {"unit": self.unit_of(former["unit"], "commune")})
        return user
