"""The chain of acts: whole when untouched, broken at the very entry that was touched."""

from __future__ import annotations

from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from ocop.audit.actions import record
from ocop.audit.models import LedgerEntry, LedgerHead
from ocop.audit.queries import break_in_chain, history_of
from ocop.audit.rules import GENESIS, entry_hash, first_break
from tests.factories import MORNING, person


def _chain(contents: list[dict[str, Any]]) -> list[tuple[int, str, str, dict[str, Any]]]:
    previous, entries = GENESIS, []
    for seq, content in enumerate(contents, start=1):
        now = entry_hash(previous, content)
        entries.append((seq, previous, now, content))
        previous = now
    return entries


contents = st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=8)), min_size=1, max_size=8)


@given(contents)
def test_an_untouched_chain_is_whole(told: list[dict[str, Any]]) -> None:
    assert first_break(_chain(told)) is None


@given(contents, st.data())
def test_a_changed_entry_is_named(told: list[dict[str, Any]], data: st.DataObject) -> None:
    entries = _chain(told)
    place = data.draw(st.integers(0, len(entries) - 1))
    seq, previous, said, content = entries[place]
    entries[place] = (seq, previous, said, {**deepcopy(content), "thêm": 1})
    assert first_break(entries) == place + 1


@given(contents, st.data())
def test_a_missing_entry_is_named(told: list[dict[str, Any]], data: st.DataObject) -> None:
    entries = _chain(told)
    place = data.draw(st.integers(0, len(entries) - 1))
    del entries[place]
    assert first_break(entries) == (place + 1 if place < len(entries) else None)


@pytest.mark.django_db
def test_acts_follow_each_other_and_the_history_shows_the_thread() -> None:
    user, other = person("Trần Thị Hà"), person()
    for words, thread, shown in (("Một", other, True), ("Hai", None, False), ("Ba", other, False)):
        record(act="try", words=words, on=user, thread=thread, shown_to_subject=shown, by=user, at=MORNING)
    assert break_in_chain() is None
    assert [entry.words for entry in history_of(other)] == ["Ba", "Một"]
    assert [entry.words for entry in history_of(other, for_subject=True)] == ["Một"]
    assert LedgerEntry.objects.latest("seq").actor_name == "Trần Thị Hà"


@pytest.mark.django_db
def test_a_cut_tail_is_noticed() -> None:
    user = person()
    entry = record(act="try", words="Một", on=user, by=user, at=MORNING)
    LedgerHead.objects.update(seq=entry.seq + 1, hash="f" * 64)
    assert break_in_chain() == entry.seq + 1
    with pytest.raises(CommandError, match="sai từ việc số"):
        call_command("ledger", "verify")


@pytest.mark.django_db
def test_verify_says_how_many_acts() -> None:
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    assert "nguyên vẹn" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_the_transaction_of_its_act() -> None:
    user = person()
    with pytest.raises(RuntimeError, match="transaction"):
        record(act="try", words="Một", on=user, by=user, at=MORNING)
