"""What goes up: the checklist of parts, the archive that `sha256sum -c` checks, late hand-overs; a second hearing."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from ocop.council.actions import call_session, forward_dossier, record_higher_result
from ocop.council.actions.papers import issue_session_paper
from ocop.council.models import Forwarding, Hearing, Result, Session
from ocop.council.queries import result_of
from ocop.council.queries.package import parts_of
from ocop.dossiers.queries import live_evidence, regime_of
from ocop.dossiers.states import DossierState
from ocop.paperwork.queries import papers_on
from ocop.planning.models import Batch
from tests.council.refusing import refused
from tests.factories import World, city_2024, closed_hearing, council_of, province_2026, session_of
from tests.papers import reading

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 16)


@pytest.fixture
def world() -> World:
    return city_2024()


def result_of_75(world: World) -> Result:
    return closed_hearing(world, session=session_of(world, council_of(world, members=3)), totals=(75,) * 3)


def hand_over(result: Result, world: World, **changed: object) -> Forwarding:
    told = {
        "parts": ["council_report", "minutes"],
        "samples": 5,
        "handed_on": world.at.date(),
        "received_by": "Trần Văn Tỉnh",
        "signer": "Nguyễn Văn Trưởng",
    }
    return forward_dossier(result=result, **told | changed, by=world.officer, at=world.at)  # type: ignore[arg-type]


def archive_of(forwarding: Forwarding) -> zipfile.ZipFile:
    assert forwarding.package is not None
    with default_storage.open(forwarding.package.path) as kept:
        return zipfile.ZipFile(io.BytesIO(kept.read()))


def test_the_checklist_says_which_part_is_ready_and_how_to_make_the_others(world: World) -> None:
    result = result_of_75(world)
    before = {part.code: part for part in parts_of(result)}
    assert [code for code, part in before.items() if part.is_ready] == ["letter", "dossier"]
    assert before["minutes"].how == "Chưa phát hành biên bản họp."
    for kind in ("minutes", "council_report"):
        issue_session_paper(session=result.hearing.session, kind=kind, signed_on=DAY, by=world.officer, at=world.at)
    after = {part.code: part for part in parts_of(result)}
    assert [code for code, part in after.items() if part.is_ready] == ["letter", "council_report", "minutes", "dossier"]
    assert hand_over(result, world, parts=[]).parts[2]["as"] == "files"


def test_the_package_checks_itself_file_by_file(world: World, tmp_path: Path) -> None:
    result = result_of_75(world)
    issue_session_paper(session=result.hearing.session, kind="minutes", signed_on=DAY, by=world.officer, at=world.at)
    forwarding = hand_over(result, world)
    with archive_of(forwarding) as package:
        names = package.namelist()
        package.extractall(tmp_path)
    assert names[-2:] == ["00-muc-luc.pdf", "MANIFEST.txt"]
    assert any(name.startswith("01-letter/") for name in names)
    assert any(name.startswith("03-minutes/") for name in names)
    evidence = live_evidence(result.hearing.dossier).count()
    forms = 4  # what the subject fills in under QĐ 148
    assert len([name for name in names if name.startswith("04-dossier/")]) == evidence + forms
    assert all(name.isascii() and " " not in name for name in names)
    checked = subprocess.run(["sha256sum", "-c", "MANIFEST.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count(b": OK") == len(names) - 1
    assert {row["path"] for row in forwarding.manifest} == set(names[:-2])


def test_the_letter_and_the_hand_over_record_are_issued_with_it(world: World) -> None:
    result = result_of_75(world)
    forwarding = hand_over(result, world)
    kinds = {paper.kind: paper for paper in papers_on(result)}
    assert forwarding.letter_number == kinds["forwarding_letter"].number == "01/CV-OCOP"
    with default_storage.open(kinds["handover"].pdf.path) as kept:
        printed = reading.text(kept.read())
    assert forwarding.package is not None
    assert forwarding.package.sha256 in printed.replace(" ", "")
    assert "người nhận: Trần Văn Tỉnh" in printed


def test_a_late_hand_over_asks_for_a_reason_and_is_not_barred(world: World) -> None:
    result = result_of_75(world)
    Batch.objects.filter(pk=world.batch.pk).update(forward_before=DAY)
    with refused("Hạn chuyển của đợt là 15/09/2024"):
        hand_over(result, world)
    hand_over(result, world, late_reason="Chờ kết quả kiểm nghiệm")
    letter = papers_on(result, "forwarding_letter").get()
    with default_storage.open(letter.pdf.path) as kept:
        assert "sau ngày hạn của đợt vì: Chờ kết quả kiểm nghiệm." in reading.text(kept.read())


def test_a_file_that_is_no_longer_what_was_handed_in_stops_the_package(world: World) -> None:
    result = result_of_75(world)
    stored = live_evidence(result.hearing.dossier)[0].file
    with default_storage.open(stored.path) as kept:
        whole = kept.read()
    default_storage.delete(stored.path)
    default_storage.save(stored.path, io.BytesIO(whole[:-1] + b"x"))
    try:
        with refused("không còn đúng như lúc nộp"):
            hand_over(result, world)
    finally:
        default_storage.delete(stored.path)
        default_storage.save(stored.path, io.BytesIO(whole))


def test_the_package_goes_to_the_office_and_the_level_above_only(world: World) -> None:
    result = result_of_75(world)
    hand_over(result, world)
    address, client = reverse("council:package", args=[result.pk]), Client()
    for user, status in ((world.officer, 200), (world.liaison, 200), (world.commune_officer, 403), (world.leader, 403)):
        client.force_login(user)
        assert client.get(address).status_code == status


def test_the_page_shows_the_parts_and_keeps_what_was_typed(world: World) -> None:
    result = result_of_75(world)
    client = Client()
    client.force_login(world.officer)
    address = reverse("council:forward", args=[result.pk])
    page = client.get(address).content.decode()
    assert "Chưa phát hành biên bản họp." in page
    assert "Phát hành ở đây" in page
    typed = {"samples": "5", "handed_on": "16/09/2024", "received_by": "Trần Văn Tỉnh", "signer": "Nguyễn Văn Trưởng"}
    wrong = client.post(address, typed)
    assert wrong.status_code == 422
    assert "còn thiếu: Báo cáo kết quả" in wrong.content.decode()
    assert "Trần Văn Tỉnh" in wrong.content.decode()
    done = client.post(address, {**typed, "parts": ["council_report", "minutes"]})
    assert done.status_code == 302
    assert "Gói điện tử" in client.get(address).content.decode()


# ── back from above ──


def forwarded_2026(world: World) -> Result:
    result = closed_hearing(world, session=session_of(world, council_of(world, members=3)), totals=(92,) * 3)
    parts = [part.code for part in regime_of(result.hearing.dossier).forward_parts]
    forward_dossier(
        result=result,
        parts=parts,
        samples=5,
        handed_on=world.at.date(),
        received_by="Vụ Nông thôn",
        signer="Nguyễn Văn Trưởng",
        by=world.officer,
        at=world.at,
    )
    return result


def next_meeting(result: Result, world: World) -> Session:
    return call_session(
        council=result.hearing.session.council,
        batch=world.batch,
        name="Phiên đánh giá lại",
        held_on=world.at.date() + timedelta(days=20),
        place="Phòng họp",
        by=world.officer,
        at=world.at,
    )


def answered(result: Result, world: World, **changed: object) -> object:
    told = {
        "mean": Decimal("84.5"),
        "star": 4,
        "document": "99/TB-BNNMT",
        "decided_on": world.at.date(),
    }
    return record_higher_result(
        result=result,
        **told | changed,
        by=world.officer,
        at=world.at,  # type: ignore[arg-type]
    )


def test_a_result_from_the_centre_is_recognised_on_or_heard_again() -> None:
    world = province_2026()
    result = forwarded_2026(world)
    meeting = next_meeting(result, world)
    with refused("Ghi lý do tổ chức đánh giá lại"):
        answered(result, world, rerun_in=meeting)
    answered(result, world, rerun_in=meeting, note="Mẫu gửi Trung ương hỏng khi vận chuyển")
    dossier = result.hearing.dossier
    dossier.refresh_from_db()
    again = Hearing.objects.get(session=meeting, dossier=dossier)
    assert dossier.state == DossierState.IN_COUNCIL
    assert again.came_from == result.hearing
    assert result_of(dossier) == result
    voting = {seat.user_id for seat in meeting.council.seats.filter(votes=True)}
    assert voting == set(dossier.bars.filter(lifted_at=None).values_list("user", flat=True))


def test_on_the_result_from_the_centre_it_waits_for_the_decision() -> None:
    world = province_2026()
    result = forwarded_2026(world)
    answered(result, world)
    result.hearing.dossier.refresh_from_db()
    assert result.hearing.dossier.state == DossierState.TO_RECOGNISE


def test_there_is_no_second_hearing_where_the_law_knows_none(world: World) -> None:
    result = result_of_75(world)
    hand_over(result, world)
    meeting = next_meeting(result, world)
    with refused("không được tổ chức đánh giá lại"):
        answered(result, world, mean=Decimal(66), star=3, rerun_in=meeting, note="Muốn chấm lại")
