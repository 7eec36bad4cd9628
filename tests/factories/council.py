"""A council in the middle of its evening: every kind of person, one product still open, one closed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.council.actions import cast_sheet, close_hearing, declare, save_sheet
from ocop.council.models import Hearing, Result, Seat, Session
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.factories.cycle import council_of, open_hearing, owner_of, session_of
from tests.factories.world import World, city_2024, person

SECRET_NOTE = "Vỏ hộp in sai hạn dùng, tôi xem tận mắt"
SECRET_OPINION = "Theo tôi nên trả hồ sơ về xã"
SECRET_TOTAL = 67
TOTALS = {0: 61, 2: SECRET_TOTAL, 3: 63, 4: 63, 5: 63, 6: 63}  # by the seat's place; mean 190/3, "63,33"
SECRETS = (SECRET_NOTE, SECRET_OPINION, "67,00", "67.00", "63,33", "63.33", "190/3")


@dataclass
class Evening:
    """One session with an open and a closed product, both heard by the same seats in the same way."""

    world: World
    session: Session
    open: Hearing
    closed: Hearing

    @property
    def seats(self) -> list[Seat]:
        """The voting seats in order, then the secretary's."""
        return list(self.session.council.seats.select_related("user").order_by("pk"))

    @property
    def result(self) -> Result:
        """The closed product's result."""
        return Result.objects.get(hearing=self.closed)

    @cached_property
    def people(self) -> dict[str, User | None]:
        """Everybody who may knock, by what they are to the two products."""
        seats = self.seats
        other = council_of(self.world)
        return {
            "chair": seats[0].user,
            "member let in": seats[1].user,
            "member who wrote the secret": seats[2].user,
            "member handed in": seats[3].user,
            "member conflicted": seats[7].user,
            "member not declared": seats[8].user,
            "secretary": seats[9].user,
            "lead officer": self.world.officer,
            "leader": self.world.leader,
            "liaison": self.world.liaison,
            "subject": owner_of(self.open.dossier.registration.product.subject),
            "commune officer": self.world.commune_officer,
            "other council's member": other.seats.filter(votes=True).order_by("pk")[2].user,
            "helper": person("Người giúp việc", Role.HELPER, self.world.unit),
            "anonymous": None,
        }


def evening(world: World | None = None) -> Evening:
    """Six have handed in, one of them the secret sheet; one is at work, one conflicted, one absent."""
    world = world or city_2024()
    session = session_of(world)
    first = open_hearing(world, session=session, name="Mỳ gạo Chũ", total=55)
    second = open_hearing(world, session=session, name="Bánh đa Kế", total=55)
    made = Evening(world, session, first, second)
    for hearing in (first, second):
        _sit(made, hearing)
    close_hearing(hearing=second, by=made.seats[0].user, at=world.at)
    first.refresh_from_db()
    second.refresh_from_db()
    return made


def _sit(made: Evening, hearing: Hearing) -> None:
    seats, at = made.seats, made.world.at
    criteria_set = criteria_of(hearing.dossier)
    first_code = next(iter(criteria_set.criteria))
    for place in (*TOTALS, 1):
        declare(hearing=hearing, conflict=False, by=seats[place].user, at=at)
    declare(hearing=hearing, conflict=True, reason="Em ruột là giám đốc", by=seats[7].user, at=at)
    for place, total in TOTALS.items():
        secret = total == SECRET_TOTAL
        cast_sheet(
            hearing=hearing,
            choices=places_for(criteria_set, total),
            notes={first_code: SECRET_NOTE} if secret else {},
            opinion=SECRET_OPINION if secret else "",
            by=seats[place].user,
            at=at,
        )
    save_sheet(hearing=hearing, choices={first_code: 1}, notes={}, by=seats[1].user, at=at)
