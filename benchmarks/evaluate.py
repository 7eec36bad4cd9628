"""How many cases a second `ocop evaluate --jsonl` computes on one core, JSON in and out and reasons included.

    python benchmarks/evaluate.py [CASES]

Every case has nine sheets of set 6 of QĐ 26/2026 (32 criteria). Prints cases a second for three kinds of councils, the
time of one case by itself, and the time the command takes from start to its first result. Needs nothing but the
project's own Python; runs without Django.
"""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ocop.council.case_files import main, read_case, run_case  # noqa: E402
from ocop.rubric.rulebook import read_set  # noqa: E402

MEMBERS = 9
Pick = Callable[[random.Random, int], int | None]
COUNCILS: dict[str, Pick] = {
    "good product, few minimums missed": lambda dice, options: options if dice.random() < 0.9 else max(1, options - 1),
    "middling product, many minimums missed": lambda dice, options: max(1, options - (dice.random() < 0.6)),
    "any option or none": lambda dice, options: dice.choice([None, *range(1, options + 1)]),
}


def case(dice: random.Random, pick: Pick) -> str:
    """One case as a line of JSON."""
    criteria = read_set("qd26-2026", 6).criteria.values()
    sheets = [
        {
            "member": f"m{number}",
            "chair": number == 1,
            "choices": {criterion.code: pick(dice, len(criterion.options)) for criterion in criteria},
        }
        for number in range(1, MEMBERS + 1)
    ]
    bylaws = {"spread_limit": "100"}
    body = {"regime": "qd26-2026", "set": 6, "level": "province", "council_size": MEMBERS}
    return json.dumps({**body, "bylaws": bylaws, "sheets": sheets})


def rate(lines: list[str]) -> float:
    """Cases a second through the command, best of three runs."""
    text = ("\n".join(lines) + "\n").encode()
    spent = []
    for _ in range(3):
        out = io.BytesIO()
        began = time.process_time()
        status = main(["--jsonl"], io.BytesIO(text), out, io.BytesIO())
        spent.append(time.process_time() - began)
        if status or out.getvalue().count(b"\n") != len(lines):
            raise SystemExit("a case was refused: the figures would mean nothing")
    return len(lines) / min(spent)


def start(line: str) -> float:
    """Seconds from starting the command to its end, for a single case (wall clock, best of three)."""
    spent = []
    words = "import sys; from config.cli import main; sys.exit(main(['evaluate', '-']))"
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", words], input=line.encode(), cwd=ROOT, check=True, capture_output=True)
        spent.append(time.perf_counter() - began)
    return min(spent)


def one(line: str) -> tuple[float, float]:
    """Microseconds for one case: all of it, and the arithmetic with its reasons alone (best of five hundred)."""
    mapping, ready = json.loads(line), read_case(line)
    whole, bare = [], []
    for _ in range(500):
        began = time.perf_counter()
        run_case(mapping)
        whole.append(time.perf_counter() - began)
        began = time.perf_counter()
        ready.result()
        bare.append(time.perf_counter() - began)
    return min(whole) * 1e6, min(bare) * 1e6


def report(count: int) -> None:
    """Measures and prints."""
    for name, pick in COUNCILS.items():
        dice = random.Random(26)
        lines = [case(dice, pick) for _ in range(count)]
        whole, bare = one(lines[0])
        print(f"{name:40} {rate(lines):8.0f} cases/s   check+compute {whole:4.0f} µs, compute {bare:4.0f} µs")
    print(f"{'one case, command from start to end':40} {start(lines[0]) * 1000:8.0f} ms")


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
