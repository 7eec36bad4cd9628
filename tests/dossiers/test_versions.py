"""What was handed in stays readable, provable, and comparable; each submission has its receipt."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core.clock import OFFICE_ZONE
from ocop.core.codes import clean_code
from ocop.core.errors import Refused
from ocop.dossiers.actions import return_dossier, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import contents_side_by_side, next_after
from tests.factories import city_2024, draft_dossier, fill_in, person, province_2026, submitted_dossier
from tests.factories.cycle import fresh
from tests.factories.dossiers import owner, visits  # noqa: F401
from tests.factories.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def sent_back(dossier: Dossier, world: World, *, items: int = 1) -> Dossier:
    return_dossier(
        dossier=dossier,
        items=[
            {"what": f"Phiếu kiểm nghiệm {number}", "reason": "Quá 12 tháng", "example": "Phiếu của Quatest 1"}
            for number in range(items)
        ],
        answer_by=world.at.date() + timedelta(days=9),
        by=world.officer,
        at=world.at,
    )
    return fresh(dossier)


def twice(world: World) -> Dossier:
    """Handed in, sent back, changed and handed in again."""
    dossier = sent_back(submitted_dossier(world), world)
    code = next(iter(dossier.choices))
    save_self_assessment(
        dossier=dossier, choices={code: None}, explanations={code: "Chưa có sổ"}, by=owner(dossier), at=world.at
    )
    submit_dossier(dossier=dossier, by=owner(dossier), at=world.later)
    return fresh(dossier)


# ── the last minute of a batch ──


def at(world: World, hour: int, minute: int, second: int, *, days: int = 0) -> datetime:
    last = world.batch.closes_on + timedelta(days=days)
    return datetime(last.year, last.month, last.day, hour, minute, second, tzinfo=OFFICE_ZONE)


def test_the_last_second_of_the_last_day_is_in_time(world) -> None:
    dossier = fill_in(draft_dossier(world), world)
    assert submit_dossier(dossier=dossier, by=owner(dossier), at=at(world, 23, 59, 59)).number == 1


@pytest.mark.parametrize("minute", [0, 1])
def test_midnight_is_too_late_and_everything_stays(world, minute) -> None:
    dossier = fill_in(draft_dossier(world), world)
    with pytest.raises(Refused, match=f"bấm nộp lúc 00:0{minute} ngày 01/10/2024.*đến hết 30/09/2024.*vẫn được giữ"):
        submit_dossier(dossier=dossier, by=owner(dossier), at=at(world, 0, minute, 0, days=1))
    again = fresh(dossier)
    assert (again.choices, again.tracking_code) == (dossier.choices, None)
    assert again.evidence.count() == 1
    assert not again.submissions.exists()


# ── receipt and code ──


def test_each_submission_has_its_number_and_the_dossier_one_code(world) -> None:
    dossier = twice(world)
    first, second = dossier.submissions.order_by("number")
    assert (first.receipt_number, second.receipt_number) == ("00001/BN-24-2024", "00002/BN-24-2024")
    assert dossier.tracking_code
    assert clean_code(dossier.tracking_code) == dossier.tracking_code


def test_the_next_step_is_told_with_its_day() -> None:
    world = province_2026()
    dossier = submitted_dossier(world)
    told = next_after(dossier, dossier.submissions.get())
    assert told.until == dossier.due_on
    assert "Phường Đa Mai" in told.who
    assert "chậm nhất ngày" in told.words


def test_handing_in_leads_to_the_receipt(world, visits) -> None:  # noqa: F811
    dossier = fill_in(draft_dossier(world), world)
    client = visits.as_(owner(dossier), world)
    done = client.post(f"/ho-so/{dossier.pk}/nop/", {"revision": fresh(dossier).revision, "da-xem": "1"})
    assert done["Location"] == f"/ho-so/{dossier.pk}/lan-nop/1/giay-tiep-nhan/"
    page = client.get(done["Location"]).content.decode()
    submission = dossier.submissions.get()
    for words in (submission.receipt_number, submission.sha256, "Kiểm tra hồ sơ", "<svg", "/theo-doi/"):
        assert words in page
    pdf = client.get(f"/ho-so/{dossier.pk}/lan-nop/1/giay-tiep-nhan.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf).startswith(b"%PDF")
    assert visits.as_(person("Người lạ"), world).get(done["Location"]).status_code == 404


# ── versions ──


def test_two_submissions_side_by_side(world) -> None:
    dossier = twice(world)
    before, after = dossier.submissions.order_by("number")
    changes = [change for section in contents_side_by_side(dossier, before, after) for change in section.changes]
    assert [(change.section, change.tone) for change in changes] == [("choices", "work"), ("choices", "good")]
    assert changes[0].after == "Không có mức nào"
    assert changes[1].after == "Chưa có sổ"


def test_pages_of_versions(world, visits) -> None:  # noqa: F811
    dossier = twice(world)
    client = visits.as_(owner(dossier), world)
    address = f"/ho-so/{dossier.pk}/lan-nop/"
    page = client.get(address).content.decode()
    assert f"{address}1/2/" in page
    assert "Dấu vân tay khớp" in client.get(f"{address}1/").content.decode()
    assert "Không có mức nào" in client.get(f"{address}2/1/").content.decode()
    assert client.get(f"{address}3/").status_code == 404
    assert f"{address}" in client.get(f"/ho-so/{dossier.pk}/").content.decode()


def test_a_content_that_is_not_as_it_was_shows(world, visits) -> None:  # noqa: F811
    dossier = submitted_dossier(world)
    submission = dossier.submissions.get()
    twisted = {**submission.content, "target_star": 5}
    forged = dossier.submissions.model(
        dossier=dossier,
        number=2,
        content=twisted,
        sha256=submission.sha256,
        submitted_by=submission.submitted_by,
        submitted_at=world.at,
    )
    forged.save()
    page = visits.as_(world.officer, world).get(f"/ho-so/{dossier.pk}/lan-nop/2/").content.decode()
    assert "Dấu vân tay không khớp" in page


def test_whoever_assesses_contents_reads_no_options(visits) -> None:  # noqa: F811
    world = province_2026()
    dossier = submitted_dossier(world)
    page = visits.as_(world.commune_officer, world).get(f"/ho-so/{dossier.pk}/lan-nop/1/").content.decode()
    assert "Mức tự chấm" not in page
    assert "Mức tự chấm" in visits.as_(world.officer, world).get(f"/ho-so/{dossier.pk}/lan-nop/1/").content.decode()


def test_the_list_asks_as_often_for_three_submissions(world, visits) -> None:  # noqa: F811
    dossier = submitted_dossier(world)
    client = visits.as_(owner(dossier), world)
    with CaptureQueriesContext(connection) as one:
        client.get(f"/ho-so/{dossier.pk}/lan-nop/")
    code = next(iter(dossier.choices))
    for round_ in range(2):
        sent_back(dossier, world)
        note = {code: f"Lần {round_}"}
        save_self_assessment(dossier=dossier, choices={}, explanations=note, by=owner(dossier), at=world.at)
        submit_dossier(dossier=dossier, by=owner(dossier), at=world.later)
    with CaptureQueriesContext(connection) as three:
        client.get(f"/ho-so/{dossier.pk}/lan-nop/")
    assert len(three) == len(one)
