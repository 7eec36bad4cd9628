"""What can be asked of a subject or a product: what an answer may be, and answers that cannot all be true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

FactValue = int | Fraction | bool | str | date

PERIODS = ("last", "before", "earlier")  # the years before the programme's year, the nearest first
PERIOD_WORDS = {"last": "năm vừa rồi", "before": "năm trước đó", "earlier": "hai năm trước đó"}
WHOLE = ("people", "count", "months", "dong")
UNIT_WORDS = {"people": " người", "dong": " đồng", "months": " tháng", "percent": " %"}
LARGEST = 10**15  # beyond it a number is a slip of the finger
YES, NO = ("yes", "true", "1", "có", "co"), ("no", "false", "0", "không", "khong")


@dataclass(frozen=True, slots=True)
class FactKind:
    """A question of the catalogue; with `years` it is asked for so many years, each under a code of its own.

    `counted_in` is the choice that names the unit of an amount.
    """

    code: str
    about: str
    ask: str
    unit: str
    scope: str
    help: str = ""
    years: int = 0
    negative: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    only_when: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict)
    at_most: tuple[str, ...] = ()
    counted_in: str = ""
    mark: str = ""

    @property
    def yearly(self) -> bool:
        """Whether it is asked year by year."""
        return self.years > 0

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes its answers go by: its own, or one for each year."""
        return tuple(f"{self.code}.{period}" for period in PERIODS[: self.years]) or (self.code,)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper of the catalogue; `rows` are the evidence rows of the decision's form that it proves."""

    code: str
    name: str
    rows: tuple[str, ...]
    number: str
    expires: str
    issuer_hint: str = ""
    months: int | None = None
    help: str = ""
    example: str = ""
    mark: str = ""

    @property
    def short_name(self) -> str:
        """The name inside a sentence: without what stands in brackets, without the capital in front."""
        words = self.name.partition(" (")[0]
        return words[:1].lower() + words[1:]


class FactRefused(ValueError):
    """An answer that cannot be one to this question; `message` says in Vietnamese what to write."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that cannot all be true: their codes, the one to look at first in front."""

    codes: tuple[str, ...]
    words: str


# Answers as people write them


def check_fact(kind: FactKind, raw: object) -> FactValue:
    """The answer as an exact value, from a form's text or a stored value; FactRefused says what to write instead."""
    if isinstance(raw, str):
        raw = raw.strip()
    if raw in ("", None):
        raise FactRefused(kind.code, "Chưa trả lời câu này.")
    if kind.unit == "yes_no":
        return _yes_no(kind, raw)
    if kind.unit == "choice":
        if isinstance(raw, str) and raw in kind.options:
            return raw
        raise FactRefused(kind.code, "Hãy chọn một câu trả lời trong danh sách.")
    if kind.unit == "date":
        return _day(kind, raw)
    return _number(kind, raw)


