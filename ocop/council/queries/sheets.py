"""Whether the sheets still say what was handed in: every row beside what the ledger holds of it."""

from __future__ import annotations

from dataclasses import dataclass

from ocop.audit.models import LedgerEntry
from ocop.council.models import Hearing, Session, Sheet
from ocop.council.states import SheetState
from ocop.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class SheetDoubt:
    """A sheet that does not stand as the ledger holds it, in words for minutes and refusals; never a point."""

    hearing_id: int
    number: int
    words: str


def sheets_not_as_recorded(session: Session, hearing: Hearing | None = None) -> list[SheetDoubt]:
    """The session's sheets that were changed, slipped in or taken away behind the acts; of one product if given.

    Each version is handed in by one act whose entry holds the seat, the version and the fingerprint of what it said.
    """
    rows = Sheet.objects.filter(hearing__session=session).select_related("hearing").order_by("pk")
    rows = rows.filter(hearing=hearing) if hearing is not None else rows
    sheets = {sheet.pk: sheet for sheet in rows}
    hearings = [hearing.pk] if hearing is not None else list(session.hearings.values_list("pk", flat=True))
    handed_in = _handed_in(session, hearing)
    doubts = []
    for key, sheet in sheets.items():
        acts = handed_in.get(key, [])
        words = _doubt(sheet, acts)
        if words:
            doubts.append(SheetDoubt(sheet.hearing_id, key, f"Phiếu số {key} {words}."))
    for key, acts in handed_in.items():
        where = acts[0].get("hearing")
        if key not in sheets and where in hearings:
            doubts.append(SheetDoubt(where, key, f"Phiếu số {key} đã nộp theo sổ cái nhưng không còn."))
    return sorted(doubts, key=lambda doubt: (doubt.hearing_id, doubt.number))


def _handed_in(session: Session, hearing: Hearing | None) -> dict[int, list[dict[str, object]]]:
    """Sheet → the facts of the acts that handed it in, of the dossiers before the session."""
    prefix = f"{Sheet._meta.label_lower}:"
    dossiers = (
        [hearing.dossier_id] if hearing is not None else list(session.hearings.values_list("dossier_id", flat=True))
    )
    entries = (
        LedgerEntry.objects.filter(
            thread__in=[f"{Dossier._meta.label_lower}:{key}" for key in dossiers], thing__startswith=prefix
        )
        .order_by("seq")
        .values_list("thing", "facts")
    )
    found: dict[int, list[dict[str, object]]] = {}
    for thing, facts in entries:
        if "sha256" in facts:
            found.setdefault(int(thing.removeprefix(prefix)), []).append(facts)
    return found


def _doubt(sheet: Sheet, acts: list[dict[str, object]]) -> str:
    if sheet.state == SheetState.DRAFT:
        return "đã nộp theo sổ cái nhưng đang ở dạng chưa nộp" if acts else ""
    if not acts:
        return "không có việc nộp nào trong sổ cái"
    if len(acts) > 1:
        return "được ghi nộp nhiều lần trong sổ cái"
    held = acts[0]
    if held.get("sha256") != sheet.sha256:
        return "khác với nội dung lúc nộp"
    same = held.get("seat") == sheet.seat_id and held.get("version") == sheet.version
    same = same and held.get("hearing", sheet.hearing_id) == sheet.hearing_id
    return "" if same else "không còn đứng tên, lần nộp hay sản phẩm như lúc nộp"
