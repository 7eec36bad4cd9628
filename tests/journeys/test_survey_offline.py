"""The team goes to the workshop without a signal: the survey is finished there and all of it arrives, once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ocop.advisory.actions import save_survey
from ocop.advisory.models import Survey, SurveyNote, SurveyPhoto
from ocop.intake.actions import NoteDraft
from tests.factories import World, accepted_dossier, photo
from tests.factories.advisory import given, seats, surveyed, team_of
from tests.journeys import steps
from tests.journeys.conftest import Comes, Street

pytestmark = pytest.mark.journey

FOUND = {"q1": "Kho khô ráo, có sổ nhập hằng ngày.", "q2": "Chỉ có 12 lao động, hồ sơ ghi 21."}


def section(page: Page, code: str) -> Any:
    return page.locator(f'[data-content="{code}"]')


def badge(page: Page, code: str) -> Any:
    return section(page, code).locator("[data-badge]")


def write(page: Page, code: str, text: str) -> None:
    section(page, code).get_by_label("Ghi nhận").fill(text)


def opens(page: Page, street: Street, survey: Survey) -> None:
    page.goto(f"{street.url}/ho-so/{survey.dossier_id}/tu-van/khao-sat/{survey.number}/")
    is_ready(page)


def is_ready(page: Page) -> None:
    expect(page.locator("[data-field-notes][data-ready]")).to_be_visible()


def test_a_survey_finished_in_the_workshop_arrives_once(city: World, comes: Comes, street: Street) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    survey = surveyed(dossier, member, city)
    page = comes(
        city,
        member.user,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        geolocation={"latitude": 21.27305, "longitude": 106.19460},
        permissions=["geolocation"],
    )
    opens(page, street, survey)
    page.get_by_role("button", name="Mang theo máy").click()
    expect(page.get_by_role("button", name="Đã mang theo")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")

    # No line any more: the page still opens; words, place and photo wait on the telephone.
    page.context.set_offline(True)
    page.reload()
    is_ready(page)
    section(page, "q1").get_by_role("button", name="Ghi tọa độ").click()
    expect(section(page, "q1").locator("[data-located]")).to_have_text("21.27305, 106.19460")
    for code, verdict in (("q1", "Đúng như hồ sơ"), ("q2", "Khác hồ sơ")):
        write(page, code, FOUND[code])
        section(page, code).get_by_text(verdict, exact=True).click()
        expect(badge(page, code)).to_have_text(re.compile("^chờ gửi"))
    picture = {"name": "kho.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
    section(page, "q1").locator("input[name=photos-q1]").set_input_files([picture])
    expect(section(page, "q1").locator("[data-photos] li")).to_have_count(1)
    page.reload()  # the telephone ran out of power
    is_ready(page)
    for code, text in FOUND.items():
        expect(section(page, code).get_by_label("Ghi nhận")).to_have_value(text)
    page.get_by_label("Kết luận khảo sát").fill("Cần hỏi lại về lao động.")
    page.get_by_role("button", name="Khảo sát xong").click()
    expect(page.get_by_text("sẽ tự chuyển khi có mạng")).to_be_visible()
    assert not SurveyNote.objects.exists()

    # Back in reach: everything goes out in order, the finish last.
    with page.expect_navigation(url=re.compile(rf"/ho-so/{dossier.pk}/tu-van/$"), timeout=60_000):
        page.context.set_offline(False)
    steps.is_told(page, "khảo sát lần 1 là xong")
    notes = {note.content: note for note in SurveyNote.objects.all()}
    assert {code: note.text for code, note in notes.items()} == FOUND
    assert (notes["q1"].verdict, notes["q2"].verdict) == ("as_stated", "differs")
    taken = SurveyPhoto.objects.get()
    assert [str(taken.latitude), str(taken.longitude)] == ["21.27305", "106.19460"]
    done = Survey.objects.get()
    assert (done.state, done.conclusion) == ("done", "Cần hỏi lại về lao động.")


def test_two_of_the_team_wrote_differently_and_choose(city: World, comes: Comes, street: Street) -> None:
    dossier = accepted_dossier(city)
    lead, member, _ = seats(team_of(city))
    given(dossier, member, city)
    survey = surveyed(dossier, member, city)
    page = comes(city, member.user)
    opens(page, street, survey)
    page.context.set_offline(True)
    write(page, "q2", "Bản của tôi.")
    expect(badge(page, "q2")).to_have_text(re.compile("^chờ gửi"))
    theirs = NoteDraft(content="q2", key="0d9b4a50-2f56-4a30-8a3b-0b8e3b1c7f01", revision=0, text="Bản của tổ trưởng.")  # type: ignore[arg-type]
    save_survey(survey=survey, notes=[theirs], by=lead.user, at=city.at)
    page.context.set_offline(False)
    expect(badge(page, "q2")).to_have_text("có hai bản, hãy chọn")
    section(page, "q2").get_by_role("button", name="Dùng bản này").click()
    expect(badge(page, "q2")).to_have_text(re.compile(r"^đã gửi \d\d:\d\d$"))
    assert [row.text for row in SurveyNote.objects.order_by("revision")] == ["Bản của tổ trưởng.", "Bản của tôi."]
