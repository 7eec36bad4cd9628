"""What the office's database holds after the day, as plain facts for the rehearsal to hold against what it was told."""

from __future__ import annotations

import json


def main() -> None:
    """Sheets in all their versions, the acts of the ledger that speak of them, the frozen results."""
    import django

    django.setup()
    from ocop.audit.models import LedgerEntry
    from ocop.audit.queries import break_in_chain
    from ocop.council.models import Result, Sheet

    acts = ("declare", "cast_sheet", "reopen_sheet", "close_hearing")
    hearing_of = {f"council.sheet:{pk}": hearing for pk, hearing in Sheet.objects.values_list("pk", "hearing")}
    told = {
        "break": break_in_chain(),
        "sheets": [
            {
                "hearing": sheet.hearing_id,
                "seat": sheet.seat_id,
                "version": sheet.version,
                "state": sheet.state,
                "choices": sheet.choices,
                "sha256": sheet.sha256,
            }
            for sheet in Sheet.objects.order_by("hearing", "seat", "version")
        ],
        "acts": [
            {"act": entry.act, "thread": entry.thread, "hearing": hearing_of.get(entry.thing), "facts": entry.facts}
            for entry in LedgerEntry.objects.filter(act__in=acts).order_by("seq")
        ],
        "results": dict(Result.objects.values_list("hearing", "sha256")),
        "dossier_of": {
            str(hearing): f"dossiers.dossier:{dossier}"
            for hearing, dossier in Sheet.objects.values_list("hearing", "hearing__dossier")
        },
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
