"""A rule book on disk: one file, one regime with its sets, a folder of sets, or a folder of regimes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ocop.regime.calendars import FOLDER as CALENDAR_FOLDER
from ocop.regime.calendars import check_calendar
from ocop.regime.checks import check_regime
from ocop.regime.documents import Problem, number_in, read_document, repeated, rows_in, word_in
from ocop.regime.forms.checks import check_layouts
from ocop.rubric.checks import check_set, is_complete
from ocop.rubric.checks.catalogues import check_catalogues
from ocop.rubric.checks.measures import check_measures

REGIME_FILE, SETS_FOLDER, MEASURES_FOLDER, INDEX_FILE = "regime.yaml", "sets", "measures", "index.yaml"


@dataclass(frozen=True, slots=True)
class ReadSet:
    """A set file that could be read: `content` as written."""

    file: str
    content: dict[str, Any]

    @property
    def complete(self) -> bool:
        """Whether it may be scored with."""
        return is_complete(self.content)


@dataclass(slots=True)
class ReadRegime:
    """A regime file (None for loose sets) with the sets beside it, as far as they could be read."""

    name: str
    content: dict[str, Any] | None = None
    sets: list[ReadSet] = field(default_factory=list)
    measures: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """What was found under a path, and every problem in it; `problems` empty means that it may be published."""

    regimes: list[ReadRegime] = field(default_factory=list)
    calendars: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def sets(self) -> list[ReadSet]:
        """All sets of all regimes."""
        return [read for regime in self.regimes for read in regime.sets]


def read_book(path: Path) -> Book:
    """Everything under `path`, checked; what the files are is told by their names and keys."""
    book = Book()
    try:
        _read(path, book)
    except OSError as error:
        book.problems.append(Problem(str(path), "tệp", f"không mở được ({error.__class__.__name__})"))
    return book


def _read(path: Path, book: Book) -> None:
    if path.is_file() and path.parent.name == MEASURES_FOLDER:
        _regime_folder(path.parent.parent, book)  # a file of measures says little without the sets
    elif path.is_file():
        _one_file(path, book)
    elif (path / REGIME_FILE).exists() or (path / SETS_FOLDER).is_dir():
        _regime_folder(path, book)
    elif path.is_dir():
        _folder(path, book)
    else:
        book.problems.append(Problem(str(path), "tệp", "không có tệp hoặc thư mục này"))


def _one_file(path: Path, book: Book) -> None:
    content, problems = read_document(path, str(path))
    book.problems.extend(problems)
    if content is None:
        return
    regime = ReadRegime(path.stem)
    if path.name == REGIME_FILE or ("levels" in content and "parts" not in content):
        book.problems.extend(check_regime(content, str(path)))
        regime.content = content
    else:
        book.problems.extend(check_set(content, str(path)))
        regime.sets.append(ReadSet(str(path), content))
    book.regimes.append(regime)


def _folder(path: Path, book: Book) -> None:
    """A folder of regimes, or of set files."""
    folders = [entry for entry in sorted(path.iterdir()) if entry.is_dir() and any(entry.rglob("*.yaml"))]
    for entry in folders:
        if entry.name == CALENDAR_FOLDER:
            _calendar_folder(entry, book)
        elif (entry / REGIME_FILE).exists() or (entry / SETS_FOLDER).is_dir():
            _regime_folder(entry, book, named=True)
        else:
            _loose_sets(entry, book)
    if any(path.glob("*.yaml")):
        _loose_sets(path, book)
    elif not folders:
        book.problems.append(Problem(str(path), "tệp", "không có tệp .yaml nào để kiểm tra"))
    codes = [
        (f"{regime.name}/{REGIME_FILE}", word_in(regime.content, "code")) for regime in book.regimes if regime.content
    ]
    for file, code, first in repeated(codes):
        book.problems.append(Problem(str(path / file), "code", f"mã “{code}” đã dùng ở {path / first}"))


def _regime_folder(path: Path, book: Book, *, named: bool = False) -> None:
    file = str(path / REGIME_FILE)
    content, problems = read_document(path / REGIME_FILE, file)
    book.problems.extend(problems)
    if content is not None:
        book.problems.extend(check_regime(content, file))
        if named and word_in(content, "code") not in (None, path.name):
            book.problems.append(Problem(file, "code", f"ghi “{content['code']}”, thư mục là “{path.name}”"))
    regime = ReadRegime(path.name, content)
    book.regimes.append(regime)
    for source in sorted((path / SETS_FOLDER).glob("*.yaml")):
        written, problems = read_document(source, str(source))
        book.problems.extend(problems)
        if written is None:
            continue
        book.problems.extend(check_set(written, str(source), regime=content or {}))
        number = number_in(written, "set_no")
        if number is not None and not source.name.startswith(f"{number:02d}-"):
            book.problems.append(Problem(str(source), "set_no", f"tên tệp phải bắt đầu bằng “{number:02d}-”"))
        regime.sets.append(ReadSet(str(source), written))
    _apart(regime, book)
    _tasting(file, regime, book)
    _measures(path / MEASURES_FOLDER, regime, book)
    book.problems.extend(check_layouts(path, content or {}))
    count = number_in(content, "set_count")
    if count is not None:
        given = {number_in(read.content, "set_no") for read in regime.sets}
        book.problems.extend(
            Problem(file, "set_count", f"thiếu bộ tiêu chí số {number} trong {count} bộ")
            for number in range(1, min(count, 1000) + 1)
            if number not in given
        )
        book.problems.extend(
            Problem(read.file, "set_no", f"số {number} lớn hơn số bộ tiêu chí {count}")
            for read in regime.sets
            if (number := number_in(read.content, "set_no")) is not None and number > count
        )


def _tasting(file: str, regime: ReadRegime, book: Book) -> None:
    """Every set named as tasted is there and has exactly one group of that code; no set twice for a group."""
    groups = {number_in(read.content, "set_no"): list(_group_codes(read.content)) for read in regime.sets}
    count = number_in(regime.content, "set_count") or 0
    said: set[tuple[int, str]] = set()
    for place, row in rows_in(regime.content, "tasting"):
        code, numbers = word_in(row, "group"), row.get("sets")
        for at, number in enumerate(numbers if isinstance(numbers, list) else []):
            path = f"tasting[{place}].sets[{at}]"
            if code is None or isinstance(number, bool) or not isinstance(number, int):
                continue
            if number not in groups:
                if not 1 <= number <= count:  # one that is only missing is told at `set_count`
                    book.problems.append(Problem(file, path, f"không có bộ tiêu chí số {number}"))
            elif groups[number].count(code) != 1:
                book.problems.append(Problem(file, path, f"bộ số {number} không có đúng một nhóm “{code}”"))
            elif (number, code) in said:
                book.problems.append(Problem(file, path, f"bộ số {number}, nhóm “{code}” đã ghi rồi"))
            said.add((number, code))


def _group_codes(content: dict[str, Any]) -> Iterator[str | None]:
    for _, part in rows_in(content, "parts"):
        for _, group in rows_in(part, "groups"):
            yield word_in(group, "code")


def _measures(path: Path, regime: ReadRegime, book: Book) -> None:
    """How the criteria of the regime's sets are measured; a regime may leave it out."""
    files: list[tuple[str, dict[str, Any]]] = []
    for source in sorted(path.glob("*.yaml")):
        written, problems = read_document(source, str(source))
        book.problems.extend(problems)
        if written is not None:
            files.append((str(source), written))
    if not files:
        return
    unread = check_catalogues()
    book.problems.extend(problem for problem in unread if problem not in book.problems)
    if not unread:
        sets = [read.content for read in regime.sets]
        book.problems.extend(check_measures(files, sets, regime.content or {}))
        regime.measures.extend(content for _, content in files)


