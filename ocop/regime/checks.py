"""Whether a regime file is sound: its shape, and that its steps, levels, bands and dates agree. Pure."""

from __future__ import annotations

import re
import string
import warnings
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ocop.regime.documents import (
    Problem,
    Report,
    Shape,
    day,
    day_of,
    flag,
    many,
    maybe,
    number_in,
    one_of,
    record,
    repeated,
    rows_in,
    text,
    whole,
    word_in,
)
from ocop.regime.states import CODE_FIELDS, COUNTINGS, LEVELS, MARKS, NUMBER_FIELDS, RECEIPTS, STEP_KINDS, STEP_ROLES

FIRST_RECOGNISED = 3  # stars 1 and 2 have no certificate under any regime (QĐ 26, Art. 4.1a)


def _day_and_month(value: Any, path: str, report: Report) -> None:
    try:
        days, month = value.split("/")
        date(2000, int(month), int(days))
    except (AttributeError, ValueError):
        report(path, "phải là ngày/tháng có thật, đặt trong nháy như '30/4'")


def _pattern(known: Sequence[str]) -> Shape:
    """A text with fields in braces, each one of `known`."""

    def read(value: Any, path: str, report: Report) -> None:
        text(value, path, report)
        if isinstance(value, str):
            try:
                fields = [name for _, name, _, _ in string.Formatter().parse(value) if name is not None]
            except ValueError:
                report(path, "dấu ngoặc nhọn không khớp")
                return
            for name in fields:
                if name not in known:
                    report(path, f"“{{{name}}}” không thuộc: {', '.join(known)}")

    return read


def _name_pattern(value: Any, path: str, report: Report) -> None:
    """A regular expression for names of criteria."""
    text(value, path, report)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a pattern that will mean something else one day is no pattern
            re.compile(str(value))
    except (re.error, Warning, RecursionError):
        report(path, "không phải một biểu thức tìm tên tiêu chí")


MARK = one_of(tuple(MARKS))
FACT = {"article": text, "mark": MARK, "note": text}
LIMIT = record(
    {
        "code": text,
        "name": text,
        "days": whole(1),
        "counting": one_of(COUNTINGS),
        "since": text,
        "article": text,
        "mark": MARK,
    },
    FACT,
)
# Where the subject's statement on a content of the assessment stands: what was asked, counted, claimed.
STATEMENT = record({"questions": many(text), "facts": many(text), "criteria": many(_name_pattern), "mark": MARK})
VERDICT = record({"code": text, "name": text, "mark": MARK})
# What has to be told of changes since the recognition, and where its answers stand.
UPDATE = record({"code": text, "name": text, "mark": MARK}, {"answers": many(text), "papers": many(text), **FACT})
# What members judge by tasting: a group of criteria in some sets (that it is there, `rubric.books` checks).
TASTING = record({"sets": many(whole(1), 1), "group": text, "mark": MARK}, FACT)
# What a result leads to besides a recognition; `rerun` stands only where the law lets the council score again.
CONSEQUENCES = ("no_certificate", "rejected", "forward", "return", "rerun", "notice")
CONSEQUENCE = record({"code": one_of(CONSEQUENCES), "name": text, "mark": MARK}, FACT)
RECEIPT = record({"code": one_of(RECEIPTS), "name": text, "number": _pattern(CODE_FIELDS), "mark": MARK}, FACT)
SHAPE = record(
    {
        "schema": whole(1, 1),
        "code": text,
        "name": text,
        "short_name": text,
        "decision": record({"number": text, "issued_on": day, "issued_by": text}),
        "in_force": record({"from": day, "to": maybe(day)}, {"note": text}),
        "set_count": whole(1),
        "source": text,
        "confidence": MARK,
        "stars": many(record({"star": whole(1, 5), "from": whole(0, 100)}, FACT), 1),
        "levels": many(
            record(
                {
                    "code": one_of(LEVELS),
                    "name": text,
                    "council": text,
                    "authority": text,
                    "recognises": many(whole(1, 5)),
                    "forward": maybe(record({"from": whole(0, 100), "to": one_of(LEVELS)})),
                    "article": text,
                    "mark": MARK,
                },
                FACT,
            ),
            1,
        ),
        "intake": many(
            record(
                {
                    "code": text,
                    "kind": one_of(STEP_KINDS),
                    "name": text,
                    "at": one_of(LEVELS),
                    "by": one_of(tuple(STEP_ROLES)),
                    "clock": maybe(record({"days": whole(1), "counting": one_of(COUNTINGS)})),
                    "contents": many(record({"code": text, "name": text}, {"statement": STATEMENT, **FACT})),
                    "form": maybe(text),
                    "article": text,
                    "mark": MARK,
                },
                {"verdicts": many(VERDICT, 1), "letter": text, "checks": many(text), **FACT},
            )
        ),
        "first_council": one_of(LEVELS),
        "dossier_kinds": many(
            record(
                {"code": text, "name": text, "changes_required": flag},
                {"recognition_required": flag, "window": text, "written_opinion": text, **FACT},
            ),
            1,
        ),
        "forms": many(record({"code": text, "name": text, "mark": MARK}, FACT)),
        "forward_parts": many(record({"code": text, "name": text}, {"optional": flag, **FACT})),
        "samples": record({"count": whole(0), "except_sets": many(whole(1))}, FACT),
        "certificate": record(
            {
                "name": text,
                "valid_months": whole(1),
                "product_code": _pattern(CODE_FIELDS),
                "number": _pattern(NUMBER_FIELDS),
            },
            {"product_code_mark": MARK, "number_mark": MARK, **FACT},
        ),
        "windows": many(
            record(
                {"code": text, "name": text, "days_before_expiry_from": whole(0), "days_before_expiry_to": whole(0)},
                {"late": text, **FACT},
            )
        ),
        "batches": many(
            record(
                {
                    "level": one_of(LEVELS),
                    "number": whole(1),
                    "name": text,
                    "submit_before": maybe(_day_and_month),
                    "finish_before": maybe(_day_and_month),
                    "article": text,
                    "mark": MARK,
                },
                FACT,
            )
        ),
    },
    {
        "clocks": many(LIMIT),
        "transitions": many(LIMIT),
        "receipts": many(RECEIPT),
        "updates": many(UPDATE),
        "tasting": many(TASTING),
        "consequences": many(CONSEQUENCE),
        "notes": many(text),
    },
)
CODED = (
    "levels", "intake", "dossier_kinds", "forms", "forward_parts", "windows", "clocks", "transitions", "receipts",
    "updates", "consequences",
)  # fmt: skip


