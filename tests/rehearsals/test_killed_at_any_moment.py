"""Ten thousand acts at random while the server is killed again and again: what was answered "done" is done, once."""

from __future__ import annotations

import random
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.rehearsals.office import Answer, Office, Visitor

ACTS = 10_000
PRODUCTS = 12
HANDS = 4  # members act at the same time in so many threads
BETWEEN_KILLS = (250, 650)  # acts
SEED = 20261123


@dataclass
class Memory:
    """What one hand was told. `may_be`: what a tick may be now, the last confirmed value and all unsure ones since."""

    may_be: dict[tuple[int, str, str], set[int]] = field(default_factory=dict)
    sure: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    unsure: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    refused: int = 0
    strange: list[str] = field(default_factory=list)


@dataclass
class Day:
    """The rehearsal: hands that act, and one that kills."""

    office: Office
    stage: dict[str, Any]
    done: int = 0
    kills: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    serving: threading.Event = field(default_factory=threading.Event)
    counting: threading.Lock = field(default_factory=threading.Lock)

    def count(self) -> None:
        """One more act, whatever came of it."""
        with self.counting:
            self.done += 1
            if self.done >= ACTS:
                self.over.set()


def ask(day: Day, visitor: Visitor, path: str, fields: dict[str, str]) -> Answer | None:
    """The answer, or None when the line broke: then nobody knows whether it was done."""
    day.serving.wait()
    try:
        return visitor.post(path, fields)
    except OSError:
        return None
    except Exception:  # half an answer came: http.client has many words for it
        return None
    finally:
        day.count()


class Hand:
    """Plays some of the members; no other hand plays them, so that it knows what each of their ticks must be."""

    def __init__(self, day: Day, seats: list[str], seed: int) -> None:
        self.day, self.seats, self.chance, self.memory = day, seats, random.Random(seed), Memory()
        self.visitors = {seat: Visitor(day.office, day.stage["voting"][seat]) for seat in seats}

    def work(self) -> None:
        while not self.day.over.is_set():
            seat = self.chance.choice(self.seats)
            hearing = self.chance.choice(self.day.stage["hearings"])
            self.chance.choices([self.tick, self.hand_in, self.door], [70, 20, 10])[0](seat, hearing)

    def door(self, seat: str, hearing: int) -> None:
        answer = ask(self.day, self.visitors[seat], f"/hoi-dong/nghi-su/{hearing}/cua/", {"conflict": "khong"})
        self.note("declare", hearing, seat, answer, {302})

    def tick(self, seat: str, hearing: int) -> None:
        code = self.chance.choice(list(self.day.stage["criteria"]))
        place = self.chance.randint(1, self.day.stage["criteria"][code])
        path = f"/hoi-dong/nghi-su/{hearing}/phieu/luu/"
        answer = ask(self.day, self.visitors[seat], path, {f"choice-{code}": str(place)})
        self.ticked(hearing, seat, {code: place}, answer, {200})

    def hand_in(self, seat: str, hearing: int) -> None:
        places = {code: self.chance.randint(1, most) for code, most in self.day.stage["criteria"].items()}
        fields = {f"choice-{code}": str(place) for code, place in places.items()}
        answer = ask(self.day, self.visitors[seat], f"/hoi-dong/nghi-su/{hearing}/phieu/nop/", fields)
        self.ticked(hearing, seat, places, answer, {302})
        self.note("cast_sheet", hearing, seat, answer, {302})

    def ticked(self, hearing: int, seat: str, places: dict[str, int], answer: Answer | None, done: set[int]) -> None:
        for code, place in places.items():
            known = self.memory.may_be.setdefault((hearing, seat, code), set())
            if answer is None:
                known.add(place)
                if len(known) == 1:
                    known.add(0)  # nothing confirmed before: it may also be empty
            elif answer.status in done:
                self.memory.may_be[hearing, seat, code] = {place}

    def note(self, act: str, hearing: int, seat: str, answer: Answer | None, done: set[int]) -> None:
        memory = self.memory
        if answer is None:
            memory.unsure[act, hearing, seat] += 1
        elif answer.status in done and "/dang-nhap/" not in answer.location:
            memory.sure[act, hearing, seat] += 1
        elif answer.status in {403, 409, 422, 302}:
            memory.refused += 1
        else:
            memory.strange.append(f"{act} {hearing}: {answer.status} {answer.body[:300]}")


class Table(Hand):
    """The secretary, who reopens sheets, and now and then the chair, who closes a product."""

    def __init__(self, day: Day, seed: int) -> None:
        super().__init__(day, [next(iter(day.stage["voting"]))], seed)
        self.secretary = Visitor(day.office, day.stage["secretary"])
        self.reopened = 0

    def work(self) -> None:
        while not self.day.over.is_set():
            hearing = self.chance.choice(self.day.stage["hearings"])
            if self.chance.random() < 0.02:
                self.close(hearing)
            else:
                self.reopen(self.chance.choice(list(self.day.stage["voting"])), hearing)

    def reopen(self, seat: str, hearing: int) -> None:
        fields = {"mo-lai-seat": seat, "mo-lai-reason": f"Xem lại lần {self.reopened}"}
        self.reopened += 1
        answer = ask(self.day, self.secretary, f"/hoi-dong/nghi-su/{hearing}/mo-lai/", fields)
        self.note("reopen_sheet", hearing, seat, answer, {302})

    def close(self, hearing: int) -> None:
        chair = self.seats[0]
        number = str(self.day.stage["hearings"].index(hearing) + 1)
        path = f"/hoi-dong/nghi-su/{hearing}/chot/"
        answer = ask(self.day, self.visitors[chair], path, {"confirm_number": number})
        self.note("close_hearing", hearing, chair, answer, {302})


