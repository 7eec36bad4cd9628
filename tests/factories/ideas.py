"""Ideas at every stage, built by the real actions."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from ocop.ideas.actions import decide, give_opinion, propose, put_step, send_idea
from ocop.ideas.models import Idea
from ocop.ideas.queries import ideas, sectors_of
from ocop.registration.models import Subject
from tests.factories.cycle import owner_of
from tests.factories.cycle import subject as new_subject
from tests.factories.world import World

_number = count(1)
TEXTS = {
    "description": "Mỳ làm từ gạo lứt của xã, phơi trong nhà kính.",
    "materials": "Gạo lứt của 12 hộ trong xã.",
    "difference": "Sợi dai, không phẩm màu.",
    "buyers": "Cửa hàng thực phẩm sạch trong tỉnh.",
}


def idea(world: World, *, of: Subject | None = None, name: str = "", texts: dict[str, str] | None = None) -> Idea:
    """A draft of a subject's own person."""
    producer = of or new_subject(world)
    return propose(
        subject=producer,
        unit=producer.unit,
        kind="new",
        name=name or f"Mỳ gạo lứt Số {next(_number)}",
        sector=sectors_of(world.batch.programme.regime_version.code)[0],
        texts=TEXTS if texts is None else texts,
        by=owner_of(producer),
        at=world.at,
    )


def villagers_idea(world: World) -> Idea:
    """An idea of somebody who is no subject, written down by the commune's officer."""
    return propose(
        subject=None,
        unit=world.commune,
        contact_name="Bà Giáp Thị Nếp",
        contact_phone="0912 345 678",
        kind="new",
        name="Bánh gai lá tươi",
        sector=sectors_of(world.batch.programme.regime_version.code)[0],
        texts=TEXTS,
        by=world.commune_officer,
        at=world.at,
    )


def author(made: Idea):
    """Whoever writes the idea."""
    return owner_of(made.subject) if made.subject is not None else made.entered_by


def fresh(made: Idea) -> Idea:
    """The idea as it is now."""
    return ideas().get(pk=made.pk)


def sent(world: World, made: Idea | None = None) -> Idea:
    """An idea that waits for the commune."""
    made = made or idea(world)
    send_idea(idea=made, by=author(made), at=world.at)
    return fresh(made)


def reviewing(world: World, made: Idea | None = None) -> Idea:
    """An idea that waits for the lead office."""
    made = sent(world, made)
    give_opinion(idea=made, verdict="supported", words="Hợp với vùng.", by=world.commune_officer, at=world.at)
    return fresh(made)


def accepted(world: World, made: Idea | None = None) -> Idea:
    """An idea that was taken: its plan is being made."""
    made = reviewing(world, made)
    decide(idea=made, verdict="accepted", words="", by=world.officer, at=world.at)
    return fresh(made)


def with_step(world: World, made: Idea, *, what: str = "Mua máy đùn sợi"):
    """A step of the plan, a month long."""
    day = world.at.date()
    return put_step(
        idea=made,
        what=what,
        who="Ban giám đốc",
        starts_on=day,
        ends_on=day + timedelta(days=30),
        own_money=20_000_000,
        support_money=10_000_000,
        by=author(made),
        at=world.at,
    )
