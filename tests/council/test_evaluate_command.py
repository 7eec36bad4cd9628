"""The command `ocop evaluate`: what stands on which output, and its exit status."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ocop.council.case_files import main, run_case
from tests.council.casebook import case_of

ROOT = Path(__file__).resolve().parents[2]
BAD = case_of(level="commune")


def run(*argv: str, given: str | bytes = b"") -> tuple[int, str, str]:
    """Exit status, standard output and standard error of one run."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))  # a terminal that is not UTF-8
    status = main(argv, io.BytesIO(given if isinstance(given, bytes) else given.encode()), out, err)
    return status, out.buffer.getvalue().decode(), err.buffer.getvalue().decode()


def lines(*cases: object) -> str:
    """One case a line."""
    return "".join(f"{case if isinstance(case, str) else json.dumps(case)}\n" for case in cases)


def test_one_case_from_a_file(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case_of(), indent=2), encoding="utf-8")
    status, out, err = run(str(file))
    assert (status, err) == (0, "")
    assert out.count("\n") == 1
    assert json.loads(out) == run_case(case_of())
    assert "Hội đồng" in out  # written as letters, not as escapes


def test_one_case_from_standard_input():
    status, out, err = run("-", given=json.dumps(case_of()))
    assert (status, json.loads(out), err) == (0, run_case(case_of()), "")


def test_a_bad_case_stands_on_standard_error():
    status, out, err = run("-", given=json.dumps(BAD))
    assert (status, out) == (2, "")
    assert json.loads(err).keys() == {"error", "path"}
    assert json.loads(err)["path"] == "level"


@pytest.mark.parametrize("argv", [(), ("a", "b"), ("--help",), ("--jsonl", "x"), ("--json",)])
def test_a_wrong_call_says_how_to_call(argv):
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert "ocop evaluate --jsonl" in json.loads(err)["error"]


def test_a_file_that_cannot_be_read(tmp_path):
    for name in (tmp_path / "none.json", tmp_path, "\0"):
        status, out, err = run(str(name))
        assert (status, out) == (2, "")
        assert json.loads(err)["path"] == ""
        assert str(name) in json.loads(err)["error"]


def test_lines_are_answered_in_order_and_a_bad_one_stands_in_its_place():
    status, out, err = run("--jsonl", given=lines(case_of(), BAD, "{", case_of(level="centre")))
    first, second, third, fourth = map(json.loads, out.splitlines())
    assert (status, err) == (2, "")
    assert (first["level"], fourth["level"]) == ("province", "centre")
    assert (second["path"], third["path"]) == ("level", "")


def test_all_lines_good():
    status, out, err = run("--jsonl", given=lines(*[case_of()] * 3))
    assert (status, out.count("\n"), err) == (0, 3, "")


def test_empty_lines_are_passed_over_and_the_last_needs_no_end():
    given_ = f"\n  \r\n{json.dumps(case_of())}\r\n\n{json.dumps(case_of())}"
    status, out, _ = run("--jsonl", given=given_)
    assert (status, out.count("\n")) == (0, 2)
    assert run("--jsonl") == (0, "", "")


def test_broken_utf_8_is_the_error_of_its_line_only():
    status, out, _ = run("--jsonl", given=b"\xff\xfe\n" + lines(case_of()).encode())
    first, second = map(json.loads, out.splitlines())
    assert (status, first["path"], second["outcome"]) == (2, "", "recognise")


def test_half_of_a_surrogate_pair_in_a_key_is_still_answered_in_utf_8():
    status, out, _ = run("--jsonl", given='{"\\ud800": 1}\n')
    assert status == 2
    assert json.loads(out)["path"] == "\ud800"


def test_text_streams_without_bytes_below_work_too():
    out, err = io.StringIO(), io.StringIO()
    assert main(["--jsonl"], io.StringIO(lines(case_of(), BAD)), out, err) == 2
    assert [json.loads(line).get("path") for line in out.getvalue().splitlines()] == [None, "level"]


def _start(*argv: str, code: str = "") -> subprocess.Popen[bytes]:
    call = code or "import sys; from config.cli import main; sys.exit(main())"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    environment.pop("PYTHONUNBUFFERED", None)  # the command itself must flush
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", call, *argv], cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe
    )


def test_each_answer_comes_before_the_next_case_is_sent():
    with _start("evaluate", "--jsonl") as process:
        watch = threading.Timer(20, process.kill)
        watch.start()
        for level in ("province", "centre"):
            process.stdin.write(lines(case_of(level=level)).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["level"] == level
        process.stdin.close()
        assert process.wait() == 0
        watch.cancel()


def test_the_command_runs_without_django():
    code = (
        "import sys; from config.cli import main; status = main(['evaluate', '-']);"
        "loaded = [name for name in sys.modules if name.split('.')[0] == 'django'];"
        "sys.exit(status or len(loaded))"
    )
    with _start(code=code) as process:
        out, err = process.communicate(json.dumps(case_of()).encode(), timeout=20)
        assert (process.returncode, err) == (0, b"")
        assert json.loads(out)["outcome"] == "recognise"


def test_a_reader_that_leaves_early_is_no_crash():
    with _start("evaluate", "--jsonl") as process:
        process.stdout.close()
        _, err = process.communicate(lines(*[case_of()] * 50).encode(), timeout=20)
        assert (process.returncode, err) == (1, b"")
