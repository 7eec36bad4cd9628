"""The chain of acts is whole, or broken from a number on; every act of the code has its Vietnamese name."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from ocop.audit.actions import record
from ocop.audit.models import LedgerEntry, LedgerHead
from ocop.audit.queries import break_in_chain, entries, history_of
from ocop.audit.rules import GENESIS, Break, Harm, Link, entry_hash, first_break
from ocop.audit.states import ACT_LABELS
from tests.factories import person

ROOMS = Path(__file__).parents[2] / "ocop"


def acts_in_code():
    return {
        act for path in ROOMS.rglob("*.py") for act in re.findall(r'\bact="(\w+)"', path.read_text(encoding="utf-8"))
    }


def test_every_act_has_a_name_and_every_name_an_act():
    assert acts_in_code() == set(ACT_LABELS)


def chain(*contents):
    rows, previous = [], GENESIS
    for seq, content in enumerate(contents, start=1):
        this = entry_hash(previous, content)
        rows.append(Link(seq, previous, this, content))
        previous = this
    return rows


@pytest.mark.parametrize(
    ("spoil", "broken"),
    [
        (lambda rows: rows, None),
        (lambda rows: [], None),
        (lambda rows: [Link(*rows[0][:3], {"words": "khác"}), *rows[1:]], Break(Harm.TAMPERED, 1)),
        (lambda rows: [rows[0], rows[2]], Break(Harm.MISSING, 2)),
        (lambda rows: [rows[0], rows[0], *rows[1:]], Break(Harm.SLIPPED_IN, 2)),
        (lambda rows: rows[1:], Break(Harm.MISSING, 1)),
    ],
)
def test_the_first_break_is_found(spoil, broken):
    rows = chain({"words": "một"}, {"words": "hai"}, {"words": "ba"})
    assert first_break(spoil(rows)) == broken


@pytest.fixture
def three(at):
    hoa, binh = person("Nguyễn Thị Hòa"), person("Trần Văn Bình")
    with transaction.atomic():
        record(act="open_dossier", words="Lập hồ sơ", on=hoa, thread=hoa, shown_to_subject=True, by=hoa, at=at)
        record(act="submit_dossier", words="Nộp hồ sơ", on=hoa, thread=hoa, by=hoa, at=at + timedelta(hours=1))
        record(act="open_batch", words="Mở đợt", on=binh, by=binh, at=at + timedelta(days=1))
    return hoa


@pytest.mark.django_db
def test_a_whole_ledger(three):
    assert break_in_chain() is None


@pytest.mark.django_db
def test_an_end_cut_off_is_seen(three):
    end = LedgerHead.objects.get(pk=1).seq
    LedgerHead.objects.filter(pk=1).update(seq=end + 1)
    assert break_in_chain() == Break(Harm.CUT_OFF, end + 1)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda rows: rows.update(words="khác"), lambda rows: rows.delete()])
def test_the_database_itself_refuses_to_change_an_entry(three, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(LedgerEntry.objects.filter(act="submit_dossier"))
    assert break_in_chain() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, ["Mở đợt", "Nộp hồ sơ", "Lập hồ sơ"]),
        ({"act": "open_dossier"}, ["Lập hồ sơ"]),
        ({"person": "binh"}, ["Mở đợt"]),
        ({"day": date(2024, 9, 16)}, ["Nộp hồ sơ", "Lập hồ sơ"]),
        ({"person": "hoa", "day": date(2024, 9, 17)}, []),
    ],
)
def test_entries_by_act_person_and_day(three, asked, words):
    found = entries(**asked).exclude(act="publish_rulebook").order_by("-seq")
    assert [entry.words for entry in found] == words


@pytest.mark.django_db
def test_a_subject_sees_only_what_concerns_it(three):
    assert [entry.words for entry in history_of(three)] == ["Nộp hồ sơ", "Lập hồ sơ"]
    assert [entry.words for entry in history_of(three, for_subject=True)] == ["Lập hồ sơ"]