def kill_again_and_again(day: Day, chance: random.Random) -> None:
    """After some hundred acts the server dies without a word, and comes back."""
    while not day.over.is_set():
        until = day.done + chance.randint(*BETWEEN_KILLS)
        while day.done < until and not day.over.wait(0.02):
            pass
        if day.over.is_set():
            return
        day.serving.clear()
        day.office.kill()
        day.kills += 1
        day.office.start()
        day.serving.set()


@pytest.fixture
def day(tmp_path: Path) -> Day:
    office = Office(tmp_path)
    stage = office.told("stage", str(PRODUCTS))
    office.start()
    opened = Day(office, stage)
    opened.serving.set()
    return opened


def test_ten_thousand_acts_and_a_server_that_keeps_dying(day: Day) -> None:
    seats = list(day.stage["voting"])
    hands: list[Hand] = [Hand(day, seats[start::HANDS], SEED + start) for start in range(HANDS)]
    hands.append(Table(day, SEED + HANDS))
    threads = [threading.Thread(target=hand.work, daemon=True) for hand in hands]
    for thread in threads:
        thread.start()
    kill_again_and_again(day, random.Random(SEED))
    for thread in threads:
        thread.join()
    day.office.kill()

    told = day.office.told("reckoning")
    strange = [line for hand in hands for line in hand.memory.strange]
    assert strange == []
    assert told["break"] is None
    assert "nguyên vẹn" in day.office.call("-m", "config.cli", "ledger", "verify")
    assert day.done >= ACTS
    assert day.kills >= ACTS // BETWEEN_KILLS[1] - 1

    by_place: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for sheet in told["sheets"]:
        by_place[sheet["hearing"], str(sheet["seat"])].append(sheet)
    _every_confirmed_tick_is_there(hands, by_place)
    _versions_follow_each_other(by_place)
    _every_act_once(hands, told, by_place)


def _every_confirmed_tick_is_there(hands: list[Hand], by_place: dict[tuple[int, str], list[dict[str, Any]]]) -> None:
    confirmed = 0
    for hand in hands:
        for (hearing, seat, code), may_be in hand.memory.may_be.items():
            if not may_be:
                continue  # only ever refused
            versions = by_place.get((hearing, seat), [])
            kept = versions[-1]["choices"].get(code, 0) if versions else 0
            assert kept in may_be, (hearing, seat, code, kept, may_be)
            confirmed += len(may_be) == 1
    assert confirmed > 500  # the rehearsal was about something


def _versions_follow_each_other(by_place: dict[tuple[int, str], list[dict[str, Any]]]) -> None:
    for place, versions in by_place.items():
        assert [row["version"] for row in versions] == list(range(1, len(versions) + 1)), place
        assert all(row["state"] == "replaced" for row in versions[:-1]), place


def _every_act_once(
    hands: list[Hand], told: dict[str, Any], by_place: dict[tuple[int, str], list[dict[str, Any]]]
) -> None:
    sure: Counter[tuple[str, int, str]] = sum((hand.memory.sure for hand in hands), Counter())
    unsure: Counter[tuple[str, int, str]] = sum((hand.memory.unsure for hand in hands), Counter())
    hearing_of = {thread: int(hearing) for hearing, thread in told["dossier_of"].items()}
    written: Counter[tuple[str, int, str]] = Counter()
    chair = next(iter(by_place))[1] if not by_place else min((seat for _, seat in by_place), key=int)
    casts: Counter[tuple[int, int, int]] = Counter()
    for row in told["acts"]:
        hearing = hearing_of.get(row["thread"])
        if hearing is None:
            continue  # a product nobody ticked
        seat = chair if row["act"] == "close_hearing" else str(row["facts"]["seat"])
        written[row["act"], hearing, seat] += 1
        if row["act"] == "cast_sheet":
            casts[hearing, row["facts"]["seat"], row["facts"]["version"]] += 1
    for key, times in sure.items():
        if key[1] in hearing_of.values():
            assert times <= written[key] <= times + unsure[key], (key, times, written[key], unsure[key])
    for key, times in written.items():
        assert times <= sure[key] + unsure[key], (key, times)
        assert key[0] not in {"declare", "close_hearing"} or times == 1, key
    assert set(casts.values()) <= {1}
    handed_in = {
        (row["hearing"], row["seat"], row["version"])
        for row in told["sheets"]
        if row["state"] in {"submitted", "replaced"}
    }
    assert handed_in == set(casts)
    shas = {(row["hearing"], row["seat"], row["version"]): row["sha256"] for row in told["sheets"]}
    for row in told["acts"]:
        if row["act"] == "cast_sheet" and (hearing := hearing_of.get(row["thread"])) is not None:
            assert shas[hearing, row["facts"]["seat"], row["facts"]["version"]] == row["facts"]["sha256"]
    closed = {hearing for act, hearing, _ in written if act == "close_hearing"}
    assert closed <= {int(hearing) for hearing in told["results"]}
