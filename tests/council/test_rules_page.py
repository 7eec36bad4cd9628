"""The algorithm page tells the truth: its worked examples and its table of means are run."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from ocop.council.case_files import run_case
from ocop.council.rules import Bylaws
from tests.council.casebook import evenly, result

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rules" / "result.md").read_text(encoding="utf-8")
BLOCKS = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
MEANS = re.findall(r"^\| (\d+) \| (\d+) \| ([\d/]+) \| ([\d.]+) \| (none|\d+) \| (\d) \|$", PAGE, re.MULTILINE)


def test_the_page_has_its_examples():
    assert len(BLOCKS) == 6
    assert len(MEANS) >= 8


@pytest.mark.parametrize(("case", "expected"), list(zip(BLOCKS[::2], BLOCKS[1::2], strict=True)))
def test_worked_example(case, expected):
    assert run_case(case) == expected


@pytest.mark.parametrize(("members", "points", "mean_exact", "mean", "round_mean_to", "star"), MEANS)
def test_table_of_means(members, points, mean_exact, mean, round_mean_to, star):
    bylaws = Bylaws(spread_limit=Fraction(100), round_mean_to=None if round_mean_to == "none" else int(round_mean_to))
    found = result(evenly(int(points), int(members)), bylaws=bylaws).as_json()
    assert (found["mean_exact"], found["mean"], found["star_by_points"]) == (mean_exact, mean, int(star))
