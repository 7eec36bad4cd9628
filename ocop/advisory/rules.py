"""Who reviews what: by field, and evenly. Pure; room `council` assigns its first readers by it as well."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is to be assigned: its field, the keys of people it must not go to, of people who have it already."""

    key: Hashable
    sector: str = ""
    barred: frozenset[Hashable] = field(default_factory=frozenset)
    held_by: frozenset[Hashable] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who may be given work: the fields the person knows (none: every field), and how much is in hand already."""

    key: Hashable
    sectors: frozenset[str] = field(default_factory=frozenset)
    load: int = 0


def knows(person: Person, item: Item) -> bool:
    """Whether the item lies in the person's field."""
    return not person.sectors or not item.sector or item.sector in person.sectors


def candidates(item: Item, people: Sequence[Person]) -> list[Person]:
    """Who may have the item: those of its field, or anybody where nobody is of it; never one it must not go to."""
    allowed = [person for person in people if person.key not in item.barred and person.key not in item.held_by]
    return [person for person in allowed if knows(person, item)] or allowed


def assign(items: Sequence[Item], people: Sequence[Person], *, each: int = 1) -> dict[Hashable, tuple[Hashable, ...]]:
    """Give every item to `each` different people, the loads as even as fields and bars allow.

    An item's key → the keys of the people given it now, in the order of `people`; fewer than `each` where there are
    no more. Exact: one unit after the other goes to the least loaded person that a chain of exchanges can reach, so
    that no other assignment spreads the loads better (a semi-matching without a cost-reducing path).
    """
    load = {person.key: person.load for person in people}
    rank = {person.key: place for place, person in enumerate(people)}
    may = {item.key: [person.key for person in candidates(item, people)] for item in items}
    given: dict[Hashable, set[Hashable]] = {item.key: set() for item in items}
    has: dict[Hashable, dict[Hashable, None]] = {key: {} for key in load}  # in order, so that chance has no part
    for item in items:
        for _ in range(min(each - len(item.held_by), len(may[item.key]))):
            path = _cheapest(item.key, may, given, has, load)
            for taker, what in path:
                # Each on the way takes an item from the one after it; only the last one's load grows.
                given[what].add(taker)
                has[taker][what] = None
            for (loser, _), (_, moved) in pairwise(path):
                given[moved].discard(loser)
                has[loser].pop(moved)
            load[path[-1][0]] += 1
    return {key: tuple(sorted(keys, key=rank.__getitem__)) for key, keys in given.items()}


def _cheapest(
    start: Hashable,
    may: dict[Hashable, list[Hashable]],
    given: dict[Hashable, set[Hashable]],
    has: dict[Hashable, dict[Hashable, None]],
    load: dict[Hashable, int],
) -> list[tuple[Hashable, Hashable]]:
    """The chain (who takes which item) that ends at the least loaded person it can reach, shortest first."""
    came: dict[Hashable, tuple[Hashable | None, Hashable]] = {}
    waiting: deque[tuple[Hashable, Hashable | None]] = deque([(start, None)])
    seen = {start}
    reached: list[Hashable] = []
    while waiting:
        item, giver = waiting.popleft()
        for key in may[item]:
            if key in came or key in given[item]:
                continue
            came[key] = (giver, item)
            reached.append(key)
            for other in has[key]:
                if other not in seen:
                    seen.add(other)
                    waiting.append((other, key))
    best = min(reached, key=lambda key: (load[key], reached.index(key)))
    path = []
    step: Hashable | None = best
    while step is not None:
        giver, item = came[step]
        path.append((step, item))
        step = giver
    return path[::-1]
