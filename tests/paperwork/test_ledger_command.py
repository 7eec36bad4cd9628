"""`ocop ledger verify` holds the chain against the ends that were printed on papers."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ocop.audit.models import LedgerEntry, LedgerHead
from ocop.audit.queries import content_of, verify
from ocop.audit.rules import entry_hash
from ocop.core.appendonly import flush_statements
from tests.factories.paperwork import issued
from tests.factories.world import city_2024

pytestmark = pytest.mark.django_db


def behind_the_back():
    """Somebody with the database puts the triggers aside."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        for statement in flush_statements(connection, []):
            if statement.startswith("DROP TRIGGER"):
                cursor.execute(statement)


def verified():
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    return out.getvalue()


def test_a_whole_ledger_tells_its_end():
    issued(city_2024())
    found = verify()
    assert f"{found.count} việc, dấu cuối {found.hash}" in verified()


def test_a_ledger_written_anew_is_told_by_the_printed_ends():
    world = city_2024()
    issued(world)
    paper = issued(world)
    issued(world)
    behind_the_back()
    victim = paper.head_seq
    previous = LedgerEntry.objects.get(seq=victim).previous_hash
    LedgerEntry.objects.filter(seq=victim).update(words="sửa rồi")
    for entry in LedgerEntry.objects.filter(seq__gte=victim).order_by("seq"):
        entry.previous_hash, entry.hash = previous, entry_hash(previous, content_of(entry))
        entry.save()
        previous = entry.hash
    LedgerHead.objects.update(hash=previous)
    assert verify().broken is None
    with pytest.raises(CommandError, match=f"việc số {victim} không còn mang dấu in trên .* số 02/BB-HĐ") as stopped:
        verified()
    assert stopped.value.returncode == 2


def test_a_broken_chain_stops_first():
    paper = issued(city_2024())
    behind_the_back()
    LedgerEntry.objects.filter(seq=paper.head_seq).update(words="sửa rồi")
    with pytest.raises(CommandError, match=f"Việc số {paper.head_seq} đã bị sửa") as stopped:
        verified()
    assert stopped.value.returncode == 1
