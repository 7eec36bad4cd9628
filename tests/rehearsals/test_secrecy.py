"""The whole walk: every address and every post, for everybody, in every state. The default run asks for half of it."""

from __future__ import annotations

import pytest

from tests.factories.scene import Scene
from tests.secrecy.addresses import addresses
from tests.secrecy.conftest import scene  # noqa: F401
from tests.secrecy.people import BY_DEFAULT, PEOPLE
from tests.secrecy.test_posting import walk_posts
from tests.secrecy.test_reading import walk

pytestmark = pytest.mark.django_db


WALKS = [(who, False) for who in PEOPLE] + [(who, True) for who in BY_DEFAULT]


@pytest.mark.parametrize(("who", "htmx"), WALKS)
def test_no_page_paper_or_part_holds_what_its_reader_may_not_see(
    scene: Scene,  # noqa: F811
    who: str,
    htmx: bool,
) -> None:
    assert walk(scene, who, addresses(scene), htmx=htmx) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_no_post_tells_a_secret_or_takes_a_forged_field(scene: Scene, who: str) -> None:  # noqa: F811
    assert walk_posts(scene, who, addresses(scene)) == []
