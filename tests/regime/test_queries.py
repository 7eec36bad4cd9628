"""Which regime is law on which day."""

from datetime import date

import pytest

from ocop.regime import queries
from ocop.regime.actions import publish_regime
from ocop.regime.models import RegimeVersion
from ocop.regime.rulebook import BOOK, load_yaml

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2019, 8, 20), []),
        (date(2019, 8, 21), ["qd1048-2019"]),
        (date(2023, 2, 23), ["qd1048-2019"]),
        (date(2023, 2, 24), ["qd148-2023"]),
        (date(2026, 5, 21), ["qd148-2023"]),
        (date(2026, 5, 22), ["qd26-2026", "qd148-2023"]),  # the old one runs out (QĐ 26, Art. 11.2)
        (date(2026, 7, 20), ["qd26-2026", "qd148-2023"]),
        (date(2026, 7, 21), ["qd26-2026"]),
    ],
)
def test_the_regimes_in_force_on_a_day(day, in_force):
    assert [version.code for version in queries.in_force_on(day)] == in_force


def test_the_current_version_is_the_highest(at):
    content = load_yaml(BOOK / "qd26-2026" / "regime.yaml")
    publish_regime(content | {"short_name": "QĐ 26"}, at=at)
    assert queries.current("qd26-2026").version == 2
    assert [version.version for version in queries.newest_first()] == [2, 1, 1]
    assert queries.as_rules(queries.current("qd26-2026")).short_name == "QĐ 26"


def test_an_unpublished_regime_does_not_exist():
    with pytest.raises(RegimeVersion.DoesNotExist):
        queries.current("qd919")
