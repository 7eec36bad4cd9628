"""Word templates of offices: looked through, filled, and one to begin with. Bytes in, bytes or words out."""

from __future__ import annotations

from ocop.paperwork.word.checks import MOST_TEMPLATE_MB, mistakes_in
from ocop.paperwork.word.fill import fill, filled
from ocop.paperwork.word.starter import starter
from ocop.paperwork.word.values import sample_values, stamp_values

__all__ = ["MOST_TEMPLATE_MB", "fill", "filled", "mistakes_in", "sample_values", "stamp_values", "starter"]