def stored(value: FactValue) -> int | bool | str:
    """The value as kept in JSON; `check_fact` reads it back as the same value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else _decimal(value)
    return value


def _yes_no(kind: FactKind, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word in YES or word in NO:
        return word in YES
    raise FactRefused(kind.code, "Hãy chọn Có hoặc Không.")


def _day(kind: FactKind, raw: object) -> date:
    if isinstance(raw, date):
        return raw
    text = str(raw)
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise FactRefused(kind.code, "Ghi ngày có thật, dạng ngày/tháng/năm, ví dụ 05/03/2025.") from None


def _number(kind: FactKind, raw: object) -> int | Fraction:
    value = _exact(kind, raw)
    if kind.unit in WHOLE and value.denominator != 1:
        words = "Ghi tròn đồng, không có phần lẻ." if kind.unit == "dong" else "Ghi số tròn, không có phần lẻ."
        raise FactRefused(kind.code, words)
    if value < 0 and not kind.negative:
        raise FactRefused(kind.code, "Số này không thể nhỏ hơn 0.")
    if kind.unit == "percent" and value > 100:
        raise FactRefused(kind.code, "Phần trăm chỉ từ 0 đến 100. Phần lẻ ghi sau dấu phẩy, ví dụ 73,5.")
    if abs(value) > LARGEST:
        raise FactRefused(kind.code, "Số này lớn quá, xem lại có thừa chữ số 0 không.")
    return int(value) if kind.unit in WHOLE else value


def _exact(kind: FactKind, raw: object) -> Fraction:
    if isinstance(raw, (int, Fraction)) and not isinstance(raw, bool):
        return Fraction(raw)
    text = re.sub(r"\s*(đồng|vnđ|vnd|đ|%|người|tháng)$", "", str(raw).strip().lower())
    text = re.sub(r"\s+", "", text).replace("−", "-")
    grouped = re.fullmatch(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,6}))?", text, re.ASCII)
    # 73.5 is a decimal too; three digits after a point are thousands
    pointed = re.fullmatch(r"(-?)(\d+)\.(\d{1,2}|\d{4,6})", text, re.ASCII)
    found = grouped or pointed
    if found is None:
        example = "1.614.000.000" if kind.unit == "dong" else "73,5" if kind.unit in ("percent", "amount") else "52"
        raise FactRefused(kind.code, f"Ghi bằng chữ số, ví dụ {example}.")
    value = Fraction(f"{found[2].replace('.', '')}.{found[3] or 0}")
    return -value if found[1] else value


def _decimal(value: Fraction) -> str:
    """A terminating decimal in full, with a comma; others with nine digits (no form can produce them)."""
    text = f"{abs(value.numerator) * 10**9 // value.denominator:010d}"
    return f"{'-' if value < 0 else ''}{int(text[:-9])},{text[-9:].rstrip('0') or '0'}"


# Answers in words


def number_words(value: Fraction | int) -> str:
    """A number with dots between thousands and a decimal comma, at most two digits; a whole number is shown only when
    the value is whole ("gần 75" for 74,999), so that nobody reads a threshold that was not reached."""
    exact = Fraction(value)
    sign = "−" if exact < 0 else ""
    size = abs(exact)
    hundredths = (2 * size.numerator * 100 + size.denominator) // (2 * size.denominator)
    whole, rest = divmod(hundredths, 100)
    text = f"{sign}{whole:,}".replace(",", ".")
    if rest:
        return f"{text},{rest:02d}".rstrip("0")
    if size == whole:
        return text
    return f"{'gần' if size < whole else 'hơn'} {text}"


def unit_words(kinds: Mapping[str, FactKind], facts: Mapping[str, object], kind: FactKind) -> str:
    """The unit an amount was counted in, as answered (“ tấn”); empty while nobody said it, and for other answers."""
    chosen = facts.get(kind.counted_in) if kind.counted_in else None
    return f" {kinds[kind.counted_in].options.get(str(chosen), chosen)}" if chosen else ""


def fact_words(kind: FactKind, value: FactValue, counted: str = "") -> str:
    """The answer in words, with its unit; `counted` is that of an amount (`unit_words`)."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return kind.options.get(value, value)
    return f"{number_words(value)}{UNIT_WORDS.get(kind.unit, counted)}"


def about_words(kinds: Mapping[str, FactKind], code: str) -> str:
    """The short name of an answer, with its year when there are several."""
    base, _, period = code.partition(".")
    return f"{kinds[base].about} {PERIOD_WORDS[period]}" if period else kinds[base].about


def applies(kinds: Mapping[str, FactKind], facts: Mapping[str, FactValue], code: str) -> bool | None:
    """Whether the question is asked at all after the other answers; None while those are missing."""
    answer: bool | None = True
    for other, values in kinds[code.partition(".")[0]].only_when.items():
        asked = applies(kinds, facts, other)
        if asked is False or (other in facts and facts[other] not in values):
            return False
        if asked is None or other not in facts:
            answer = None
    return answer


# Answers that cannot all be true


def contradictions(
    kinds: Mapping[str, FactKind], facts: Mapping[str, FactValue], day: date | None = None
) -> tuple[Contradiction, ...]:
    """Every part that is more than its whole, and every date after `day`, in plain words."""
    found = []
    for code, value in facts.items():
        base, _, period = code.partition(".")
        kind = kinds.get(base)
        if kind is None:
            continue
        if isinstance(value, date):
            if day is not None and value > day:
                words = f"{_capital(kind.about)} {value:%d/%m/%Y} là ngày chưa tới (đang xét đến ngày {day:%d/%m/%Y})."
                found.append(Contradiction((code,), words))
            continue
        for other in kind.at_most:
            whole_code = f"{other}.{period}" if period else other
            whole = facts.get(whole_code)
            if isinstance(value, str) or isinstance(whole, (str, date)) or whole is None or value <= whole:
                continue
            part, rest = about_words(kinds, code), about_words(kinds, whole_code)
            counted = unit_words(kinds, facts, kind)
            words = (
                f"{_capital(part)} ({fact_words(kind, value, counted)}) nhiều hơn {rest} "
                f"({fact_words(kinds[other], whole, counted)}): xem lại một trong hai số."
            )
            found.append(Contradiction((code, whole_code), words))
    return tuple(found)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
