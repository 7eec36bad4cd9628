"""What each handed-in version of a sheet said, tasting included, as it stood then."""

from __future__ import annotations

from collections.abc import Sequence

from ocop.council.models import Discussion, Hearing, Sheet
from ocop.council.queries.tasting import codes_opened, tasting_choices
from ocop.council.rules.merging import merged


def choices_as_handed_in(hearing: Hearing, sheets: Sequence[Sheet]) -> list[dict[str, int | None]]:
    """The choices of each version: what was tasted counts, until a discussion in which the member revised it.

    Nothing tasted is told before the codes are opened: beside the product's name it would tell the cup.
    """
    tasted = tasting_choices(hearing) if codes_opened(hearing) else {}
    criteria = dict(Discussion.objects.filter(hearing=hearing).values_list("pk", "criteria"))
    revised = {
        (row.seat_id, row.version): frozenset(criteria[row.revised_in_id])
        for row in Sheet.objects.filter(hearing=hearing, revised_in__isnull=False, submitted_at__isnull=False)
        if row.revised_in_id is not None
    }
    said = []
    for sheet in sheets:
        mine = [
            codes for (seat, version), codes in revised.items() if seat == sheet.seat_id and version <= sheet.version
        ]
        own = frozenset().union(*mine) if mine else frozenset()
        said.append(dict(merged(sheet.choices, tasted.get(sheet.seat_id, {}), own)))
    return said
