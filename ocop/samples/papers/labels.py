"""Labels on an A4 sheet, 3 by 8 (70 × 37 mm): the code and its QR, never the product's or the subject's name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ocop.samples.models import Sample
from ocop.samples.queries import sample_address
from ocop.ui.papers import qr_svg, render


def labels(samples: Iterable[Sample], *, batch: str) -> bytes:
    """The labels of these samples as a PDF, in their order; `batch` in small letters says which batch they are of."""
    rows = [
        {
            "code": sample.shown_code,
            "picture": qr_svg(sample_address(sample)),
            "batch": batch,
            "until": f"HSD {sample.reception.best_before:%d/%m/%Y}" if sample.reception.best_before else "",
        }
        for sample in samples
    ]
    return render(Path(__file__).with_suffix(".typ"), {"labels": rows})
