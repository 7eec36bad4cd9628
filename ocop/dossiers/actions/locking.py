"""Locking a dossier before it is read again and written."""

from __future__ import annotations

from ocop.core.errors import Refused
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.dossiers.states import EDITABLE


def lock(dossier: Dossier) -> Dossier:
    """The dossier, locked and as it is now."""
    return dossiers().select_for_update(of=("self",)).get(pk=dossier.pk)


def check_editable(dossier: Dossier) -> None:
    """Refuse to change a dossier that is out of the subject's hands."""
    if dossier.state not in EDITABLE:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}” nên không sửa được nữa.")
