"""Cases in JSON: reads one, checks every word of it, gives the result in JSON. Runs without Django.

The form of a case and of its result is described in docs/rules/result.md.
"""

from .command import main
from .reading import Case, read_case, run_case
from .values import CaseRefused

__all__ = ["Case", "CaseRefused", "main", "read_case", "run_case"]
