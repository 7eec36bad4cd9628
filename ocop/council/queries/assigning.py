"""Who should read which product first: by sector, evenly, away from people with a tie to it."""

from __future__ import annotations

from collections import Counter

from ocop.advisory.rules import Item, Person, assign
from ocop.council.models import Declaration, Hearing, Seat, Session
from ocop.council.queries.councils import seats_on, sector_codes
from ocop.council.queries.hearings import hearings
from ocop.council.queries.hints import hints_between
from ocop.council.queries.presence import readers_of
from ocop.council.states import HearingState, SeatRole


def proposed_readers(session: Session) -> dict[int, Seat]:
    """Hearing → proposed first reader, for open products without one; nobody where nobody may.

    The chair is left out while others vote: who presides seldom presents. A fixed number of queries.
    """
    has = readers_of(session)
    rows = [row for row in hearings().filter(session=session, state=HearingState.OPEN) if row.pk not in has]
    voting = list(seats_on(session.council, session.held_on).filter(votes=True))
    people = [seat for seat in voting if seat.role != SeatRole.CHAIR] or voting
    if not rows or not people:
        return {}
    barred = barred_readers(rows, people)
    sectors = sector_codes({row.dossier.registration.set_version_id for row in rows})
    load = Counter(seat.pk for seat in has.values())
    given = assign(
        [
            Item(
                key=row.pk,
                sector=sectors.get(row.dossier.registration.set_version_id, ""),
                barred=frozenset(seat.pk for seat in people if (row.pk, seat.pk) in barred),
            )
            for row in rows
        ],
        [Person(key=seat.pk, sectors=frozenset(seat.sectors), load=load[seat.pk]) for seat in people],
    )
    by_key = {seat.pk: seat for seat in people}
    return {int(str(key)): by_key[int(str(taken[0]))] for key, taken in given.items() if taken}


def barred_readers(rows: list[Hearing], people: list[Seat]) -> set[tuple[int, int]]:
    """Hearing and seat where the member left the product or the data show a strong tie."""
    left = Declaration.objects.filter(hearing__in=[row.pk for row in rows], conflict=True)
    barred = set(left.values_list("hearing_id", "seat_id"))
    ties = hints_between(rows, people)
    return barred | {pair for pair, hints in ties.items() if any(hint.strong for hint in hints)}
