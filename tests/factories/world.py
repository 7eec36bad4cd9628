"""The standing things of a test: law, units, people with roles, an open batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.test import Client

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.core.clock import OFFICE_ZONE
from ocop.places.actions import load_units
from ocop.places.models import Unit
from ocop.places.queries import units_on
from ocop.planning.actions import open_batch, open_programme
from ocop.planning.models import Batch
from ocop.regime.models import RegimeVersion
from ocop.regime.queries import current
from ocop.rubric.actions import publish_rulebook

MORNING = datetime(2024, 9, 16, 8, 30, tzinfo=OFFICE_ZONE)
TODAY = MORNING.date()
MORNING_2026 = datetime(2026, 10, 5, 8, 30, tzinfo=OFFICE_ZONE)
PASSWORD = "mat-khau-thu-123"

_number = count(1)


def load_law() -> None:
    """Units and rule book, once."""
    if not RegimeVersion.objects.exists():
        load_units()
        publish_rulebook(by=None, at=MORNING)


def unit(name: str, day: date = TODAY) -> Unit:
    """The unit of that name on a day."""
    load_law()
    return units_on(day).select_related("parent__parent").get(name=name)


def person(
    name: str = "",
    role: Role | None = None,
    where: Unit | None = None,
    *,
    title: str = "",
    since: date = date(2020, 1, 1),
) -> User:
    """Somebody who can sign in (password `PASSWORD`), with a role in a unit if one is given."""
    number = next(_number)
    user = User(
        full_name=name or f"Người thứ {number}", email=f"nguoi{number}@vi-du.vn", created_at=MORNING, is_active=True
    )
    user.set_password(PASSWORD)
    user.save()
    if role is not None:
        assert where is not None, "a role is held in a unit"
        RoleGrant.objects.create(user=user, role=role, unit=where, title=title, valid_from=since)
    return user


@dataclass
class World:
    """An office in the middle of its work."""

    unit: Unit
    commune: Unit
    batch: Batch
    officer: User
    commune_officer: User
    leader: User
    liaison: User
    at: datetime
    people: dict[str, User] = field(default_factory=dict)

    @property
    def later(self) -> datetime:
        """An hour later."""
        return self.at + timedelta(hours=1)


def _world(
    unit_name: str, commune_name: str, regime: str, at: datetime, *, opens: date, closes: date, forward: date | None
) -> World:
    where, commune = unit(unit_name, at.date()), unit(commune_name, at.date())
    officer = person("Trần Thị Chủ Trì", Role.LEAD_OFFICER, where)
    programme = open_programme(
        unit=where,
        year=at.year,
        title=f"Chương trình OCOP {where.lower_name} năm {at.year}",
        regime_version=current(regime),
        lead_office="Phòng Kinh tế",
        by=officer,
        at=at,
    )
    batch = open_batch(
        programme=programme,
        number=2,
        name="Đợt 2",
        opens_on=opens,
        closes_on=closes,
        forward_before=forward,
        by=officer,
        at=at,
    )
    return World(
        unit=where,
        commune=commune,
        batch=batch,
        officer=officer,
        commune_officer=person("Lê Văn Xã", Role.COMMUNE_OFFICER, commune),
        leader=person("Nguyễn Văn Lãnh Đạo", Role.LEADER, where, title="Phó Chủ tịch UBND"),
        liaison=person("Phạm Thị Đầu Mối", Role.LIAISON, where.parent if where.parent else where),
        at=at,
    )


def city_2024() -> World:
    """Bắc Giang city in September 2024 under QĐ 148: the city's council recognises 3★."""
    return _world(
        "Thành phố Bắc Giang",
        "Phường Thọ Xương",
        "qd148-2023",
        MORNING,
        opens=date(2024, 7, 1),
        closes=date(2024, 9, 30),
        forward=date(2024, 10, 9),
    )


def province_2026() -> World:
    """Bắc Ninh province in October 2026 under QĐ 26: the commune assesses, the province's council decides."""
    return _world(
        "Tỉnh Bắc Ninh",
        "Phường Đa Mai",
        "qd26-2026",
        MORNING_2026,
        opens=date(2026, 8, 1),
        closes=date(2026, 10, 29),
        forward=date(2027, 1, 29),
    )


def enter(client: Client, settings: Any, user: User, world: World) -> Client:
    """Sign in as a training account that lives on the world's day."""
    settings.OCOP_DEMO = True
    user.practice_day = world.at.date()
    user.save()
    client.force_login(user)
    return client
