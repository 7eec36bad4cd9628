"""Every address × everybody × every state: no response holds what its reader may not see."""

from __future__ import annotations

import pytest

from tests.factories.scene import Scene
from tests.secrecy.addresses import Address, addresses, unbound
from tests.secrecy.law import MAY_SEE, rules
from tests.secrecy.people import BY_DEFAULT, PEOPLE
from tests.secrecy.walking import enter, leaks, told_by

pytestmark = pytest.mark.django_db

# The default run asks for these states, and for every state where a secret lies (`LAIRS`); `make rehearse`
# (tests/rehearsals/test_secrecy.py) asks for all of them, Word files and posts too.
STATES = {"scoring", "pending", "meeting", "tasting"}
LAIRS = {
    "advisory:review", "advisory:survey", "council:discussion", "council:door", "council:hearing", "council:sheet",
    "council:sheets-paper", "dossiers:thread", "intake:assess", "intake:check", "samples:dossier", "dossiers:dossier",
}  # fmt: skip


def asked_by_default(address: Address) -> bool:
    """Every address at least once, the product being scored and the one closed, every place of a secret."""
    if ".docx" in address.url:
        return False
    return address.state in STATES or address.state not in EVERY or address.name in LAIRS


EVERY = {
    "draft", "submitted", "checking", "returned", "accepted", "other", "recognised", "recognised 2", "to recognise",
    "to forward", "none", "appealed", "granted", "heard again", "new", "scoring", "apart", "discussed", "pending",
    "cup one", "cup two", "written", "past", "next", "meeting", "tasting",
}  # fmt: skip


def test_every_address_is_bound_to_something_to_ask_for() -> None:
    assert unbound() == []


def test_every_planted_secret_has_its_rule(scene: Scene) -> None:
    assert set(scene.secrets) - {"cup code"} == set(MAY_SEE)
    assert {kind for kind, may in MAY_SEE.items() if not may <= set(scene.people)} == set()
    assert set(PEOPLE) == set(scene.people)


@pytest.mark.parametrize("who", BY_DEFAULT)
def test_no_page_holds_what_its_reader_may_not_see(scene: Scene, who: str) -> None:
    assert walk(scene, who, [row for row in addresses(scene) if asked_by_default(row)]) == []


def walk(scene: Scene, who: str, asked: list[Address], *, htmx: bool = False) -> list[str]:
    """Ask for each address; what came that should not have."""
    client, known, wrong = enter(scene, who), rules(scene), []
    for address in asked:
        response = client.get(address.url, headers={"HX-Request": "true"} if htmx else {})
        assert response.status_code < 500, str(address)
        shown, _ = leaks(told_by(response), address, who, known)
        wrong += [f"{who}: {address}: {kind}" for kind in shown]
    return wrong
