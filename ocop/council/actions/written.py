"""Which dossiers a council may decide by written opinion: the regime says it (QĐ 26/2026 Art. 7.6d)."""

from __future__ import annotations

from ocop.core.errors import Refused
from ocop.council.models import Session
from ocop.council.states import SessionKind
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import kind_of, regime_of


def check_written_opinion(session: Session, dossier: Dossier) -> None:
    """Refuse a dossier whose kind the council may not decide by written opinion."""
    if session.kind != SessionKind.WRITTEN or kind_of(dossier).written_opinion:
        return
    regime = regime_of(dossier)
    allowed = [kind for kind in regime.dossier_kinds if kind.written_opinion]
    law = (
        f"theo {allowed[0].written_opinion} {regime.short_name} chỉ lấy ý kiến bằng văn bản hồ sơ “{allowed[0].name}”"
        if allowed
        else f"{regime.short_name} không cho lấy ý kiến bằng văn bản"
    )
    product = dossier.registration.product.name
    raise Refused(f"“{product}” là hồ sơ “{kind_of(dossier).name}”: {law}. Hãy đưa ra phiên họp.", field="dossiers")
