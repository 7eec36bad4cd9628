"""What a subject had better look at before it hands in, and what it is told of the days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.core.clock import OFFICE_ZONE
from ocop.dossiers.actions import cite_paper, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, late_for_batch, live_evidence, next_after, to_look_over, weighed
from ocop.dossiers.rules import EVIDENCE, FORMS, SELF_ASSESSMENT
from ocop.dossiers.states import DossierState
from tests.factories import World, city_2024, draft_dossier, fill_in, province_2026
from tests.factories.cycle import fresh
from tests.factories.dossiers import Visits, owner
from tests.factories.interview import answered
from tests.factories.wallet import paper

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 10, 12, 9, tzinfo=OFFICE_ZONE)  # fifteen working days run past 29/10/2026
TICK = {"da-xem": "1"}


@pytest.fixture
def world() -> World:
    return province_2026()


@pytest.fixture
def city() -> World:
    return city_2024()


def cited(world: World, dossier: Dossier, cites: list[str], **what: Any) -> None:
    by, subject = owner(dossier), dossier.registration.product.subject
    cite_paper(dossier=dossier, paper=paper(world, subject, **what), cites=cites, by=by, at=world.at)


def doubts(dossier: Dossier, world: World, *, points: bool = True) -> list[tuple[str, str]]:
    return [(each.part, each.words) for each in to_look_over(fresh(dossier), world.at.date(), points=points)]


def test_blank_answers_and_idle_papers_are_named(world: World) -> None:
    dossier = fill_in(draft_dossier(world), world)
    told = dict(doubts(dossier, world))
    assert "chưa trả lời" in told[FORMS]
    assert told[EVIDENCE] == "1 giấy tờ chưa viện dẫn cho tiêu chí nào: “Ảnh cơ sở sản xuất”."


def test_a_paper_that_lapses_before_the_batch_judges_is_named(world: World) -> None:
    dossier = fill_in(draft_dossier(world), world)
    code = next(iter(criteria_of(dossier).criteria))
    kind = {"kind": "food_safety_certificate", "number": "12/ATTP", "issued_on": date(2023, 9, 1)}
    cited(world, dossier, [code], **kind, expires_on=date(2026, 10, 20), title="Giấy an toàn thực phẩm")
    [lapsing] = [words for part, words in doubts(dossier, world) if "hết hạn" in words and part == EVIDENCE]
    assert lapsing.startswith("“Giấy an toàn thực phẩm” hết hạn 20/10/2026, trước ngày")


def test_a_claim_above_the_figures_is_named_and_only_to_who_reads_points(world: World) -> None:
    dossier = fill_in(draft_dossier(world), world)
    answered(world, dossier.registration.product, {"workers": "50", "workers_commune": "1"})
    [code] = [
        code for code, each in weighed(dossier).items() if "workers_commune" in str(each.measure) and each.ceiling
    ]
    criterion = criteria_of(dossier).criteria[code]
    best = max(range(len(criterion.options)), key=lambda place: criterion.options[place].points) + 1
    save_self_assessment(dossier=dossier, choices={code: best}, explanations={}, by=owner(dossier), at=world.at)
    [above] = [words for _, words in doubts(dossier, world) if "đỡ được" in words]
    assert code in above
    assert SELF_ASSESSMENT not in dict(doubts(dossier, world, points=False))


def test_a_star_out_of_reach_is_said(world: World) -> None:
    dossier = fill_in(draft_dossier(world, target_star=4), world, total=60)
    told = " ".join(words for _, words in doubts(dossier, world))
    assert "thấp hơn hạng 4 sao đã đăng ký" in told


def test_the_list_asks_as_often_for_three_papers_as_for_one(world: World) -> None:
    dossier = fill_in(draft_dossier(world), world)
    counts = []
    for papers in (0, 2):
        for number in range(papers):
            cited(world, dossier, [], title=f"Giấy {number}")
        with CaptureQueriesContext(connection) as asked:
            to_look_over(fresh(dossier), world.at.date(), points=True)
        counts.append(len(asked))
    assert live_evidence(dossier).count() == 3
    assert counts[0] == counts[1]


def test_handing_in_asks_for_a_tick_once_there_is_something_to_read(city: World, visits: Visits) -> None:
    dossier = fill_in(draft_dossier(city), city)
    client, address = visits.as_(owner(dossier), city), f"/ho-so/{dossier.pk}/nop/"
    page = client.get(address).content.decode()
    for words in ("Nên xem lại trước khi nộp", "Tôi đã đọc các mục trên và vẫn nộp", "Ảnh cơ sở sản xuất"):
        assert words in page
    refused = client.post(address, {"revision": dossier.revision})
    assert refused.status_code == 422
    assert "vài chỗ nên xem lại" in refused.content.decode()
    assert fresh(dossier).state == DossierState.DRAFT
    assert not dossier.submissions.exists()
    assert client.post(address, {"revision": dossier.revision, **TICK}).status_code == 302
    assert fresh(dossier).state == DossierState.SUBMITTED


# ── the days, and where it is filed ──


def test_the_commune_s_days_past_the_batch_s_last_are_said_before_and_after(world: World, visits: Visits) -> None:
    dossier = fill_in(draft_dossier(world), world)
    world.at = LATE
    said = "có đến hết 02/11/2026 để đánh giá, sau hạn 29/10/2026 của đợt: hồ sơ có thể sang đợt sau."
    client = visits.as_(owner(dossier), world)
    for page in ("", "nop/"):
        assert f"{said} Nộp sớm hơn, hoặc hỏi xã." in client.get(f"/ho-so/{dossier.pk}/{page}").content.decode()
    submit_dossier(dossier=dossier, by=owner(dossier), at=LATE)
    for page in ("", "lan-nop/1/giay-tiep-nhan/"):
        assert f"{said} Hãy hỏi xã để kịp đợt này." in client.get(f"/ho-so/{dossier.pk}/{page}").content.decode()


def test_in_time_nothing_is_said(world: World, city: World) -> None:
    for each in (world, city):
        assert late_for_batch(draft_dossier(each), each.at.date()) == ""
    last = city.batch.closes_on  # the office that checks first runs the batch itself
    assert late_for_batch(draft_dossier(city), last) == ""


def test_the_receipt_is_the_office_s_where_the_dossier_was_filed(world: World, city: World) -> None:
    offices = []
    for each in (world, city):
        dossier = fill_in(draft_dossier(each), each)
        offices.append(next_after(dossier, submit_dossier(dossier=dossier, by=owner(dossier), at=each.at)).office)
    assert offices == ["Ủy ban nhân dân phường Đa Mai", "Phòng Kinh tế"]
