"""`ocop regimes list | check [PATH] | load`: the rule book from the command line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from ocop.core.clock import now
from ocop.core.errors import Refused
from ocop.regime import rulebook
from ocop.regime.rulebook import BOOK
from ocop.rubric.books import Book, ReadSet, read_book


class Command(BaseCommand):
    """`list` and `check` read files only; `load` publishes into the database."""

    help = "Quy định và bộ tiêu chí: liệt kê, kiểm tra tệp, công bố vào cơ sở dữ liệu."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word, and for `check` a path."""
        words = parser.add_subparsers(dest="word", required=True, metavar="list | check | load")
        words.add_parser("list", help="các quy định kèm theo chương trình")
        check = words.add_parser("check", help="kiểm tra tệp; không nêu đường dẫn thì kiểm tra bộ kèm theo")
        check.add_argument("path", nargs="?", type=Path, default=None, metavar="PATH")
        words.add_parser("load", help="công bố bộ kèm theo vào cơ sở dữ liệu")

    def handle(self, *args: Any, word: str, path: Path | None = None, **options: Any) -> None:
        """Do what the word says; exit status 1 when something is refused."""
        if word == "list":
            self._list()
        elif word == "check":
            self._check(path)
        else:
            self._load()

    def _list(self) -> None:
        for code in rulebook.codes():
            regime = rulebook.read_regime(code)
            end = f"đến hết {regime.in_force_to:%d/%m/%Y}" if regime.in_force_to else "đang hiệu lực"
            start = f"từ {regime.in_force_from:%d/%m/%Y}"
            self.stdout.write(f"{code}: {regime.short_name}, {regime.set_count} bộ tiêu chí, {start}, {end}")

    def _check(self, path: Path | None) -> None:
        book = read_book(BOOK if path is None else path)
        self._problems(book)
        for regime in book.regimes:
            if len(book.regimes) > 1:
                self.stdout.write(f"{regime.name}: {_tally(regime.sets)}")
        if book.sets:
            self.stdout.write(_tally(book.sets))
        elif book.regimes:
            self.stdout.write("Tệp quy định đạt.")

    def _load(self) -> None:
        from ocop.rubric.actions import RuleBookRefused, publish_rulebook

        try:
            publication = publish_rulebook(by=None, at=now())
        except RuleBookRefused as refusal:
            self._problems(Book(problems=list(refusal.problems)))
        except Refused as refusal:
            self.stderr.write(refusal.message)
            sys.exit(1)
        else:
            self.stdout.write(
                f"Đã công bố {len(publication.regimes)} quy định, {len(publication.sets)} bộ tiêu chí, "
                f"{len(publication.measures)} cách tính và {len(publication.calendars)} lịch nghỉ mới."
                if publication.regimes or publication.sets or publication.measures or publication.calendars
                else "Không có gì mới để công bố."
            )

    def _problems(self, book: Book) -> None:
        if book.problems:
            for problem in book.problems:
                self.stderr.write(str(problem))
            self.stderr.write(f"{len(book.problems)} lỗi.")
            sys.exit(1)


def _tally(sets: list[ReadSet]) -> str:
    complete = sum(read.complete for read in sets)
    return f"{len(sets)} bộ tiêu chí: {complete} đủ điểm, {len(sets) - complete} chưa đủ (chỉ để đọc)"
