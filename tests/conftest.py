"""What every test gets: the law and the units loaded once, a flush that append-only tables allow, a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium (`CHROMIUM`, or found on the path); the one that Playwright brings only without it."""
    own = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {**browser_type_launch_args, "args": QUIET, **({"executable_path": own} if own else {})}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database holds the units and the published rule book from the start."""
    from tests.factories import load_law

    with django_db_blocker.unblock():
        load_law()
    yield
    if connection.vendor == "postgresql":
        # A live server's thread may still hold its connection: the database could not be dropped under it.
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_append_only_tables() -> None:
    """Between browser tests Django empties every table; on SQLite the triggers are put aside for that moment."""
    from ocop.core.appendonly import flush_statements

    operations = type(connection.ops)
    plain = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        return flush_statements(self.connection, plain(self, *args, **kwargs))

    operations.sql_flush = sql_flush


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test with real transactions leaves every table empty behind it: bring the law back for the next one."""
    from pytest_django.plugin import blocking_manager_key

    yield
    if nextitem is None:
        return
    if {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())) or any(
        mark.kwargs.get("transaction") for mark in item.iter_markers("django_db")
    ):
        from tests.factories import load_law

        with item.config.stash[blocking_manager_key].unblock():
            load_law()


@pytest.fixture
def at() -> datetime:
    """A morning in the middle of batch 2 of the 2024 programme."""
    from tests.factories import MORNING

    return MORNING


@pytest.fixture
def nothing_written() -> Iterator[None]:
    """Fails when the test changed any table: a refusal writes nothing."""
    before = _row_counts()
    yield
    assert _row_counts() == before


def _row_counts() -> dict[str, int]:
    from django.apps import apps

    counts = {}
    for model in apps.get_models():
        if model._meta.app_label in {"sessions", "axes"}:
            continue
        counts[model._meta.label] = model._default_manager.count()
    assert connection.vendor
    return counts


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes name a case by its argument: a made file may differ from run to run, and workers must agree on names."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: they are the longest, and the other worker fills in the rest meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)
