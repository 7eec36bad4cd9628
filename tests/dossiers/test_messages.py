"""Questions and answers on a dossier, and the items it was sent back for."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ocop.accounts.states import Role
from ocop.core.errors import Refused
from ocop.dossiers.actions import answer_items, send_message
from ocop.dossiers.actions.noting import Crossed
from ocop.dossiers.models import Message
from ocop.dossiers.queries import content_of, items_asked, typed_for, unanswered
from ocop.dossiers.rules import mark_of_text
from tests.dossiers.test_versions import sent_back
from tests.factories import city_2024, draft_dossier, person, photo, submitted_dossier
from tests.factories.consent import consent
from tests.factories.cycle import fresh
from tests.factories.dossiers import owner, visits  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


# ── the thread ──


def test_a_question_and_its_answer(world) -> None:
    dossier = draft_dossier(world)
    asked = send_message(
        dossier=dossier, text=" Giấy này cần công chứng không? ", criterion="1.a", by=owner(dossier), at=world.at
    )
    assert (asked.text, asked.from_subject) == ("Giấy này cần công chứng không?", True)
    said = send_message(dossier=dossier, text="Không cần.", upload=photo(), by=world.officer, at=world.at)
    assert (said.from_subject, said.file is not None) == (False, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"text": "  "}, "text"), ({"text": "x" * 3001}, "text"), ({"text": "x", "criterion": "99.z"}, "criterion")],
)
def test_a_refused_message_is_not_kept(world, typed, field) -> None:
    dossier = draft_dossier(world)
    with pytest.raises(Refused) as refused:
        send_message(dossier=dossier, **typed, by=owner(dossier), at=world.at)
    assert refused.value.field == field
    assert not Message.objects.exists()


def test_strangers_and_council_members_neither_read_nor_write(world, visits) -> None:  # noqa: F811
    dossier = submitted_dossier(world)
    member = person("Thành viên", Role.MEMBER, world.unit)
    for outsider in (person("Người lạ"), member):
        with pytest.raises(PermissionDenied):
            send_message(dossier=dossier, text="Chào", by=outsider, at=world.at)
        assert visits.as_(outsider, world).get(f"/ho-so/{dossier.pk}/trao-doi/").status_code == 404


def test_a_word_sent_stays_as_it_was(world) -> None:
    sent = send_message(dossier=draft_dossier(world), text="Chào", by=world.officer, at=world.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(pk=sent.pk).update(text="Khác")


def test_what_waits_for_an_answer(world) -> None:
    asked, answered = draft_dossier(world), draft_dossier(world)
    day = world.at.date()
    question = send_message(dossier=asked, text="Hỏi", by=owner(asked), at=world.at)
    send_message(dossier=answered, text="Hỏi", by=owner(answered), at=world.at)
    reply = send_message(dossier=answered, text="Đáp", by=world.officer, at=world.at)
    assert list(unanswered(world.officer, day)) == [question]
    assert list(unanswered(owner(answered), day)) == [reply]
    assert list(unanswered(owner(asked), day)) == []
    assert list(unanswered(person("Người lạ"), day)) == []


def test_the_page_of_the_thread(world, visits) -> None:  # noqa: F811
    dossier = draft_dossier(world)
    client = visits.as_(owner(dossier), world)
    address = f"/ho-so/{dossier.pk}/trao-doi/"
    assert address in client.get(f"/ho-so/{dossier.pk}/").content.decode()
    refused = client.post(address, {"text": "Gửi kèm tệp lạ", "attached": _named("a.exe")})
    assert refused.status_code == 422
    assert "Gửi kèm tệp lạ" in refused.content.decode()
    again = client.post(address, {"text": " ", "attached": photo()})
    held = again.context["held"].key
    assert client.post(address, {"text": "Kèm ảnh đã giữ", "held": held}).status_code == 302
    assert Message.objects.get().file is not None
    assert client.post(address, {"text": "Cần công chứng không?", "attached": photo()}).status_code == 302
    assert "Cần công chứng không?" in client.get(address).content.decode()
    key = Message.objects.latest("pk").file.key
    assert client.get(f"{address}tep/{key}/").status_code == 200
    assert visits.as_(person("Người lạ"), world).get(f"{address}tep/{key}/").status_code == 404


def _named(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"MZ nothing to run")


def test_the_thread_is_paged_and_asks_as_often_for_many(world, visits) -> None:  # noqa: F811
    dossier = draft_dossier(world)
    client = visits.as_(owner(dossier), world)
    address = f"/ho-so/{dossier.pk}/trao-doi/"
    send_message(dossier=dossier, text="Lời 0", by=world.officer, at=world.at)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(1, 30):
        send_message(dossier=dossier, text=f"Lời {number}", by=world.officer, at=world.at)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) == len(one)
    assert "Lời 29" in page
    assert "Lời 4<" not in page
    assert "truoc=" in page


# ── items asked for, ticked off ──


def test_items_are_answered_one_by_one(world) -> None:
    dossier = sent_back(submitted_dossier(world), world, items=2)
    first, second = items_asked(dossier)
    assert (first.example, first.answer) == ("Phiếu của Quatest 1", "")
    answer_items(dossier=dossier, answers={first.key: "Đã thêm phiếu mới"}, by=owner(dossier), at=world.at)
    first, second = items_asked(fresh(dossier))
    assert (first.answer, second.answer) == ("Đã thêm phiếu mới", "")
    assert content_of(fresh(dossier))["item_answers"] == {first.key: "Đã thêm phiếu mới"}


def test_an_answer_to_nothing_asked_is_refused(world) -> None:
    dossier = sent_back(submitted_dossier(world), world)
    with pytest.raises(Refused, match="không thuộc lần yêu cầu"):
        answer_items(dossier=dossier, answers={"1-99": "x"}, by=owner(dossier), at=world.at)
    draft = draft_dossier(world)
    with pytest.raises(Refused, match="không có mục nào chờ"):
        answer_items(dossier=draft, answers={"1-1": "x"}, by=owner(draft), at=world.at)


def test_an_office_answers_no_item(world) -> None:
    dossier = sent_back(submitted_dossier(world), world)
    with pytest.raises(PermissionDenied):
        answer_items(dossier=dossier, answers={}, by=world.officer, at=world.at)


def test_two_people_answering_one_item(world) -> None:
    dossier = sent_back(submitted_dossier(world), world)
    (item,) = items_asked(dossier)
    seen = {item.key: mark_of_text("")}
    answer_items(dossier=dossier, answers={item.key: "A"}, seen=seen, by=owner(dossier), at=world.at)
    with pytest.raises(Crossed):
        answer_items(dossier=dossier, answers={item.key: "B"}, seen=seen, by=owner(dossier), at=world.at)
    assert items_asked(fresh(dossier))[0].answer == "A"


def test_what_a_helper_answers_has_to_be_read_back(world) -> None:
    dossier = sent_back(submitted_dossier(world), world)
    consent(world, dossier.registration.product.subject, world.commune_officer)
    (item,) = items_asked(dossier)
    answer_items(dossier=dossier, answers={item.key: "Đã thêm"}, by=world.commune_officer, at=world.at)
    assert [typed.words for typed in typed_for(fresh(dossier))] == ["Đã thêm"]


def test_the_page_of_items(world, visits) -> None:  # noqa: F811
    dossier = sent_back(submitted_dossier(world), world, items=2)
    client = visits.as_(owner(dossier), world)
    address = f"/ho-so/{dossier.pk}/bo-sung/"
    page = client.get(address).content.decode()
    assert "Quá 12 tháng" in page
    assert "Phiếu của Quatest 1" in page
    assert f"/ho-so/{dossier.pk}/minh-chung/" in page
    first, _ = items_asked(dossier)
    saved = client.post(f"{address}luu/", {f"loi-{first.key}": "Đã thêm", f"seen-loi-{first.key}": mark_of_text("")})
    assert saved.json()["seen"] == {f"loi-{first.key}": mark_of_text("Đã thêm")}
    refused = client.post(address, {f"loi-{first.key}": "x" * 1001})
    assert refused.status_code == 422
    assert "x" * 1001 in refused.content.decode()
    assert address in client.get(f"/ho-so/{dossier.pk}/").content.decode()
    client.post(address, {f"loi-{first.key}": "Đã thêm phiếu"})
    assert "Đã thêm phiếu" in client.get(f"/ho-so/{dossier.pk}/nop/").content.decode()
