"""What the merge fields of a kind are filled with: those that every kind has, and samples to look at."""

from __future__ import annotations

from datetime import date

from ocop.core.codes import shown_code
from ocop.paperwork.rules import Kind, Stamp, Values, number_at
from ocop.ui.papers.word.blocks import long_date

SAMPLE_CODE, SAMPLE_DAY, SAMPLE_HEAD = "7K3M9QXT2FA", date(2026, 1, 5), "0123456789abcdef" * 4
SAMPLE_ROWS = 2


def stamp_values(stamp: Stamp) -> dict[str, str]:
    """The merge fields that every kind has."""
    return {
        "so_van_ban": stamp.number,
        "ngay_van_ban": long_date(stamp.signed_on),
        "ma_kiem_tra": shown_code(stamp.code) if stamp.code else "",
        "dia_chi_kiem_tra": stamp.check_url,
        "so_nhat_ky": str(stamp.head_seq) if stamp.head_seq else "",
        "dau_nhat_ky": stamp.head_hash,
    }


def sample_values(kind: Kind, check_url: str) -> Values:
    """Every field of the kind filled with its own label, two rows in every group."""
    stamp = Stamp(
        number=number_at(kind.number, 1),
        signed_on=SAMPLE_DAY,
        code=SAMPLE_CODE,
        check_url=check_url,
        head_seq=1234,
        head_hash=SAMPLE_HEAD,
    )
    labels = {field.name: f"[{field.label}]" for field in kind.fields}
    rows = {
        group.name: [
            {field.name: f"[{field.label}] {place}" for field in group.fields} for place in range(1, SAMPLE_ROWS + 1)
        ]
        for group in kind.groups
    }
    return {**labels, **rows, **stamp_values(stamp)}
