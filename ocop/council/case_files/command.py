"""The command `ocop evaluate`: cases in, results out, a refusal never a traceback."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from json import JSONEncoder
from typing import IO, Any

from .reading import read_case
from .values import CaseRefused

USAGE = "Cách dùng: ocop evaluate CASE.json | ocop evaluate - | ocop evaluate --jsonl"

Writer = Callable[[Mapping[str, object]], None]

_encode = JSONEncoder(ensure_ascii=False).encode
_encode_ascii = JSONEncoder().encode


def main(argv: Sequence[str], stdin: IO[Any], stdout: IO[Any], stderr: IO[Any]) -> int:
    """One result per case on standard output; exit status 2 when any case was refused."""
    try:
        if list(argv) == ["--jsonl"]:
            return _run_lines(_bytes_of(stdin), _writer(stdout))
        if len(argv) == 1 and (argv[0] == "-" or not argv[0].startswith("-")):
            return _run_one(argv[0], stdin, _writer(stdout), _writer(stderr))
        _writer(stderr)(CaseRefused(USAGE).as_json())
        return 2
    except OSError:
        # The reader has gone (`| head`) or the disk is full: what is left in the buffer has nowhere to go, also not at
        # exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
        return 1


def _run_one(name: str, stdin: IO[Any], write: Writer, complain: Writer) -> int:
    try:
        text = _bytes_of(stdin).read() if name == "-" else _content(name)
        result = read_case(text).result()
    except CaseRefused as refused:
        complain(refused.as_json())
        return 2
    write(result.as_json())
    return 0


def _run_lines(lines: Iterable[str | bytes], write: Writer) -> int:
    status = 0
    for line in lines:
        if not line.strip():
            continue
        try:
            answer: Mapping[str, object] = read_case(line.rstrip()).result().as_json()
        except CaseRefused as refused:
            answer, status = refused.as_json(), 2
        write(answer)
    return status


def _content(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise CaseRefused(f"Không có tệp {name}.") from None
    except IsADirectoryError:
        raise CaseRefused(f"{name} là thư mục, không phải tệp.") from None
    except (OSError, ValueError):
        raise CaseRefused(f"Không đọc được tệp {name}.") from None


def _writer(stream: IO[Any]) -> Writer:
    """Writes one object a line, flushed, as UTF-8 whatever the terminal's own encoding."""
    below = getattr(stream, "buffer", stream)
    as_text = isinstance(below, io.TextIOBase)

    def write(answer: Mapping[str, object]) -> None:
        line = _line(answer)
        below.write(line.decode() if as_text else line)
        below.flush()

    return write


def _line(answer: Mapping[str, object]) -> bytes:
    try:
        return f"{_encode(answer)}\n".encode()
    except UnicodeEncodeError:  # half of a surrogate pair in an unknown key: only an escape can say it
        return f"{_encode_ascii(answer)}\n".encode()


def _bytes_of(stream: IO[Any]) -> IO[Any]:
    """The bytes below a text stream, so that invalid UTF-8 is one line's error and not the end of reading."""
    below: IO[Any] = getattr(stream, "buffer", stream)
    return below
