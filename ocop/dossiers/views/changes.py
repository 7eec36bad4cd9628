"""What has changed since the recognition: composed from the contents; the subject only comments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.dossiers.actions import save_changes
from ocop.dossiers.actions.kinds import LONGEST_COMMENT, LONGEST_NOTE, NOTE
from ocop.dossiers.differences import CHOICES, Change, Section
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_write
from ocop.dossiers.queries import (
    changes_of,
    criteria_of,
    kind_of,
    recognition_of,
    was_made,
    why_not_now,
)
from ocop.dossiers.rules import change_field
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.cards import typed_words
from ocop.dossiers.views.loading import Visit
from ocop.dossiers.views.texts import status_of, text_field, texts_page, texts_save, typed_texts, wrong_of
from ocop.registration.permissions import can_register_product


@signed_in
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The differences under the headings of the law, each with room for the subject's words."""
    return texts_page(request, pk, keep=_keep, page=_page, told="Đã lưu phần thay đổi.")


@signed_in
@require_POST
def changes_save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep what was just typed."""
    return texts_save(request, pk, keep=_keep)


def _keep(dossier: Dossier, typed: dict[str, str], seen: dict[str, str], visit: Visit) -> None:
    save_changes(dossier=dossier, comments=typed, seen=seen, by=visit.user, at=visit.moment)


def _page(request: HttpRequest, visit: Visit, dossier: Dossier, *, refused: Refused | None = None) -> HttpResponse:
    typed = typed_texts(request.POST) if refused is not None else {}
    wrong = wrong_of(refused) if refused is not None else {}
    writes = can_write(visit.user, visit.day, dossier)
    reads_points = can_read_points(visit.user, visit.day, dossier)
    sections = [each for each in changes_of(dossier) if reads_points or each.code != CHOICES]
    recognition = recognition_of(dossier)
    compared = dossier.started_from is not None
    rows = [_section(dossier, section, typed, wrong, compared=compared) for section in sections]
    context = {
        "dossier": dossier,
        "kind": kind_of(dossier),
        "recognition": recognition,
        "compared": compared,
        "outside": why_not_now(dossier, visit.day),
        "sections": [row for row in rows if row["changes"] or row["comment"]["text"] or not compared],
        "unchanged": [row for row in rows if compared and not row["changes"] and not row["comment"]["text"]],
        "mark": next((each.mark for each in sections if each.mark), ""),
        "count": sum(len(section.changes) for section in sections),
        "made": any(was_made(change) for section in sections for change in section.changes),
        "review": [code for code in criteria_of(dossier).criteria if code not in dossier.choices] if compared else [],
        "reads_points": reads_points,
        "note": text_field(
            NOTE, "Nói thêm, nếu cần", dossier.changes_note, typed, most=LONGEST_NOTE, wrong=wrong.get(NOTE, "")
        ),
        "note_typed": typed_words(dossier.typed.get("note-changes")),
        "editable": (writes and dossier.state in EDITABLE) or refused is not None,
        "may_enter": can_register_product(visit.user, visit.day, dossier.registration.product.subject),
        "error": refused.message if refused is not None else "",
    }
    return render(request, "dossiers/changes.html", context, status=status_of(refused))


def _section(
    dossier: Dossier, section: Section, typed: dict[str, str], wrong: dict[str, str], *, compared: bool
) -> dict[str, Any]:
    key = section.comment_key
    return {
        "section": section,
        "changes": [_change(dossier, change, typed, wrong) for change in section.changes],
        "comment": _comment(dossier, key, "Đã thay đổi thế nào" if not compared else "Nói thêm", typed, wrong),
        "asked": not compared,
    }


def _change(dossier: Dossier, change: Change, typed: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    return {"change": change, "comment": _comment(dossier, change.key, "Lời của chủ thể", typed, wrong)}


def _comment(dossier: Dossier, key: str, label: str, typed: dict[str, str], wrong: dict[str, str]) -> dict[str, Any]:
    kept = dossier.change_comments.get(key, "")
    shown = text_field(key, label, kept, typed, most=LONGEST_COMMENT, wrong=wrong.get(key, ""))
    return {**shown, "typed": typed_words(dossier.typed.get(change_field(key)))}
