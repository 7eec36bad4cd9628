"""Journeys run against the live server on the world's own day; every person has a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect

from ocop.accounts.models import User
from ocop.catalogue import api as public_api
from ocop.catalogue import views as public_views
from tests.factories import World, city_2024, province_2026
from tests.factories.world import PASSWORD
from tests.journeys.steps import sign_in

PATIENCE = 15_000  # ms: the machine may be busy with other work
OFFICE_SCREEN = {"width": 1280, "height": 800}


class Street:
    """The live server and whoever comes to it. Remembers what nobody may ever meet: a server or script error."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.faults: list[str] = []
        self.contexts: list[Any] = []

    def passer_by(self, **screen: Any) -> Page:
        """A fresh browser, signed out, on the front page."""
        context = self.browser.new_context(**{"locale": "vi-VN", "viewport": OFFICE_SCREEN, **screen})
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", self._heard)
        page.on("response", self._answered)
        page.goto(self.url)
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.status} {answer.url}")


@pytest.fixture
def street(browser: Browser, live_server: Any, settings: Any) -> Iterator[Street]:
    """The open office of this test; it must not have stumbled once."""
    settings.OCOP_DEMO = True
    settings.OCOP_PUBLIC_URL = live_server.url
    expect.set_options(timeout=PATIENCE)
    opened = Street(browser, live_server.url)
    yield opened
    expect.set_options(timeout=None)
    for context in opened.contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")  # no request runs on into the emptying of the tables
        context.close()
    assert opened.faults == []


def _begin(build: Callable[[], World], monkeypatch: pytest.MonkeyPatch) -> World:
    """A world whose public pages live on its second day too: they go by the real clock, which is set here."""
    world = build()
    moment = world.at + timedelta(days=1)
    for public in (public_views, public_api):
        monkeypatch.setattr(public, "now", lambda: moment)
    return world


@pytest.fixture
def city(street: Street, monkeypatch: pytest.MonkeyPatch) -> World:
    """The city of 2024 under QĐ 148."""
    return _begin(city_2024, monkeypatch)


@pytest.fixture
def province(street: Street, monkeypatch: pytest.MonkeyPatch) -> World:
    """The province of 2026 under QĐ 26."""
    return _begin(province_2026, monkeypatch)


Comes = Callable[..., Page]


@pytest.fixture
def comes(street: Street) -> Comes:
    """`comes(world, person)`: the person signs in through the sign-in page and stands before the day's work."""

    def come(world: World, person: User | str, password: str = PASSWORD, **screen: Any) -> Page:
        login = person if isinstance(person, str) else person.login
        day = world.at.date() + timedelta(days=1)
        User.objects.filter(Q(email=login) | Q(phone=login)).update(practice_day=day)
        page = street.passer_by(**screen)
        sign_in(page, login, password)
        return page

    return come
