"""Product codes by the regime's pattern, and the stars a product may register for."""

import pytest

from ocop.regime.rulebook import read_regime
from ocop.registration.rules import product_code, target_stars


@pytest.mark.parametrize(
    ("regime", "district", "code"),
    [("qd148-2023", "213", "24-213-07201-3-2024"), ("qd26-2026", None, "24-07201-3-2024")],
)
def test_the_product_code_has_the_parts_of_its_time(regime, district, code):
    pattern = read_regime(regime).certificate.product_code
    assert product_code(pattern, province="24", district=district, commune="07201", seq=3, year=2024) == code


@pytest.mark.parametrize("regime", ["qd148-2023", "qd26-2026"])
def test_a_product_registers_for_a_star_that_is_recognised(regime):
    assert list(target_stars(read_regime(regime))) == [3, 4, 5]
