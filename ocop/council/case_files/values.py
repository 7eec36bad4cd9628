"""The kinds of values in a case, each checked where it stands, so that a refusal names its path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from json import JSONDecodeError, JSONDecoder
from typing import Any


class CaseRefused(ValueError):
    """A case that cannot be computed; `message` says in Vietnamese what is wrong, `path` where ("" for the whole)."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def as_json(self) -> dict[str, str]:
        """The refusal as the command prints it."""
        return {"error": self.message, "path": self.path}


class _Twice(dict[str, Any]):
    """An object in which a key stands twice; refused where it is looked at, so that its path is known."""

    key: str


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _Twice(found)
    twice.key = Counter(name for name, _ in pairs).most_common(1)[0][0]
    return twice


_decode = JSONDecoder(object_pairs_hook=_pairs, parse_float=Decimal, parse_constant=Decimal).decode


def parsed(text: str | bytes) -> Any:
    """The JSON value of a text, fractions as Decimal; CaseRefused with the line and column where it breaks."""
    try:
        return _decode(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except UnicodeDecodeError as broken:
        raise CaseRefused(f"Không phải văn bản UTF-8 (sai từ byte thứ {broken.start + 1}).") from None
    except JSONDecodeError as broken:
        where = f"dòng {broken.lineno}, cột {broken.colno}"
        raise CaseRefused(f"Không phải JSON đúng dạng ({where}).") from None
    except RecursionError:
        raise CaseRefused("JSON lồng nhau quá sâu.") from None
    except (ValueError, InvalidOperation):
        raise CaseRefused("JSON có số quá dài, không đọc được.") from None


def an_object(
    value: Any, path: str, known: Sequence[str] | None = None, required: Sequence[str] = ()
) -> Mapping[str, Any]:
    """An object with no key twice, only `known` keys (None = any) and all the `required` ones."""
    if type(value) is not dict:
        if isinstance(value, _Twice):
            raise CaseRefused(f"Mục “{value.key}” ghi hai lần.", _joined(path, value.key))
        if not isinstance(value, Mapping):
            raise CaseRefused("Phải là một đối tượng JSON { … }.", path)
    if known is not None:
        for name in value:
            if name not in known:
                raise CaseRefused(f"Không có mục “{name}”; các mục: {', '.join(known)}.", _joined(path, name))
        for name in required:
            if name not in value:
                raise CaseRefused(f"Thiếu mục “{name}”.", _joined(path, name))
    found: Mapping[str, Any] = value
    return found


def a_list(value: Any, path: str) -> Sequence[Any]:
    if not isinstance(value, (list, tuple)):
        raise CaseRefused("Phải là một danh sách JSON [ … ].", path)
    return value


def a_text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise CaseRefused("Phải là một chuỗi ký tự.", path)
    if not value.strip():
        raise CaseRefused("Không được để trống.", path)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CaseRefused("Chuỗi có ký tự hỏng (nửa cặp Unicode).", path) from None
    return value


def a_whole(value: Any, path: str, *, at_least: int | None = None, at_most: int | None = None) -> int:
    if type(value) is not int:
        raise CaseRefused("Phải là một số nguyên.", path)
    if at_least is not None and value < at_least:
        raise CaseRefused(f"Phải là số nguyên từ {at_least} trở lên.", path)
    if at_most is not None and value > at_most:
        raise CaseRefused(f"Phải là số nguyên không quá {at_most}.", path)
    return value


_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?")


@lru_cache(maxsize=256)
def _fraction(text: str) -> Fraction | None:
    return Fraction(text) if _DECIMAL.fullmatch(text) else None


def an_exact(value: Any, path: str) -> Fraction:
    """A decimal in a string, or a number, read exactly; its length is bounded so that 1e999999999 costs nothing."""
    if isinstance(value, str):
        number = _fraction(value)
    elif type(value) is int:
        number = Fraction(value)
    elif isinstance(value, (Decimal, float)):
        decimal = Decimal(repr(value)) if isinstance(value, float) else value
        short = decimal.is_finite() and abs(decimal.adjusted()) <= 12 and len(decimal.as_tuple().digits) <= 30
        number = Fraction(decimal) if short else None
    else:
        number = None
    if number is None:
        raise CaseRefused("Phải là một số thập phân, ví dụ “0.75” hoặc 10.", path)
    return number


def _joined(path: str, name: object) -> str:
    return f"{path}.{name}" if path else str(name)


def yes_or_no(value: Any, path: str) -> bool:
    if value is not True and value is not False:
        raise CaseRefused("Phải là true hoặc false.", path)
    return bool(value)