def check_regime(mapping: dict[str, Any], file: str) -> list[Problem]:
    """Everything wrong in a regime file, in reading order within each kind of fault."""
    problems: list[Problem] = []
    SHAPE(mapping, "", lambda path, message: problems.append(Problem(file, path, message)))
    for test in (_codes, _dates, _bands, _levels, _routes, _intake, _windows, _batches):
        problems.extend(Problem(file, path, message) for path, message in test(mapping))
    return problems


Found = Iterator[tuple[str, str]]


def _codes(regime: dict[str, Any]) -> Found:
    for key in CODED:
        pairs = [(f"{key}[{place}].code", word_in(row, "code")) for place, row in rows_in(regime, key)]
        for path, code, first in repeated(pairs):
            yield path, f"mã “{code}” đã dùng ở {first}"
    limits = [
        (f"{key}[{place}].code", word_in(row, "code"))
        for key in ("clocks", "transitions")
        for place, row in rows_in(regime, key)
    ]
    for path, code, first in repeated(limits):
        if path.split("[")[0] != first.split("[")[0]:
            yield path, f"mã “{code}” đã dùng ở {first}"


def _dates(regime: dict[str, Any]) -> Found:
    in_force = regime.get("in_force")
    if isinstance(in_force, dict):
        start, end = day_of(in_force.get("from")), day_of(in_force.get("to"))
        if start and end and end < start:
            yield "in_force.to", f"ngày hết hiệu lực {end:%d/%m/%Y} trước ngày có hiệu lực {start:%d/%m/%Y}"


def _bands(regime: dict[str, Any]) -> Found:
    before: tuple[int, int] | None = None
    for place, row in rows_in(regime, "stars"):
        star, least = number_in(row, "star"), number_in(row, "from")
        if star is None or least is None:
            return
        if before is None:
            if least != 0:
                yield f"stars[{place}].from", f"mức sao đầu tiên phải bắt đầu từ 0 điểm, đang là {least}"
            if star != 1:
                yield f"stars[{place}].star", f"mức sao đầu tiên phải là 1 sao, đang là {star}"
        else:
            if star != before[0] + 1:
                yield f"stars[{place}].star", f"sau {before[0]} sao phải là {before[0] + 1} sao, đang là {star}"
            if least <= before[1]:
                yield f"stars[{place}].from", f"điểm phải tăng dần: {least} không lớn hơn {before[1]}"
        before = (star, least)


def _recognised(level: dict[str, Any]) -> list[tuple[int, int]]:
    """The stars that a level recognises, each with its place in the list."""
    stars = level.get("recognises")
    if not isinstance(stars, list):
        return []
    return [(at, star) for at, star in enumerate(stars) if isinstance(star, int) and not isinstance(star, bool)]


