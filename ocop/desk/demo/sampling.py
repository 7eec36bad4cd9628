"""Samples under codes: taken in, sent to a laboratory, laid before the council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ocop.desk.demo.papers import paper
from ocop.desk.demo.stage import Stage
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers
from ocop.samples.actions import ask_test, issue_receipt, move_sample, receive_samples, record_test
from ocop.samples.models import Sample
from ocop.samples.queries import wanted_samples
from ocop.samples.states import SampleState

LABORATORY = "Trung tâm Kiểm nghiệm (bản trình diễn)"
Brought = Sequence[tuple[dict[str, Any], Dossier | None]]


def take_samples(stage: Stage, brought: Brought) -> None:
    """The samples of the products that the story tells of, with the tests that were asked for."""
    receipt_due = True
    for product, dossier in brought:
        if dossier is None or "samples" not in product:
            continue
        fresh = dossiers().get(pk=dossier.pk)
        at = stage.moment(stage.day - timedelta(days=20), 9)
        reception = receive_samples(
            dossier=fresh,
            count=wanted_samples(fresh),
            handed_by=stage.people[product["subject"]].full_name,
            lot=f"L{at:%d%m}",
            best_before=stage.day + timedelta(days=120),
            place="Tủ mẫu số 1",
            by=stage.people["secretary"],
            at=at,
        )
        if receipt_due:
            issue_receipt(reception=reception, by=stage.people["secretary"], at=at)
            receipt_due = False
        last = reception.samples.order_by("-number").first()
        assert last is not None
        if "tested" in product["samples"]:
            _tested(stage, product, fresh, last)
        elif "asked" in product["samples"]:
            _sent(stage, product["samples"]["asked"], fresh, last, days=6)


def lay_out(stage: Stage, brought: Brought) -> None:
    """On the morning of the meeting the secretary opens samples for the council."""
    at = stage.moment(stage.day, 7)
    for product, dossier in brought:
        count = product.get("samples", {}).get("on_table", 0)
        for sample in Sample.objects.filter(dossier=dossier, state=SampleState.STORED).order_by("number")[:count]:
            move_sample(sample=sample, to=SampleState.ON_TABLE, place="Bàn mẫu", by=stage.people["secretary"], at=at)


def _sent(stage: Stage, what: str, dossier: Dossier, sample: Sample, *, days: int) -> Any:
    at, officer = stage.moment(stage.day - timedelta(days=days), 9), stage.people["officer"]
    test = ask_test(dossier=dossier, what=what, laboratory=LABORATORY, by=officer, at=at)
    move_sample(sample=sample, to=SampleState.SENT_TO_LAB, taken_by=LABORATORY, by=officer, at=at + timedelta(hours=5))
    return test


def _tested(stage: Stage, product: dict[str, Any], dossier: Dossier, sample: Sample) -> None:
    what = product["samples"]["tested"]
    test = _sent(stage, what, dossier, sample, days=15)
    at, officer = stage.moment(stage.day - timedelta(days=6), 10), stage.people["officer"]
    result = "Các chỉ tiêu đã thử nằm trong mức công bố."
    record_test(
        test=test,
        sample=sample,
        result_text=result,
        passed=True,
        paper_file=paper("Phiếu kết quả kiểm nghiệm", product["name"], [what, f"Mã mẫu {sample.shown_code}", result]),
        by=officer,
        at=at,
    )
    move_sample(sample=sample, to=SampleState.BACK, place="Tủ mẫu số 1", by=officer, at=at + timedelta(hours=1))