def _calendar_folder(path: Path, book: Book) -> None:
    """The official days off, a file a year."""
    for source in sorted(path.glob("*.yaml")):
        content, problems = read_document(source, str(source))
        book.problems.extend(problems)
        if content is None:
            continue
        book.problems.extend(check_calendar(content, str(source)))
        if number_in(content, "year") not in (None, _year_of(source)):
            book.problems.append(Problem(str(source), "year", f"ghi năm {content['year']}, tên tệp là “{source.name}”"))
        book.calendars.append(content)


def _year_of(source: Path) -> int | None:
    return int(source.stem) if source.stem.isascii() and source.stem.isdecimal() else None


def _loose_sets(path: Path, book: Book) -> None:
    regime = ReadRegime(path.name)
    book.regimes.append(regime)
    for source in sorted(path.glob("*.yaml")):
        if source.name == INDEX_FILE:
            continue
        written, problems = read_document(source, str(source))
        book.problems.extend(problems)
        if written is not None:
            book.problems.extend(check_set(written, str(source)))
            regime.sets.append(ReadSet(str(source), written))
    _apart(regime, book)


def _apart(regime: ReadRegime, book: Book) -> None:
    """No two sets of a regime share a number or a code."""
    for key, words in (("set_no", "số"), ("code", "mã")):
        pairs = [(read.file, read.content.get(key)) for read in regime.sets]
        usable = [(file, value) for file, value in pairs if isinstance(value, (int, str))]
        for file, value, first in repeated(usable):
            book.problems.append(Problem(file, key, f"{words} “{value}” đã dùng ở {first}"))