def _levels(regime: dict[str, Any]) -> Found:
    levels = rows_in(regime, "levels")
    codes = [word_in(level, "code") for _, level in levels]
    stars = {number_in(row, "star") for _, row in rows_in(regime, "stars")}
    owner: dict[int, str | None] = {}
    for height, (place, level) in enumerate(levels):
        for at, star in _recognised(level):
            path = f"levels[{place}].recognises[{at}]"
            if star in owner:
                yield path, f"{star} sao đã do cấp “{owner[star]}” công nhận"
            elif star not in stars:
                yield path, f"không có mức {star} sao"
            elif star < FIRST_RECOGNISED:
                yield path, f"{star} sao không được công nhận, không cấp giấy chứng nhận"
            owner.setdefault(star, codes[height])
        target = word_in(level.get("forward"), "to")
        if target is not None and target not in codes:
            yield f"levels[{place}].forward.to", f"không có cấp “{target}” trong levels"
        elif target is not None and target not in codes[height + 1 :]:
            yield f"levels[{place}].forward.to", f"phải chuyển lên cấp ghi sau, “{target}” không ở sau"
    first = word_in(regime, "first_council")
    if first is not None and first not in codes:
        yield "first_council", f"không có cấp “{first}” trong levels"


def _routes(regime: dict[str, Any]) -> Found:
    """Every star with a certificate must go somewhere at every level: recognised here, sent up, or sent back down."""
    below: set[int] = set()
    for place, level in rows_in(regime, "levels"):
        here = {star for _, star in _recognised(level)}
        threshold = number_in(level.get("forward"), "from")
        for _, band in rows_in(regime, "stars"):
            star, least = number_in(band, "star"), number_in(band, "from")
            if star is None or least is None or star < FIRST_RECOGNISED or star in here | below:
                continue
            if threshold is None or least < threshold:
                yield (
                    f"levels[{place}]",
                    f"{star} sao (từ {least} điểm): cấp này không công nhận và cũng không chuyển lên",
                )
        below |= here


def _intake(regime: dict[str, Any]) -> Found:
    forms = {word_in(form, "code") for _, form in rows_in(regime, "forms")}
    for place, step in rows_in(regime, "intake"):
        path = f"intake[{place}]"
        contents = rows_in(step, "contents")
        pairs = [(f"{path}.contents[{at}].code", word_in(row, "code")) for at, row in contents]
        for where, code, first in repeated(pairs):
            yield where, f"mã “{code}” đã dùng ở {first}"
        if step.get("kind") == "assessment" and not contents:
            yield f"{path}.contents", "bước đánh giá phải nêu nội dung đánh giá"
        form = word_in(step, "form")
        if form is not None and form not in forms:
            yield f"{path}.form", f"không có biểu mẫu “{form}” trong forms"
        checked = step.get("checks")
        for at, code in enumerate(checked if isinstance(checked, list) else []):
            if not isinstance(code, str) or code not in forms:
                yield f"{path}.checks[{at}]", f"không có biểu mẫu “{code}” trong forms"
        with_it = word_in(step, "letter")
        if with_it is not None and with_it not in forms:
            yield f"{path}.letter", f"không có biểu mẫu “{with_it}” trong forms"


def _windows(regime: dict[str, Any]) -> Found:
    for place, window in rows_in(regime, "windows"):
        opens, closes = number_in(window, "days_before_expiry_from"), number_in(window, "days_before_expiry_to")
        if opens is not None and closes is not None and opens < closes:
            yield f"windows[{place}].days_before_expiry_to", f"cửa sổ đóng ({closes}) trước khi mở ({opens})"
        late = word_in(window, "late")
        if late is not None and late not in {word_in(row, "code") for _, row in rows_in(regime, "transitions")}:
            yield f"windows[{place}].late", f"không có “{late}” trong transitions"
    known = {word_in(window, "code") for _, window in rows_in(regime, "windows")}
    for place, kind in rows_in(regime, "dossier_kinds"):
        window_code = word_in(kind, "window")
        if window_code is not None and window_code not in known:
            yield f"dossier_kinds[{place}].window", f"không có cửa sổ “{window_code}” trong windows"


def _batches(regime: dict[str, Any]) -> Found:
    codes = {word_in(level, "code") for _, level in rows_in(regime, "levels")}
    pairs = []
    for place, batch in rows_in(regime, "batches"):
        level, number = word_in(batch, "level"), number_in(batch, "number")
        if level in LEVELS and level not in codes:
            yield f"batches[{place}].level", f"không có cấp “{level}” trong levels"
        pairs.append((f"batches[{place}].number", (level, number) if level and number else None))
    for path, (level, number), first in repeated(pairs):
        yield path, f"đợt {number} cấp “{level}” đã ghi ở {first}"
