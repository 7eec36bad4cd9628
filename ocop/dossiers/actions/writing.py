"""The subject writes, or a helper for it: opening a dossier, and the self-assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.core.search import fold
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions.kinds import compose
from ocop.dossiers.actions.locking import check_editable, check_typing, check_typing_points, lock, mark_of
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, kind_of, recognised_before
from ocop.dossiers.rules import remember
from ocop.registration.models import Registration
from ocop.registration.permissions import check_register_product
from ocop.rubric.rules import ChoiceRefused, check_choices

LONGEST_EXPLANATION = 2000
LONGEST_NOTE = 5000


@transaction.atomic
def open_dossier(*, registration: Registration, by: User, at: datetime) -> Dossier:
    """Open the dossier of a registration; once.

    A kind that builds on a recognition starts from what was recognised, where the system has it.
    """
    Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    subject = registration.product.subject
    check_register_product(by, day_of(at), subject)
    known = Dossier.objects.filter(registration=registration).first()
    if known is not None:
        return known
    dossier = Dossier.objects.create(
        registration=registration,
        opened_at=at,
        search=fold(
            registration.product.name,
            subject.name,
            registration.code,
            subject.unit.name,
            subject.phone,
            subject.representative,
        ),
    )
    before = recognised_before(registration) if kind_of(dossier).recognition_required else None
    if before is not None:
        compose(dossier, before, by=by, at=at)
    record(
        act="open_dossier",
        words=f"Lập hồ sơ “{registration.product.name}”",
        on=dossier,
        thread=dossier,
        facts={
            "registration": registration.pk,
            "code": registration.code,
            "started_from": before.sha256 if before is not None else None,
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return dossier


@transaction.atomic
def save_self_assessment(
    *,
    dossier: Dossier,
    choices: Mapping[str, int | None],
    explanations: Mapping[str, str],
    changes_note: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> Dossier:
    """Keep the answers given (autosave) beside those already kept: options of the set only, never points.

    `revision` is the one the form was filled in on. Over a newer one nothing is written: what is kept already is
    answered as kept (the first answer was lost on the line), anything else is refused.
    Nobody whose office assesses the contents types it for the subject (QĐ 26/2026 Art. 7.2).
    A draft being typed is not an act of the programme: the ledger gets it when it is handed in.
    """
    locked = lock(dossier)
    check_typing(locked, by=by, at=at)
    check_typing_points(locked, by=by, at=at)
    check_editable(locked)
    criteria_set = criteria_of(locked)
    try:
        check_choices(criteria_set, dict(choices))
    except ChoiceRefused as refused:
        raise Refused(str(refused), field=refused.code) from refused
    known = {code: tidy(text) for code, text in explanations.items() if code in criteria_set.criteria}
    changes_note = locked.changes_note if changes_note is None else tidy(changes_note)
    _check_lengths(known, changes_note)
    if revision is not None and revision != locked.revision:
        _check_same(locked, choices, known, changes_note)
        return locked
    changed = _changed(locked, choices, known, changes_note)
    locked.choices = {**locked.choices, **choices}
    locked.explanations = {**locked.explanations, **known}
    locked.changes_note = changes_note
    locked.typed = remember(locked.typed, changed, mark_of(locked, by=by, at=at))
    locked.revision += 1
    locked.saved_at = at
    locked.save(update_fields=["choices", "explanations", "changes_note", "typed", "revision", "saved_at"])
    return locked


def _check_lengths(explanations: Mapping[str, str], changes_note: str) -> None:
    for code, text in explanations.items():
        check_length(
            text,
            LONGEST_EXPLANATION,
            what=f"Giải trình tiêu chí {code}",
            field=code,
            advice="hãy rút gọn hoặc đưa vào một tệp minh chứng.",
        )
    check_length(changes_note, LONGEST_NOTE, what="Phần nêu thay đổi", field="changes")


def _changed(
    dossier: Dossier, choices: Mapping[str, int | None], explanations: Mapping[str, str], changes_note: str
) -> list[str]:
    """The fields of the sheet that now say something else than what is kept, by their names on the page."""
    other = [
        f"choice-{code}"
        for code, place in choices.items()
        if code not in dossier.choices or dossier.choices[code] != place
    ]
    other += [f"note-{code}" for code, text in explanations.items() if dossier.explanations.get(code, "") != text]
    return other + (["note-changes"] if changes_note != dossier.changes_note else [])


def _check_same(
    dossier: Dossier, choices: Mapping[str, int | None], explanations: Mapping[str, str], changes_note: str
) -> None:
    """Refuse what says something else than the answers that were saved elsewhere meanwhile."""
    codes = {field.partition("-")[2] for field in _changed(dossier, choices, explanations, changes_note)}
    criteria = sorted(codes - {"changes"})
    where = [f"tiêu chí {', '.join(criteria)}"] if criteria else []
    where += ["phần nêu thay đổi"] if "changes" in codes else []
    if where:
        raise Stale(
            f"Hồ sơ này vừa được lưu ở nơi khác, khác với màn hình này ở {' và '.join(where)}. Những gì bạn nhập vẫn "
            "còn trên màn hình: hãy mở lại trang ở thẻ mới để so, rồi lưu lại."
        )
