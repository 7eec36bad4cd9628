"""Whoever assesses contents later (QĐ 26/2026 Art. 7.2: no score) helps to type, and never meets points or stars."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.consent.actions import end_consent, give_consent, make_code
from ocop.consent.states import Purpose
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.dossiers.actions import read_back, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_read_points, can_type_points, can_write, takes_in
from ocop.dossiers.queries import content_sha256, criteria_of
from tests.dossiers.test_actions import writes_nothing
from tests.dossiers.test_views import text, url
from tests.factories import World, draft_dossier, fill_in, person, photo, province_2026
from tests.factories.consent import consent, shut_accounts
from tests.factories.cycle import fresh, owner_of
from tests.factories.dossiers import Visits, owner
from tests.factories.files import sent, wav
from tests.factories.interview import answered

pytestmark = pytest.mark.django_db

POINTS = re.compile(r"\d\s*điểm|Dự báo|data-score-sheet|option__points|<dt>Tự chấm|ho-so/\d+/cung-co")
ALONE = "đánh giá hồ sơ nên không nhập giúp phần tự đánh giá"


@pytest.fixture
def world() -> World:
    return province_2026()


@pytest.fixture
def assessor(world: World) -> User:
    return world.commune_officer


@pytest.fixture
def team(world: World) -> User:
    return person("Tổ giúp việc", Role.HELPER, world.unit)


@pytest.fixture
def helped(world: World, assessor: User, team: User) -> Dossier:
    """A full dossier whose subject lets its assessor and a helper type; the helper chose an option for it."""
    dossier = fill_in(draft_dossier(world), world)
    for helper in (assessor, team):
        consent(world, dossier.registration.product.subject, helper)
    code = next(iter(criteria_of(dossier).criteria))
    place = 2 if dossier.choices[code] != 2 else 1
    save_self_assessment(dossier=dossier, choices={code: place}, explanations={code: "Có đủ"}, by=team, at=world.at)
    return fresh(dossier)


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


def sheet_of(dossier: Dossier) -> dict[str, str]:
    code = next(iter(criteria_of(dossier).criteria))
    return {f"choice-{code}": "1", f"note-{code}": "Tôi đang gõ dở", "revision": str(dossier.revision)}


# ── the self-assessment ──


def test_who_types_and_reads_the_points(world: World, assessor: User, team: User, helped: Dossier) -> None:
    day = day_of(world.at)
    rows = [(assessor, True, False, False), (team, True, True, True), (owner(helped), True, True, True)]
    for user, *may in rows:
        told = [may_do(user, day, helped) for may_do in (can_write, can_read_points, can_type_points)]
        assert told == may, user
    assert takes_in(assessor, day, helped)
    assert takes_in(world.officer, day, helped)
    assert not takes_in(team, day, helped)
    submit = {"dossier": helped, "by": owner(helped), "at": world.at}
    read_back(seen=content_sha256(helped), **submit)
    submit_dossier(**submit)
    assert not can_read_points(assessor, day, fresh(helped))


def test_the_assessor_types_no_self_assessment(world: World, assessor: User, helped: Dossier) -> None:
    with writes_nothing(helped, Refused, ALONE):
        save_self_assessment(dossier=helped, choices={}, explanations={"1.1": "Có"}, by=assessor, at=world.at)


@pytest.mark.parametrize("over", [False, True])
def test_no_answer_tells_the_assessor_points_or_stars(
    visits: Visits, world: World, assessor: User, helped: Dossier, over: bool
) -> None:
    """By any door, with a consent and after it ended; what was typed comes back."""
    if over:
        given = helped.registration.product.subject.consents.get(helper=assessor)
        end_consent(consent=given, by=owner(helped), at=world.at)
    client, sheet, seen = visits.as_(assessor, world), sheet_of(helped), content_sha256(helped)
    forbidden = 403 if over else 200
    statuses = [
        (client.get(url("self-assessment", helped)), 403),
        (client.post(url("self-assessment", helped), sheet), 422),
        (client.post(url("self-assessment-save", helped), sheet), 422),
        (client.get(url("forecast-panel", helped)), 403),
        (client.get(url("read-back", helped)), forbidden),
        (client.post(url("read-back", helped), {"seen": seen, "code": "000"}), 422),
        (client.post(url("read-back", helped), {}), 403 if over else 422),
        (client.get(url("submit", helped)), forbidden),
        (client.post(url("submit", helped), {"revision": helped.revision}), 422),
        (client.get(url("dossier", helped)), 200),
        (client.get(url("evidence", helped)), 200),
        (client.post(url("evidence", helped), {"title": "Giấy"}), 422),
    ]
    for answer, status in statuses:
        assert answer.status_code == status, answer.request["PATH_INFO"]
        assert not POINTS.search(page(answer)), (answer.request, POINTS.search(page(answer)))
    refused = text(statuses[1][0])
    for words in ("Tôi đang gõ dở", "mức chọn", "đã được rút lúc" if over else ALONE):
        assert words in refused
    assert set(statuses[2][0].json()) == {"message"}
    assert fresh(helped).revision == helped.revision


def test_the_assessor_is_told_whom_to_ask_and_led_to_no_shut_page(
    visits: Visits, world: World, assessor: User, helped: Dossier
) -> None:
    client = visits.as_(assessor, world)
    for name in ("dossier", "evidence"):
        answer = client.get(url(name, helped))
        assert ALONE in text(answer)
        assert url("self-assessment", helped) not in page(answer)
    Dossier.objects.filter(pk=helped.pk).update(choices={})
    submit = client.get(url("submit", helped))
    assert "chưa tự chấm" in text(submit)
    assert url("self-assessment", helped) not in page(submit)


def test_the_assessor_types_answers_and_papers(visits: Visits, world: World, assessor: User, helped: Dossier) -> None:
    answered(world, helped.registration.product, {"packing": "Gói 500 g"}, by=assessor)
    client = visits.as_(assessor, world)
    assert client.post(url("evidence", helped), {"papers": [photo()], "title": "Nhãn"}).status_code == 302
    read = text(client.get(url("read-back", helped)))
    for words in ("Gói 500 g", "Nhãn", "Có đủ", "Mức tự chấm: chủ thể đọc ở phần tự đánh giá."):
        assert words in read


# ── the subject's word by a recording ──


def recorded() -> SimpleUploadedFile:
    return sent("xac-nhan.wav", wav())


def test_whoever_takes_the_dossier_in_never_confirms_by_a_recording(
    visits: Visits, world: World, assessor: User, team: User, helped: Dossier
) -> None:
    subject, seen = helped.registration.product.subject, content_sha256(helped)
    consent(world, subject, world.officer)
    code = make_code(subject=subject, purpose=Purpose.READ_BACK, by=owner(helped), at=world.at)
    shut_accounts(subject)
    for taker in (assessor, world.officer):
        with writes_nothing(helped, Refused, "không ghi nhận thay chủ thể bằng bản ghi.*tổ giúp việc"):
            read_back(dossier=helped, seen=seen, statement=recorded(), by=taker, at=world.at)
    told = visits.as_(assessor, world).get(url("read-back", helped))
    assert "không ghi nhận thay chủ thể bằng bản ghi" in text(told)
    assert 'name="statement"' not in page(told)
    assert 'name="statement"' in page(visits.as_(team, world).get(url("read-back", helped)))
    assert read_back(dossier=helped, seen=seen, code=code, by=assessor, at=world.at).how == "code"
    assert read_back(dossier=helped, seen=seen, statement=recorded(), by=team, at=world.at).how == "statement"
    assert LedgerEntry.objects.filter(act="read_back").count() == 2


def test_recordings_are_shown_to_the_subject_and_to_the_desks(
    visits: Visits, world: World, assessor: User, team: User
) -> None:
    dossier = fill_in(draft_dossier(world), world)
    subject = dossier.registration.product.subject
    shut_accounts(subject)
    given = give_consent(
        subject=subject, statement=recorded(), words="Bà Mến nói ở nhà", until=day_of(world.at), by=team, at=world.at
    )
    told = read_back(dossier=dossier, seen=content_sha256(dossier), statement=recorded(), by=team, at=world.at)
    subject.people.update(is_active=True)
    recording = url("read-back-statement", dossier, told.pk)
    for user in (owner_of(subject), assessor, world.officer, team):
        client = visits.as_(user, world)
        for shown in (client.get(url("dossier", dossier)), client.get(url("word-panel", dossier))):
            for words in ("Chủ thể đã đọc lại", "Lời đồng ý được ghi lại", "Bà Mến nói ở nhà", team.full_name):
                assert words in text(shown)
            assert recording in page(shown)
            assert f"/{given.pk}/loi-dong-y/" in page(shown)
        assert client.get(recording).status_code == 200
    leader = visits.as_(world.leader, world)
    assert recording not in page(leader.get(url("dossier", dossier)))
    assert leader.get(recording).status_code == 403
    submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)
    window = url("word-panel", dossier)
    assert window in page(visits.as_(assessor, world).get(f"/ho-so/{dossier.pk}/nhan-xet/"))
