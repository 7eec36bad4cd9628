"""Upgrade and re-evaluation: composed from what was recognised, written as differences."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused
from ocop.dossiers.actions import pass_step, save_changes, submit_dossier
from ocop.dossiers.actions.noting import Crossed
from ocop.dossiers.queries import changes_of, differences_of, lacking_of, live_evidence, recognition_of
from ocop.dossiers.rules import CHANGES, mark_of_text
from ocop.interview.actions import answer
from ocop.registration.actions import enter_recognition
from ocop.registration.models import EarlierRecognition
from ocop.wallet.actions import renew_paper, withdraw_paper
from tests.factories import (
    city_2024,
    draft_dossier,
    fill_in,
    person,
    photo,
    province_2026,
    recognised,
    registration,
    submitted_dossier,
)
from tests.factories.cycle import fresh, owner_of
from tests.factories.dossiers import owner, visits  # noqa: F401
from tests.factories.kinds import again, earlier, next_year, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


def recognised_with_papers(world):
    """A product recognised with three papers: one to be renewed, one that lapses, one without an end."""
    dossier = fill_in(draft_dossier(world), world, total=62)
    codes = list(dossier.choices)[:2]
    papers = {
        "tests": paper(
            world, dossier, kind="test_report", number="PT-01", issued_on=date(2024, 5, 2), cites=(codes[0],)
        ),
        "safety": paper(
            world,
            dossier,
            kind="food_safety_certificate",
            number="ATTP-7",
            issued_on=date(2022, 1, 10),
            expires_on=date(2025, 1, 10),
            cites=(codes[1],),
        ),
        "business": paper(world, dossier, kind="business_registration", number="24A1"),
    }
    submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)
    pass_step(dossier=dossier, by=world.officer, at=world.at)
    certificate = recognised(world, dossier=fresh(dossier))
    return certificate, papers


def test_an_upgrade_starts_from_what_was_recognised(world) -> None:
    certificate, papers = recognised_with_papers(world)
    last = certificate.dossier.submissions.last()
    later = next_year(world)
    by = owner_of(certificate.product.subject)
    newer = renew_paper(
        paper=papers["tests"], upload=photo(), number="PT-02", issued_on=date(2025, 2, 3), by=by, at=later.at
    )
    withdraw_paper(paper=papers["business"], by=by, at=later.at)

    dossier = again(later, certificate.product)

    assert dossier.started_from == last
    assert dossier.choices == last.content["choices"]
    cited = {row.paper_id: row.cites for row in live_evidence(dossier)}
    assert cited[newer.pk] == list(last.content["choices"])[:1]  # the newer version, for the same criterion
    assert papers["safety"].pk not in cited  # it lapsed on 10/01/2025
    assert papers["business"].pk not in cited  # put away
    told = {change.tone: change for change in differences_of(dossier)}
    assert "24A1" in told["warn"].before
    assert told["warn"].after == ""
    lapsed = told["bad"]
    assert lapsed.after == "Hết hạn 10/01/2025, chưa có bản mới"
    sections = {section.code: section for section in changes_of(dossier)}
    (test_report,) = sections["tests"].changes
    assert ("PT-01" in test_report.before, "PT-02" in test_report.after) == (True, True)
    assert sections["timed_papers"].changes == (lapsed,)
    assert not sections["materials"].changes
    known = recognition_of(dossier)
    assert known is not None
    assert (known.star, known.until) == (3, certificate.valid_to)
    entry = LedgerEntry.objects.filter(act="open_dossier").latest("seq")
    assert entry.facts["started_from"] == last.sha256


def test_answers_are_compared_in_words(world) -> None:
    dossier = fill_in(draft_dossier(world), world, total=62)
    product, by = dossier.registration.product, owner(dossier)
    place = {"subject": product.subject, "product": product, "year": 2024}
    answer(**place, values={"technology": "Tráng tay, phơi nắng"}, by=by, at=world.at)
    submit_dossier(dossier=dossier, by=by, at=world.at)
    pass_step(dossier=dossier, by=world.officer, at=world.at)
    certificate = recognised(world, dossier=fresh(dossier))
    later = next_year(world)
    answer(
        subject=product.subject,
        product=product,
        year=2025,
        values={"technology": "Máy tráng, sấy lạnh"},
        by=by,
        at=later.at,
    )
    made = again(later, certificate.product)
    change = next(each for each in differences_of(made) if each.section == "technology")
    assert (change.before, change.after) == ("Tráng tay, phơi nắng", "Máy tráng, sấy lạnh")


def test_a_first_dossier_starts_empty(world) -> None:
    dossier = draft_dossier(world)
    assert (dossier.started_from, dossier.choices) == (None, {})
    assert differences_of(dossier) == []


def test_a_kind_that_builds_on_a_recognition_asks_for_one(world) -> None:
    dossier = fill_in(draft_dossier(world, kind="upgrade", target_star=4), world, total=75)
    assert CHANGES in [each.part for each in lacking_of(dossier)]
    with pytest.raises(Refused, match="dựa vào lần công nhận trước"):
        submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)
    assert not dossier.submissions.exists()
    earlier(world, dossier.registration.product, expires_on=date(2026, 12, 12))
    submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)


def test_changes_or_words_about_them_are_needed(world) -> None:
    dossier = fill_in(draft_dossier(world, kind="upgrade", target_star=4), world, total=75)
    earlier(world, dossier.registration.product, expires_on=date(2026, 12, 12))
    by = owner(dossier)
    save_changes(dossier=dossier, comments={"note": ""}, by=by, at=world.at)
    assert CHANGES in [each.part for each in lacking_of(fresh(dossier))]
    save_changes(dossier=dossier, comments={"section-packaging": "Hộp giấy thay túi ni-lông"}, by=by, at=world.at)
    assert CHANGES not in [each.part for each in lacking_of(fresh(dossier))]


def test_a_higher_star_alone_is_no_change(world) -> None:
    certificate = recognised(world)
    dossier = again(next_year(world), certificate.product)
    assert [change.key for change in differences_of(dossier)] == ["target-star"]
    assert CHANGES in [each.part for each in lacking_of(dossier)]


def test_what_time_alone_did_is_no_change(world) -> None:
    dossier = fill_in(draft_dossier(world), world, total=62)
    product, by = dossier.registration.product, owner(dossier)
    place = {"subject": product.subject, "product": product, "year": 2024}
    answer(**place, values={"revenue.last": "900000000"}, by=by, at=world.at)
    paper(world, dossier, kind="food_safety_certificate", number="ATTP-7", expires_on=date(2025, 1, 10))
    submit_dossier(dossier=dossier, by=by, at=world.at)
    pass_step(dossier=dossier, by=world.officer, at=world.at)
    recognised(world, dossier=fresh(dossier))
    made = again(next_year(world), product)
    assert {change.tone for change in differences_of(made)} >= {"bad", "warn"}  # lapsed; last year's figure
    assert CHANGES in [each.part for each in lacking_of(made)]


# ── comments ──


def test_a_comment_is_kept_and_emptied(world) -> None:
    dossier = draft_dossier(world, kind="upgrade", target_star=4)
    by = owner(dossier)
    save_changes(dossier=dossier, comments={"section-market": " Mở Hà Nội \r\n"}, by=by, at=world.at)
    assert fresh(dossier).change_comments == {"section-market": "Mở Hà Nội"}
    save_changes(dossier=dossier, comments={"section-market": ""}, by=by, at=world.at)
    assert fresh(dossier).change_comments == {}


def test_what_another_wrote_meanwhile_is_not_written_over(world) -> None:
    dossier = draft_dossier(world, kind="upgrade", target_star=4)
    by, seen = owner(dossier), {"section-market": mark_of_text("")}
    save_changes(dossier=dossier, comments={"section-market": "Của máy khác"}, seen=seen, by=by, at=world.at)
    with pytest.raises(Crossed) as crossed:
        save_changes(dossier=dossier, comments={"section-market": "Của tôi"}, seen=seen, by=by, at=world.at)
    assert "Của máy khác" in crossed.value.wrong["section-market"]
    assert fresh(dossier).change_comments == {"section-market": "Của máy khác"}
    # Sent again knowingly, over what stands there now.
    save_changes(dossier=dossier, comments={"section-market": "Của tôi"}, seen=crossed.value.seen, by=by, at=world.at)
    assert fresh(dossier).change_comments == {"section-market": "Của tôi"}


def test_the_same_words_sent_twice_are_no_conflict(world) -> None:
    dossier = draft_dossier(world, kind="upgrade", target_star=4)
    by, seen = owner(dossier), {"section-market": mark_of_text("")}
    for _ in range(2):
        save_changes(dossier=dossier, comments={"section-market": "Mở Hà Nội"}, seen=seen, by=by, at=world.at)
    assert fresh(dossier).revision == 1


@pytest.mark.parametrize(
    ("comments", "words"),
    [({"answer-khong-co": "x"}, "không còn trong danh sách"), ({"section-market": "x" * 1001}, "dài 1001")],
)
def test_a_refused_comment_writes_nothing(world, comments, words) -> None:
    dossier = draft_dossier(world, kind="upgrade", target_star=4)
    with pytest.raises(Refused, match=words):
        save_changes(dossier=dossier, comments=comments, by=owner(dossier), at=world.at)
    assert fresh(dossier).change_comments == {}


def test_only_the_subjects_people_comment_and_only_on_a_draft(world) -> None:
    dossier = draft_dossier(world)
    with pytest.raises(PermissionDenied):
        save_changes(dossier=dossier, comments={"note": "x"}, by=world.officer, at=world.at)
    done = submitted_dossier(world)
    with pytest.raises(Refused, match="không sửa được nữa"):
        save_changes(dossier=done, comments={"note": "x"}, by=owner(done), at=world.at)


# ── the recognition copied down, and the days of a re-evaluation ──


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"star": 2}, "star"),
        ({"decision_number": " "}, "decision_number"),
        ({"issuer": ""}, "issuer"),
        ({"decided_on": date(2030, 1, 1), "expires_on": date(2033, 1, 1)}, "decided_on"),
        ({"expires_on": date(2023, 12, 12)}, "expires_on"),
    ],
)
def test_a_wrong_recognition_is_refused_at_its_field(world, changes, field) -> None:
    product = registration(world).product
    facts = {
        "star": 3,
        "decision_number": "1205/QĐ-UBND",
        "issuer": "UBND",
        "decided_on": date(2023, 12, 12),
        "expires_on": date(2026, 12, 12),
    }
    with pytest.raises(Refused) as refused:
        enter_recognition(product=product, **{**facts, **changes}, by=owner_of(product.subject), at=world.at)
    assert refused.value.field == field
    assert not EarlierRecognition.objects.exists()


def test_a_correction_is_a_newer_row_and_keeps_the_scan(world) -> None:
    product = registration(world).product
    first = earlier(world, product, expires_on=date(2026, 12, 12), scan=photo())
    second = earlier(world, product, expires_on=date(2026, 12, 13))
    assert product.earlier_recognitions.count() == 2
    assert second.scan == first.scan


def test_a_stranger_enters_no_recognition(world) -> None:
    product = registration(world).product
    with pytest.raises(PermissionDenied):
        enter_recognition(
            product=product,
            star=3,
            decision_number="1",
            issuer="UBND",
            decided_on=date(2023, 1, 1),
            expires_on=date(2026, 1, 1),
            by=person("Người lạ"),
            at=world.at,
        )


def test_a_re_evaluation_too_early_is_kept_and_told_its_days() -> None:
    world = province_2026()
    dossier = fill_in(draft_dossier(world, kind="reevaluation"), world)
    earlier(world, dossier.registration.product, expires_on=date(2027, 9, 30), decided_on=date(2024, 9, 30))
    with pytest.raises(Refused, match=r"Điều 7\.6.*còn sớm.*nộp từ ngày 03/04/2027"):
        submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)
    assert not dossier.submissions.exists()
    assert fresh(dossier).choices


def test_a_re_evaluation_in_its_days_is_taken() -> None:
    world = province_2026()
    dossier = fill_in(draft_dossier(world, kind="reevaluation"), world)
    earlier(world, dossier.registration.product, expires_on=date(2027, 3, 1), decided_on=date(2024, 3, 1))
    assert submit_dossier(dossier=dossier, by=owner(dossier), at=world.at).number == 1


# ── pages ──


def test_the_page_shows_each_change_and_keeps_a_comment(world, visits) -> None:  # noqa: F811
    certificate, _ = recognised_with_papers(world)
    later = next_year(world)
    dossier = again(later, certificate.product)
    client = visits.as_(owner(dossier), later)
    address = f"/ho-so/{dossier.pk}/thay-doi/"
    page = client.get(address).content.decode()
    assert "Hết hạn 10/01/2025, chưa có bản mới" in page
    assert "giữ nguyên như lần được công nhận" in page or "hai lần đều chưa ghi" in page
    key = next(change.key for change in differences_of(dossier) if change.tone == "bad")
    posted = {f"loi-{key}": "Đang xin cấp lại", f"seen-loi-{key}": mark_of_text("")}
    told = client.post(f"{address}luu/", posted)
    assert told.status_code == 200
    assert told.json()["saved_at"]
    crossed = client.post(f"{address}luu/", {**posted, f"loi-{key}": "Khác"})
    assert crossed.status_code == 409
    assert "Đang xin cấp lại" in crossed.json()["wrong"][f"loi-{key}"]
    refused = client.post(address, {**posted, f"loi-{key}": "x" * 1001})
    assert refused.status_code == 422
    assert "x" * 1001 in refused.content.decode()
    assert client.post(address, {f"loi-{key}": "Đã có giấy hẹn"}).status_code == 302
    assert fresh(dossier).change_comments == {key: "Đã có giấy hẹn"}


def test_an_office_reads_the_changes_and_writes_none(world, visits) -> None:  # noqa: F811
    certificate, _ = recognised_with_papers(world)
    later = next_year(world)
    dossier = again(later, certificate.product)
    client = visits.as_(world.officer, later)
    page = client.get(f"/ho-so/{dossier.pk}/thay-doi/")
    assert page.status_code == 200
    assert "<textarea" not in page.content.decode()
    assert client.post(f"/ho-so/{dossier.pk}/thay-doi/luu/", {"loi-note": "x"}).status_code == 403


def test_whoever_assesses_contents_reads_no_claimed_options(visits) -> None:  # noqa: F811
    world = province_2026()
    dossier = fill_in(draft_dossier(world, kind="upgrade", target_star=4), world)
    earlier(world, dossier.registration.product, expires_on=date(2027, 3, 1), decided_on=date(2024, 3, 1))
    page = visits.as_(world.commune_officer, world).get(f"/ho-so/{dossier.pk}/thay-doi/")
    assert "Mức tự chấm" not in page.content.decode()


def test_the_recognition_is_entered_on_its_page(world, visits) -> None:  # noqa: F811
    dossier = draft_dossier(world, kind="upgrade", target_star=4)
    product = dossier.registration.product
    client = visits.as_(owner(dossier), world)
    address = f"/san-pham/{product.pk}/lan-cong-nhan-truoc/"
    assert address in client.get(f"/ho-so/{dossier.pk}/thay-doi/").content.decode()
    typed = {
        "star": "3",
        "decision_number": "1205/QĐ-UBND",
        "decided_on": "12/12/2023",
        "issuer": "UBND thành phố",
        "expires_on": "11/12/2023",
    }
    refused = client.post(f"{address}?tiep=/ho-so/{dossier.pk}/thay-doi/", typed)
    assert refused.status_code == 422
    assert "1205/QĐ-UBND" in refused.content.decode()
    # A scan that came with a refused form is held, and need not be chosen again.
    again = client.post(address, {**typed, "scan": photo()})
    assert again.status_code == 422
    key = again.context["held"].key
    assert str(key) in again.content.decode()
    assert client.post(address, {**typed, "expires_on": "12/12/2026", "held": key}).status_code == 302
    assert product.earlier_recognitions.latest("pk").scan is not None
    done = client.post(
        f"{address}?tiep=/ho-so/{dossier.pk}/thay-doi/", {**typed, "expires_on": "12/12/2026", "scan": photo()}
    )
    assert done.status_code == 302
    assert done["Location"] == f"/ho-so/{dossier.pk}/thay-doi/"
    known = product.earlier_recognitions.latest("pk")
    assert client.get(f"{address}{known.scan.key}/").status_code == 200
    assert client.post(f"{address}?tiep=https://vi-du.vn/", {**typed, "expires_on": "12/12/2026"})["Location"] == (
        f"/chu-the/{product.subject_id}/"
    )
    stranger = visits.as_(person("Người lạ"), world)
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}{known.scan.key}/").status_code == 404


def test_the_page_asks_as_often_for_many_changes(world, visits) -> None:  # noqa: F811
    certificate, _papers = recognised_with_papers(world)
    later = next_year(world)
    dossier = again(later, certificate.product)
    client = visits.as_(owner(dossier), later)
    with CaptureQueriesContext(connection) as few:
        client.get(f"/ho-so/{dossier.pk}/thay-doi/")
    for kind in ("sales_contract", "label_sample", "barcode"):
        paper(later, dossier, kind=kind, number="1")
    with CaptureQueriesContext(connection) as many:
        client.get(f"/ho-so/{dossier.pk}/thay-doi/")
    assert len(many) == len(few)
