"""What was done to the chain behind the program's back, and to which entry first: every way of harming it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ocop.audit.rules import GENESIS, REMEMBERED, Break, Harm, Link, entry_hash, first_break

words = st.lists(st.text(max_size=6), min_size=1, max_size=9)
several = st.lists(st.text(max_size=6), min_size=2, max_size=9)
places = st.integers(0, 8)
Told = Sequence[Link]


def chain(said: Sequence[str], *, before: str = GENESIS, start: int = 1) -> list[Link]:
    """Entries as the program writes them: the number stands in the content too."""
    links, previous = [], before
    for seq, text in enumerate(said, start=start):
        content = {"seq": seq, "words": text}
        links.append(Link(seq, previous, entry_hash(previous, content), content))
        previous = links[-1].hash
    return links


def head_of(links: Told) -> tuple[int, str]:
    return (links[-1].seq, links[-1].hash) if links else (0, GENESIS)


def numbered(links: Told) -> list[Link]:
    """The entries as they stand in the table, numbered one after the other; the hashes as they were."""
    return [
        Link(seq, link.previous, link.hash, {**link.content, "seq": seq}) for seq, link in enumerate(links, start=1)
    ]


def changed(link: Link, **facts: Any) -> Link:
    return link._replace(content={**link.content, **facts})


def rehashed(links: Told, start: int) -> list[Link]:
    """The chain written anew from a place on, as somebody with the code and the table could."""
    said = [str(link.content["words"]) for link in links]
    before = links[start - 1].hash if start else GENESIS
    return [*links[:start], *chain(said[start:], before=before, start=start + 1)]


@given(words)
def test_an_untouched_chain_is_whole(said: list[str]) -> None:
    links = chain(said)
    assert first_break(links) is None
    assert first_break(links, head_of(links)) is None


def test_an_empty_chain_is_whole() -> None:
    assert first_break([], (0, GENESIS)) is None


@given(words, places)
def test_a_changed_entry_is_tampered_with(said: list[str], place: int) -> None:
    place %= len(said)
    links = chain(said)
    head, links[place] = head_of(links), changed(links[place], words="sửa rồi")
    assert first_break(links, head) == Break(Harm.TAMPERED, place + 1)


@given(words, places, st.sampled_from(["hash", "previous"]))
def test_a_changed_hash_is_tampered_with(said: list[str], place: int, column: str) -> None:
    place %= len(said)
    links = chain(said)
    head, links[place] = head_of(links), links[place]._replace(**{column: "f" * 64})
    assert first_break(links, head) == Break(Harm.TAMPERED, place + 1)


@given(several, places)
def test_an_entry_changed_and_hashed_anew_is_told_by_the_one_after_it(said: list[str], place: int) -> None:
    place %= len(said) - 1
    links = chain(said)
    head = head_of(links)
    content = {"seq": place + 1, "words": "sửa rồi"}
    links[place] = Link(place + 1, links[place].previous, entry_hash(links[place].previous, content), content)
    assert first_break(links, head) == Break(Harm.TAMPERED, place + 1)


@given(several, places, st.integers(1, 3), st.booleans())
def test_dropped_entries_are_missing(said: list[str], place: int, many: int, renumber: bool) -> None:
    many = min(many, len(said) - 1)
    place %= len(said) - many
    links = chain(said)
    head = head_of(links)
    del links[place : place + many]
    assert first_break(numbered(links) if renumber else links, head) == Break(Harm.MISSING, place + 1)


@given(words, places)
def test_a_cut_end_is_cut_off(said: list[str], place: int) -> None:
    place %= len(said)
    links = chain(said)
    assert first_break(links[:place], head_of(links)) == Break(Harm.CUT_OFF, place + 1)


@given(several, places, places)
def test_swapped_entries_are_moved(said: list[str], one: int, other: int) -> None:
    one %= len(said) - 1
    other = one + 1 + other % (len(said) - 1 - one)
    links = chain(said)
    head = head_of(links)
    links[one], links[other] = links[other], links[one]
    assert first_break(numbered(links), head) == Break(Harm.MOVED, one + 1)


@given(words, places, st.integers(1, 3))
def test_entries_well_hashed_but_slipped_in_are_told_by_the_one_they_pushed_on(
    said: list[str], place: int, many: int
) -> None:
    place %= len(said)
    links = chain(said)
    head = head_of(links)
    before = links[place - 1].hash if place else GENESIS
    false = chain(["chen vào"] * many, before=before, start=place + 1)
    assert first_break(numbered([*links[:place], *false, *links[place:]]), head) == Break(Harm.SLIPPED_IN, place + 1)


@given(words, places)
def test_an_entry_of_no_hash_slipped_in(said: list[str], place: int) -> None:
    place %= len(said)
    links = chain(said)
    head = head_of(links)
    false = Link(0, "e" * 64, "d" * 64, {"words": "chen vào"})
    assert first_break(numbered([*links[:place], false, *links[place:]]), head) == Break(Harm.SLIPPED_IN, place + 1)


@given(words)
def test_an_entry_added_behind_the_noted_end_slipped_in(said: list[str]) -> None:
    links = chain([*said, "thêm"])
    assert first_break(links, head_of(links[:-1])) == Break(Harm.SLIPPED_IN, len(said) + 1)


@given(words, places)
def test_an_end_written_anew_does_not_fit_the_noted_end(said: list[str], place: int) -> None:
    place %= len(said)
    links = chain(said)
    head = head_of(links)
    links[place] = changed(links[place], words="sửa rồi")
    assert first_break(rehashed(links, place), head) == Break(Harm.REWRITTEN, len(said))


@given(words, places)
def test_only_an_end_kept_elsewhere_tells_a_whole_chain_written_anew(said: list[str], place: int) -> None:
    """The reason why papers carry the end of the ledger: the chain alone says nothing here."""
    place %= len(said)
    links = chain(said)
    printed = links[place].hash
    links[place] = changed(links[place], words="sửa rồi")
    anew = rehashed(links, place)
    assert first_break(anew, head_of(anew)) is None
    assert anew[place].hash != printed


def test_a_chain_longer_than_what_is_kept_in_mind_is_whole_all_the_same() -> None:
    links = chain([str(number) for number in range(REMEMBERED + 50)])
    assert first_break(iter(links), head_of(links)) is None


def test_each_harm_is_said_in_words() -> None:
    said = {Break(harm, 7).words for harm in Harm}
    assert len(said) == len(Harm)
    assert all("việc số 7" in text.lower() for text in said)
