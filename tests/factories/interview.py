"""A product ready to be interviewed, and answers given by the real action."""

from __future__ import annotations

from typing import Any

from ocop.interview.actions import answer
from ocop.registration.models import Product
from tests.factories.cycle import owner_of, registration
from tests.factories.world import World


def product_of(world: World, **kwargs: Any) -> Product:
    """A product registered into the world's batch."""
    return registration(world, **kwargs).product


def answered(world: World, product: Product, values: dict[str, Any], **kwargs: Any) -> dict[str, int]:
    """Answers of the subject's own person, for the world's programme."""
    given = {"by": owner_of(product.subject), "at": world.at, "year": world.at.year} | kwargs
    return answer(subject=product.subject, product=product, values=values, **given)
