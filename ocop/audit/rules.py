"""How the ledger's chain is hashed. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

GENESIS = "0" * 64
REMEMBERED = 4096  # hashes kept in mind, to tell how many entries were slipped in
FARTHEST, MOST_TRIED = 64, 20_000  # how far beyond the end, and how far at all, an entry's own number is looked for


def canonical(content: Mapping[str, Any]) -> bytes:
    """One way to write a content down: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a content, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def entry_hash(previous: str, content: Mapping[str, Any]) -> str:
    """The hash of an entry: its content and the hash before it."""
    return hashlib.sha256(previous.encode() + canonical(content)).hexdigest()


class Harm(StrEnum):
    """What was done to the chain behind the program's back."""

    TAMPERED = "tampered"
    MISSING = "missing"
    MOVED = "moved"
    SLIPPED_IN = "slipped_in"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"


HARM_WORDS = {
    Harm.TAMPERED: "Việc số {seq} đã bị sửa: nội dung không còn khớp dấu vân tay.",
    Harm.MISSING: "Thiếu việc số {seq}: dòng này đã bị xóa khỏi sổ.",
    Harm.MOVED: "Việc số {seq} không đứng đúng chỗ: các dòng đã bị đổi thứ tự.",
    Harm.SLIPPED_IN: "Việc số {seq} là dòng chen thêm, không do phần mềm ghi.",
    Harm.CUT_OFF: "Thiếu từ việc số {seq} đến hết: phần cuối sổ đã bị cắt.",
    Harm.REWRITTEN: "Việc số {seq} là việc cuối nhưng không khớp dấu cuối của sổ: phần cuối đã bị viết lại.",
}


@dataclass(frozen=True, slots=True)
class Break:
    """The first harm in the chain and the number of the entry it was done to."""

    harm: Harm
    seq: int

    @property
    def words(self) -> str:
        """The harm as a Vietnamese sentence."""
        return HARM_WORDS[self.harm].format(seq=self.seq)


class Link(NamedTuple):
    """An entry as the chain sees it; its content holds its number once more."""

    seq: int
    previous: str
    hash: str
    content: Mapping[str, Any]

    def fits_at(self, seq: int) -> bool:
        """Whether its hash is the one that its content had under that number."""
        return self.hash == entry_hash(self.previous, {**self.content, "seq": seq})


def first_break(entries: Iterable[Link], head: tuple[int, str] | None = None) -> Break | None:
    """The first harm in a chain read in the order of its numbers, or None; `head` is its noted end (number, hash).

    The entries are read as a stream; only after a break the rest is searched for what became of the right entry.
    """
    rest = iter(entries)
    last, number = GENESIS, 0
    recent: dict[str, int] = {GENESIS: 0}
    for link in rest:
        sound = link.previous == last and link.hash == entry_hash(last, link.content)
        if link.seq != number + 1 or not sound:
            return _judged(link, number + 1, last, recent, rest)
        last, number = link.hash, link.seq
        recent[last] = number
        if len(recent) > REMEMBERED:
            del recent[next(iter(recent))]
    if head is None or head == (number, last):
        return None
    if head[0] == number:
        return Break(Harm.REWRITTEN, number)
    return Break(Harm.CUT_OFF, number + 1) if head[0] > number else Break(Harm.SLIPPED_IN, head[0] + 1)


def _judged(link: Link, expected: int, last: str, recent: Mapping[str, int], rest: Iterator[Link]) -> Break:
    """What was done, told by where the entry that stands here and the one that should stand here belong."""
    before = recent.get(link.previous)
    if before is not None and before + 1 < expected and link.fits_at(before + 1):
        return Break(Harm.SLIPPED_IN, before + 1)  # this entry belongs where the ones before it pushed in
    end, right_one_left = link.seq, False
    for later in rest:
        end = max(end, later.seq)
        right_one_left = right_one_left or (later.previous == last and later.fits_at(expected))
    elsewhere = any(map(link.fits_at, range(expected + 1, min(end + FARTHEST, expected + MOST_TRIED))))
    if right_one_left:
        return Break(Harm.MOVED if elsewhere or link.seq > expected else Harm.SLIPPED_IN, expected)
    if link.seq > expected or (elsewhere and link.previous != last):
        return Break(Harm.MISSING, expected)
    if link.seq < expected:
        return Break(Harm.SLIPPED_IN, expected)
    if link.previous != last and link.fits_at(expected) and expected > 1:
        return Break(Harm.TAMPERED, expected - 1)  # an honest entry that remembers another one before it
    return Break(Harm.TAMPERED, expected)
