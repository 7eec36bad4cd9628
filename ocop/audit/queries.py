"""Reads of the ledger, and its verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Max, QuerySet

from ocop.accounts.queries import people
from ocop.audit.models import LedgerEntry, LedgerHead
from ocop.audit.rules import GENESIS, Break, Harm, Link, first_break
from ocop.core.clock import OFFICE_ZONE


def content_of(entry: LedgerEntry) -> dict[str, Any]:
    """What an entry's hash covers."""
    return {
        "seq": entry.seq,
        "at": entry.at.timestamp(),
        "recorded_at": entry.recorded_at.timestamp(),
        "actor": entry.actor_id,
        "actor_name": entry.actor_name,
        "act": entry.act,
        "words": entry.words,
        "thing": entry.thing,
        "thread": entry.thread,
        "shown_to_subject": entry.shown_to_subject,
        "facts": entry.facts,
    }


def history_of(thread: models.Model, *, for_subject: bool = False) -> QuerySet[LedgerEntry]:
    """The acts on a thread (a dossier), newest first; a subject sees only what concerns it."""
    entries = LedgerEntry.objects.filter(thread=f"{thread._meta.label_lower}:{thread.pk}").order_by("-seq")
    return entries.filter(shown_to_subject=True) if for_subject else entries


def entries(*, act: str = "", person: str = "", day: date | None = None) -> QuerySet[LedgerEntry]:
    """The entries of one act, of the people whose name holds `person`, and of one day by the office's clock."""
    found = LedgerEntry.objects.all()
    if act:
        found = found.filter(act=act)
    if person:
        found = found.filter(actor__in=people(person))
    if day is not None:
        start = datetime.combine(day, time.min, tzinfo=OFFICE_ZONE)
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found


def head() -> LedgerHead | None:
    """The end of the chain, None while nothing was done."""
    return LedgerHead.objects.filter(pk=1).first()


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole ledger read through: how many acts, its end, and the first harm if there is one."""

    count: int
    hash: str
    broken: Break | None


def verify() -> Verification:
    """Read the ledger through from its first entry, as a stream; acts added meanwhile are left for the next time."""
    newest = LedgerEntry.objects.aggregate(newest=Max("seq"))["newest"] or 0
    end = head()
    seq, last = (end.seq, end.hash) if end else (0, GENESIS)
    rows = LedgerEntry.objects.filter(seq__lte=seq).order_by("seq").iterator(chunk_size=2000)
    broken = first_break((Link(row.seq, row.previous_hash, row.hash, content_of(row)) for row in rows), (seq, last))
    if broken is None and newest > seq:
        broken = Break(Harm.SLIPPED_IN, seq + 1)
    return Verification(seq, last, broken)


def break_in_chain() -> Break | None:
    """The first entry that was changed, removed, moved or slipped in, or None when the ledger is whole."""
    return verify().broken


def holds_entry(seq: int, hash_begins: str) -> bool:
    """Whether the entry of that number has a hash that begins so."""
    return LedgerEntry.objects.filter(seq=seq, hash__startswith=hash_begins).exists()
