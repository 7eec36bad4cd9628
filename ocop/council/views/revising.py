"""The discussed criteria as a member revises the own sheet there, and what the form sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council.models import Hearing
from ocop.council.queries import matter_of
from ocop.council.views.criteria import evidence_files, parts_of
from ocop.dossiers.queries import criteria_of

CHOICE, NOTE = "choice-", "note-"


def discussed_criteria(
    hearing: Hearing, codes: Sequence[str], choices: Mapping[str, int | None], notes: Mapping[str, str]
) -> list[dict[str, Any]]:
    """These criteria as `ui/criterion.html` draws them, in the order of the discussion, evidence beside each."""
    matter = matter_of(hearing)
    files = evidence_files(hearing, matter.evidence)
    parts = parts_of(hearing, criteria_of(hearing.dossier), choices, notes, files, matter, locked=False)
    rows = {row["code"]: row for part in parts for group in part["groups"] for row in group["criteria"]}
    return [rows[code] for code in codes if code in rows]


def sent_choices(sent: Mapping[str, str]) -> dict[str, int | None]:
    """`choice-<code>`: the option's place from 1, 0 for none of them; refuses what is no place in a list."""
    found: dict[str, int | None] = {}
    for name, value in sent.items():
        if name.startswith(CHOICE) and value:
            code, place = name.removeprefix(CHOICE), whole(value)
            if place is None:
                raise Refused(f"Tiêu chí {code}: phương án chọn không đọc được. Hãy chọn lại.", field=code)
            found[code] = place or None
    return found


def sent_notes(sent: Mapping[str, str]) -> dict[str, str]:
    """`note-<code>`: the justification at a criterion."""
    return {name.removeprefix(NOTE): value for name, value in sent.items() if name.startswith(NOTE)}
