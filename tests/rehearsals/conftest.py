"""The rehearsals in a browser are journeys: the same street, the same people, only a whole day of it."""

from tests.journeys.conftest import city, comes, street

__all__ = ["city", "comes", "street"]
