"""How the ledger's chain is hashed. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64


def canonical(content: Mapping[str, Any]) -> bytes:
    """One way to write a content down: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def entry_hash(previous: str, content: Mapping[str, Any]) -> str:
    """The hash of an entry: its content and the hash before it."""
    return hashlib.sha256(previous.encode() + canonical(content)).hexdigest()


def first_break(entries: Iterable[tuple[int, str, str, Mapping[str, Any]]]) -> int | None:
    """The number of the first entry that does not follow from the one before it, or None.

    Each entry is (number, previous hash, hash, content), in order.
    """
    previous, expected = GENESIS, 1
    for seq, said_previous, said_hash, content in entries:
        if seq != expected or said_previous != previous or said_hash != entry_hash(previous, content):
            return expected
        previous, expected = said_hash, seq + 1
    return None
