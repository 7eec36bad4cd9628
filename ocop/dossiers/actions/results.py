"""Letting a decided result out to its subject: for a later room, in that room's act and ledger entry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.core.errors import Refused
from ocop.dossiers.actions.locking import lock
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import RESULT_HIDDEN


@transaction.atomic
def let_result_out(*, dossier: Dossier, at: datetime) -> Dossier:
    """From now on the subject reads the council's result; what is out already stays as it is."""
    locked = lock(dossier)
    if locked.result_is_out:
        return locked
    if locked.state not in RESULT_HIDDEN:
        raise Refused(f"Hồ sơ đang ở bước “{locked.state_label}”, chưa có kết quả để công bố.")
    locked.result_out_at = at
    locked.save(update_fields=["result_out_at"])
    return locked
