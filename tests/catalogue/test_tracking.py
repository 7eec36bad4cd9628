"""Following a dossier by its code: no person, no points, no result before it is out."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.catalogue.queries import tracked
from ocop.core.codes import new_code, shown_code
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from tests.dossiers.test_versions import sent_back, twice
from tests.factories import city_2024, closed_hearing, province_2026, recognised, submitted_dossier
from tests.factories.dossiers import owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def test_a_code_is_found_however_it_is_typed(world, client) -> None:
    dossier = submitted_dossier(world)
    code = dossier.tracking_code
    for typed in (code, shown_code(code).lower(), f"http://127.0.0.1:8000/theo-doi/{code}/"):
        assert client.get("/theo-doi/", {"ma": typed})["Location"] == f"/theo-doi/{code}/"
    page = client.get(f"/theo-doi/{code}/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_the_front_box_leads_there_too(world, client) -> None:
    code = submitted_dossier(world).tracking_code
    for typed in (code, shown_code(code).lower(), f"http://127.0.0.1:8000/theo-doi/{code}/"):
        assert client.get("/xac-minh/", {"ma": typed})["Location"] == f"/theo-doi/{code}/"
    assert client.get("/xac-minh/", {"ma": new_code()}).status_code == 404


@pytest.mark.parametrize("typed", ["", "1", "7K3M9QXT2F0", "x" * 300, "../../ho-so"])
def test_what_is_no_code_finds_nothing(world, client, typed) -> None:
    assert tracked(typed) is None
    assert client.get("/theo-doi/", {"ma": typed}).status_code in (200, 302, 404)
    assert client.get(f"/theo-doi/{new_code()}/").status_code == 404


def test_no_person_no_points_no_words_of_the_request(world, client) -> None:
    dossier = sent_back(submitted_dossier(world, total=61), world)
    subject = dossier.registration.product.subject
    page = client.get(f"/theo-doi/{dossier.tracking_code}/").content.decode()
    hidden = (
        subject.name, subject.representative, subject.phone, subject.address, owner(dossier).full_name,
        world.officer.full_name, "Quá 12 tháng", "Phiếu kiểm nghiệm", "61",
    )  # fmt: skip
    assert [words for words in hidden if words in page.replace(dossier.tracking_code, "")] == []
    for shown in (dossier.registration.product.name, "Yêu cầu bổ sung", "Nộp hồ sơ lần 1", "Chủ thể"):
        assert shown in page


def test_the_office_that_has_the_work_is_named() -> None:
    world = province_2026()
    told = tracked(submitted_dossier(world).tracking_code or "")
    assert told is not None
    assert "Phường Đa Mai" in told.holder
    assert told.due_on is not None
    assert [state for _, state in told.steps] == ["done", "current", "todo", "todo", "todo"]


@pytest.mark.parametrize(
    "state",
    [
        DossierState.TO_RECOGNISE,
        DossierState.TO_NOTIFY,
        DossierState.TO_FORWARD,
        DossierState.FORWARDED,
        DossierState.RECOGNISED_ABOVE,
    ],
)
def test_a_result_stays_hidden_until_it_is_out(world, state) -> None:
    dossier = submitted_dossier(world)
    Dossier.objects.filter(pk=dossier.pk).update(state=state, step="")
    told = tracked(dossier.tracking_code or "")
    assert told is not None
    assert (told.word, told.tone, told.holder) == ("Chờ công bố kết quả", "wait", "Phòng Kinh tế")


def test_a_real_result_is_hidden_too(world, client) -> None:
    result = closed_hearing(world)
    code = Dossier.objects.get(pk=result.hearing.dossier_id).tracking_code
    page = client.get(f"/theo-doi/{code}/").content.decode()
    assert "Chờ công bố kết quả" in page
    assert "sao" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_recognised_product_leads_to_its_certificate(world, client) -> None:
    certificate = recognised(world)
    page = client.get(f"/theo-doi/{certificate.dossier.tracking_code}/").content.decode()
    assert "Đã công nhận" in page
    assert f"/xac-minh/{certificate.code}/" in page


def test_the_front_page_leads_there(client, db) -> None:
    assert "/theo-doi/" in client.get("/").content.decode()


def test_the_page_asks_as_often_for_two_submissions(world, client) -> None:
    one, two = submitted_dossier(world), twice(world)
    with CaptureQueriesContext(connection) as few:
        client.get(f"/theo-doi/{one.tracking_code}/")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/theo-doi/{two.tracking_code}/")
    assert len(many) == len(few)
