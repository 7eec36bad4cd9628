"""The chain of acts: whole when untouched, broken at the very entry that was touched."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ocop.audit.actions import record
from ocop.audit.models import LedgerEntry, LedgerHead
from ocop.audit.queries import break_in_chain, history_of
from ocop.audit.rules import Break, Harm
from tests.factories import MORNING, person


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
    assert break_in_chain() == Break(Harm.CUT_OFF, entry.seq + 1)
    with pytest.raises(CommandError, match=f"Thiếu từ việc số {entry.seq + 1} đến hết") as stopped:
        call_command("ledger", "verify")
    assert stopped.value.returncode == 1


@pytest.mark.django_db
def test_acts_beyond_the_noted_end_were_slipped_in() -> None:
    user = person()
    entry = record(act="try", words="Một", on=user, by=user, at=MORNING)
    LedgerHead.objects.update(seq=entry.seq - 1, hash=entry.previous_hash)
    assert break_in_chain() == Break(Harm.SLIPPED_IN, entry.seq)


@pytest.mark.django_db
def test_a_rewritten_end_is_noticed() -> None:
    user = person()
    entry = record(act="try", words="Một", on=user, by=user, at=MORNING)
    LedgerHead.objects.update(hash="f" * 64)
    assert break_in_chain() == Break(Harm.REWRITTEN, entry.seq)


@pytest.mark.django_db
def test_the_whole_ledger_is_read_in_three_questions(django_assert_num_queries) -> None:
    user = person()
    for words in ("Một", "Hai", "Ba"):
        record(act="try", words=words, on=user, by=user, at=MORNING)
    with django_assert_num_queries(3):
        assert break_in_chain() is None


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
