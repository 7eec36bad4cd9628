"""Builds a council's day in the office's own database and prints who may enter and what lies on the table."""

from __future__ import annotations

import json
import sys
from decimal import Decimal


def main(products: int) -> None:
    """A council of nine, a session with that many products, a browser for everybody."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from ocop.accounts.models import User
    from ocop.council.actions import adopt_bylaws
    from ocop.dossiers.queries import criteria_of
    from tests.factories import province_2026
    from tests.factories.cycle import council_of, open_hearing, session_of

    assert settings.SESSION_COOKIE_NAME == "sessionid"
    call_command("migrate", verbosity=0)
    world = province_2026()
    council = council_of(world)
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(100),  # whoever ticks at random may lie far apart
        round_mean_to=None,
        minimums_on="mean",
        by=world.officer,
        at=world.at,
    )
    session = session_of(world, council)
    hearings = [open_hearing(world, session=session) for _ in range(products)]
    User.objects.update(practice_day=world.at.date())

    def enters(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    seats = council.seats.select_related("user").order_by("pk")
    criteria = {code: len(one.options) for code, one in criteria_of(hearings[0].dossier).criteria.items()}
    told = {
        "session": session.pk,
        "hearings": [hearing.pk for hearing in hearings],
        "criteria": criteria,
        "voting": {str(seat.pk): enters(seat.user) for seat in seats if seat.votes},
        "secretary": enters(next(seat.user for seat in seats if not seat.votes)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
