"""The walk sees what is there: every secret is alive, and an opened permission is found."""

from __future__ import annotations

import pytest

from tests.factories.scene import Scene
from tests.secrecy.addresses import addresses
from tests.secrecy.law import NOBODY, rules
from tests.secrecy.test_reading import walk
from tests.secrecy.walking import enter, leaks, told_by

pytestmark = pytest.mark.django_db

# Who finds every secret between them, and where they look.
FINDERS = {
    "subject": ("dossiers:evidence", "dossiers:thread", "dossiers:form", "wallet:wallet", "files:waiting",
                "ideas:idea", "appeals:appeal", "council:dossier-panel"),
    "commune officer": ("intake:assess", "samples:dossier"),
    "lead officer": ("council:sheets-paper", "council:hearing", "samples:test", "intake:check", "appeals:appeal",
                     "dossiers:evidence", "advisory:dossier", "council:publish", "dossiers:dossier",
                     "samples:dossier"),
    "member let in": ("council:sheet",),
    "member who wrote": ("council:sheet", "council:discussion"),
    "member conflicted": ("council:door",),
    "member conflicted late": ("council:door",),
    "taster who wrote": ("council:tasting-cup",),
    "tasting secretary": ("council:tasting-pour", "council:tasting-labels"),
    "ballot in": ("council:sheet",),
    "helper assigned": ("advisory:review", "advisory:dossier", "advisory:survey"),
}  # fmt: skip


def test_every_secret_is_shown_to_somebody_who_may_see_it(scene: Scene) -> None:
    known, alive = rules(scene), set()
    for who, names in FINDERS.items():
        client = enter(scene, who)
        for address in addresses(scene):
            if address.name in names and ".docx" not in address.url:
                alive.update(leaks(told_by(client.get(address.url)), address, who, known)[1])
    dead = {rule.kind for rule in known if rule.may != NOBODY} - alive
    assert dead <= UNSHOWN


# The pour list, where cup and product stand side by side, is one page for all products: no product's own page has it.
UNSHOWN = {"cup code at its product"}


@pytest.mark.parametrize(
    ("opened", "who", "names", "kind"),
    [
        ("ocop.council.permissions.meeting.own_sheet_is_in", "member let in", "council:discussion", "note discussed"),
        ("ocop.consent.permissions.can_look_into", "leader", "wallet:wallet", "wallet"),
        ("ocop.appeals.permissions.can_advise", "subject", "appeals:appeal", "opinion appealed"),
    ],
)
def test_the_walk_finds_a_permission_that_was_opened(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, opened: str, who: str, names: str, kind: str
) -> None:
    asked = [address for address in addresses(scene) if address.name in names.split()]
    assert walk(scene, who, asked) == []
    monkeypatch.setattr(opened, lambda *args: True)
    assert any(found.endswith(f": {kind}") for found in walk(scene, who, asked))
