"""The command `ocop`: `evaluate` runs on the pure rules alone, everything else is a Django command."""

from __future__ import annotations

import io
import os
import sys


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit status."""
    words = sys.argv[1:] if argv is None else argv
    if None in (sys.stdin, sys.stdout, sys.stderr):
        return 1  # started without a place to read from or to write to
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if words[:1] == ["evaluate"]:
        from ocop.council.case_files import main as evaluate

        return evaluate(words[1:], sys.stdin.buffer, sys.stdout, sys.stderr)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ocop", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
