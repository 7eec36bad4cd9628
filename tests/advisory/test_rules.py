"""Work is given by field, as evenly as fields and bars allow, never to whom it must not go."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ocop.advisory.rules import Item, Person, assign, candidates


def test_ten_dossiers_among_three_people_differ_by_at_most_one() -> None:
    given = assign([Item(key=n) for n in range(10)], [Person(key=name) for name in "abc"])
    loads = [sum(name in keys for keys in given.values()) for name in "abc"]
    assert sorted(loads) == [3, 3, 4]


def test_a_field_goes_to_those_who_know_it() -> None:
    people = [Person(key="tea", sectors=frozenset({"Đồ uống"})), Person(key="food", sectors=frozenset({"Thực phẩm"}))]
    given = assign([Item(key=1, sector="Đồ uống"), Item(key=2, sector="Thực phẩm")], people)
    assert given == {1: ("tea",), 2: ("food",)}


def test_a_field_that_nobody_knows_goes_to_anybody() -> None:
    given = assign([Item(key=1, sector="Dược liệu")], [Person(key="food", sectors=frozenset({"Thực phẩm"}))])
    assert given == {1: ("food",)}


def test_who_must_keep_away_gets_nothing_even_when_alone() -> None:
    assert assign([Item(key=1, barred=frozenset({"a"}))], [Person(key="a")]) == {1: ()}


def test_who_has_much_in_hand_gets_less() -> None:
    given = assign([Item(key=1), Item(key=2)], [Person(key="busy", load=5), Person(key="free", load=1)])
    assert given == {1: ("free",), 2: ("free",)}


def test_who_has_it_already_is_counted_and_not_given_it_again() -> None:
    people = [Person(key="a", load=1), Person(key="b")]
    assert assign([Item(key=1, held_by=frozenset({"a"}))], people, each=1) == {1: ()}
    assert assign([Item(key=1, held_by=frozenset({"a"}))], people, each=2) == {1: ("b",)}


def test_an_early_choice_is_exchanged_for_a_more_even_one() -> None:
    """The first two fit both; the last two only the first person: a greedy choice would end 3 to 1."""
    people = [Person(key="a"), Person(key="b", sectors=frozenset({"X"}))]
    items = [Item(key=1, sector="X"), Item(key=2, sector="X"), Item(key=3, sector="Y"), Item(key=4, sector="Y")]
    given = assign(items, people)
    assert given == {1: ("b",), 2: ("b",), 3: ("a",), 4: ("a",)}


SECTORS = st.sampled_from(["", "X", "Y", "Z"])
PEOPLE = st.lists(
    st.tuples(st.frozensets(st.sampled_from(["X", "Y", "Z"]), max_size=2), st.integers(0, 3)), min_size=1, max_size=4
).map(lambda rows: [Person(key=place, sectors=sectors, load=load) for place, (sectors, load) in enumerate(rows)])
ITEMS = st.lists(st.tuples(SECTORS, st.frozensets(st.integers(0, 3), max_size=2)), max_size=5).map(
    lambda rows: [Item(key=f"d{place}", sector=sector, barred=away) for place, (sector, away) in enumerate(rows)]
)


@given(ITEMS, PEOPLE, st.integers(1, 3))
def test_everything_is_given_to_candidates_once_each(items: list[Item], people: list[Person], each: int) -> None:
    given = assign(items, people, each=each)
    for item in items:
        allowed = {person.key for person in candidates(item, people)}
        assert set(given[item.key]) <= allowed
        assert len(given[item.key]) == len(set(given[item.key])) == min(each, len(allowed))


@given(ITEMS, PEOPLE)
def test_no_other_assignment_is_more_even(items: list[Item], people: list[Person]) -> None:
    given = assign(items, people)
    keys = [[person.key for person in candidates(item, people)] for item in items]

    def unevenness(chosen: list[object]) -> int:
        return sum((person.load + chosen.count(person.key)) ** 2 for person in people)

    best = min(
        unevenness([key for key in choice if key is not None]) for choice in product(*(row or [None] for row in keys))
    )
    assert unevenness([key for row in given.values() for key in row]) == best


@given(st.integers(0, 30), st.integers(1, 6), st.integers(1, 3))
def test_without_fields_loads_differ_by_at_most_one(items: int, people: int, each: int) -> None:
    given = assign([Item(key=n) for n in range(items)], [Person(key=f"p{n}") for n in range(people)], each=each)
    loads = [sum(f"p{n}" in keys for keys in given.values()) for n in range(people)]
    assert max(loads) - min(loads) <= 1
    assert sum(loads) == items * min(each, people)
