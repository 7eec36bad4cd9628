"""The scene is built once for all walks of a worker; whatever a walk writes is taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.factories.scene import Scene, build


@pytest.fixture(scope="package")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """One office with everything in it, inside a transaction that is never committed."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # thousands of refusals, as they should be
    with django_db_blocker.unblock(), override_settings(OCOP_DEMO=True), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    logging.getLogger("django.request").setLevel(logging.NOTSET)
