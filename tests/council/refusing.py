"""A refusal says why and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ocop.core.errors import Refused
from tests.conftest import _row_counts


@contextmanager
def refused(words: str, kind: type[Exception] = Refused) -> Iterator[pytest.ExceptionInfo[Exception]]:
    """The block raises `kind` with `words` in its message, and no table grew or shrank."""
    before = _row_counts()
    with pytest.raises(kind, match=words) as caught:
        yield caught
    assert _row_counts() == before
