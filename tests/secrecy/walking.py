"""Walking the addresses as one person, and reading everything that reaches the browser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pypdfium2
from django.test import Client

from tests.factories.scene import Scene
from tests.secrecy.addresses import Address
from tests.secrecy.law import Rule


def enter(scene: Scene, who: str) -> Client:
    """A browser in which that person has signed in."""
    client = Client(raise_request_exception=True)
    user = scene.people[who]
    if user is not None:
        client.force_login(user, backend="ocop.accounts.backends.EmailOrPhoneBackend")
    return client


def told_by(response: Any) -> str:
    """All that reached the browser: body (papers as their words), headers, cookies."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}\n{response.cookies}\n{_words(body)}"


def _words(body: bytes) -> str:
    if body[:4] == b"%PDF":
        paper = pypdfium2.PdfDocument(body)
        try:
            return "\n".join(page.get_textpage().get_text_bounded() for page in paper)
        finally:
            paper.close()
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(f"{name}\n{_words(packed.read(name))}" for name in packed.namelist())
    return body.decode("utf-8", "replace")


def leaks(told: str, address: Address, who: str, rules: Iterable[Rule]) -> tuple[list[str], list[str]]:
    """The secrets in what was told: those that the person may not see, those that it may."""
    found = [rule for rule in rules if rule.counts(address) and rule.looks(told)]
    return [rule.kind for rule in found if who not in rule.may], [rule.kind for rule in found if who in rule.may]
