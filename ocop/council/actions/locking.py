"""Locking what follows a result: each step happens once."""

from __future__ import annotations

from ocop.core.errors import Refused
from ocop.council.models import Result
from ocop.council.queries import HEARING_JOINS, HEAVY
from ocop.dossiers.models import Dossier


def lock_result(result: Result) -> Result:
    """The result, read again after its dossier was locked: what follows a result happens once."""
    Dossier.objects.select_for_update(of=("self",)).get(pk=result.hearing.dossier_id)
    if Result.objects.filter(hearing__dossier=result.hearing.dossier_id, pk__gt=result.pk).exists():
        raise Refused("Sản phẩm đã được đánh giá lại, có kết quả mới hơn. Hãy mở kết quả mới nhất của hồ sơ.")
    return (
        Result.objects.select_related(*(f"hearing__{path}" for path in HEARING_JOINS))
        .defer(*(f"hearing__{path}" for path in HEAVY))
        .get(pk=result.pk)
    )
