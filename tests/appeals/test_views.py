"""Appeals on the screen: how and until when, the form, the answer, and who reads none of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.appeals.actions import advise, answer_appeal
from ocop.appeals.models import Appeal
from ocop.council.actions import declare
from tests.factories import city_2024, closed_hearing, enter, person
from tests.factories.appeals import TEXT, appealed, dossier_of, granted, next_meeting, out
from tests.factories.cycle import owner_of, photo

pytestmark = pytest.mark.django_db

SECRET = "Cơ quan cho rằng nên giữ nguyên"


@pytest.fixture
def world():
    return city_2024()


def owner(dossier):
    return owner_of(dossier.registration.product.subject)


def test_a_subject_reads_how_and_until_when_and_appeals(client, settings, world):
    dossier = dossier_of(out(world))
    own = enter(client, settings, owner(dossier), world)
    panel = own.get(reverse("appeals:dossier-panel", args=[dossier.pk])).content.decode()
    assert "Gửi kiến nghị trước hết ngày" in panel
    page = reverse("appeals:dossier", args=[dossier.pk])
    shown = own.get(page).content.decode()
    assert "26/09/2024" in shown
    assert "Luật Khiếu nại" in shown
    refused = own.post(page, {"text": "", "papers": photo("don.jpg")})
    assert refused.status_code == 422
    assert "Đã giữ tệp “don.jpg”" in refused.content.decode()
    held = [upload.key for upload in refused.context["held"]]
    assert own.post(page, {"text": TEXT, "held": held}).status_code == 302
    appeal = Appeal.objects.get()
    assert appeal.files.count() == 1
    shown = own.get(page).content.decode()
    assert TEXT in shown
    assert "Chờ trả lời" in shown
    again = own.post(page, {"text": "Lần nữa"})
    assert again.status_code == 422
    assert "đã có kiến nghị" in again.content.decode()
    file = reverse("appeals:file", args=[appeal.pk, appeal.files.get().file.key])
    assert own.get(file).status_code == 200


def test_before_the_result_is_out_there_is_nothing_to_appeal(client, settings, world):
    dossier = dossier_of(closed_hearing(world))
    own = enter(client, settings, owner(dossier), world)
    page = reverse("appeals:dossier", args=[dossier.pk])
    assert "Chưa có kết quả để kiến nghị" in own.get(page).content.decode()
    assert "Kiến nghị" not in own.get(reverse("appeals:dossier-panel", args=[dossier.pk])).content.decode()
    assert own.post(page, {"text": TEXT}).status_code == 422


def test_after_the_last_day_the_further_way_is_named(client, settings, world):
    dossier = dossier_of(out(world))
    world.at += timedelta(days=20)
    own = enter(client, settings, owner(dossier), world)
    page = own.get(reverse("appeals:dossier", args=[dossier.pk]))
    assert page.context["form"] is None
    assert "đã hết ngày 26/09/2024" in page.content.decode()
    assert "90 ngày" in page.content.decode()


def test_the_office_lists_reads_advises_and_the_leader_answers(client, settings, world):
    appeal = appealed(world)
    to = next_meeting(world, appeal)
    page = reverse("appeals:appeal", args=[appeal.pk])
    office = enter(client, settings, world.officer, world)
    assert page in office.get(reverse("appeals:list")).content.decode()
    assert office.post(reverse("appeals:advise", args=[appeal.pk]), {"text": ""}).status_code == 422
    assert office.post(reverse("appeals:advise", args=[appeal.pk]), {"text": SECRET}).status_code == 302
    assert office.get(page).context["form"] is None
    assert office.post(page, {"granted": "0", "text": "Không"}).status_code == 403
    leader = enter(client, settings, world.leader, world)
    assert SECRET in leader.get(page).content.decode()
    refused = leader.post(page, {"granted": "1", "text": "Có giấy tờ chưa xét", "to": ""})
    assert refused.status_code == 422
    assert "Có giấy tờ chưa xét" in refused.content.decode()
    assert leader.post(page, {"granted": "1", "text": "Có giấy tờ chưa xét", "to": to.pk}).status_code == 302
    assert leader.post(page, {"granted": "0", "text": "Đổi ý"}).status_code == 422
    assert page in leader.get(f"{reverse('appeals:list')}?da-tra-loi=1").content.decode()
    own = enter(client, settings, owner(appeal.dossier), world)
    shown = own.get(reverse("appeals:dossier", args=[appeal.dossier_id])).content.decode()
    assert "Chấp nhận kiến nghị" in shown
    assert "Phiên xem xét lại" in shown
    assert SECRET not in shown
    for ending in ("pdf", "docx"):
        assert own.get(reverse("appeals:answer-paper", args=[appeal.pk, ending])).status_code == 200
    assert SECRET not in own.get(page).content.decode()


def test_an_office_enters_an_appeal_on_paper(client, settings, world):
    dossier = dossier_of(out(world))
    commune = enter(client, settings, world.commune_officer, world)
    page = reverse("appeals:dossier", args=[dossier.pk])
    said = {"text": TEXT, "brought_by": "Anh Nam", "received_on": f"{world.at:%d/%m/%Y}"}
    refused = commune.post(page, said)
    assert refused.status_code == 422
    assert "có chữ ký" in refused.content.decode()
    assert commune.post(page, {**said, "papers": [photo(), photo()]}).status_code == 302
    assert Appeal.objects.get().files.count() == 2
    assert "Anh Nam" in commune.get(page).content.decode()


def test_lists_ask_the_same_number_of_questions_for_more_rows(client, settings, world):
    office = enter(client, settings, world.officer, world)

    def asked_for() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(reverse("appeals:list")).status_code == 200
        return len(queries)

    appealed(world)
    asked_for()
    one = asked_for()
    for _ in range(2):
        appealed(world)
    assert asked_for() == one


def test_nobody_else_reads_an_appeal(client, settings, world):
    held_by = world.commune_officer
    appeal = appealed(world)
    council = appeal.result.hearing.session.council
    advise(appeal=appeal, text=SECRET, by=world.officer, at=world.later)
    member = council.seats.filter(role="member").first().user
    vice = council.seats.get(role="vice_chair").user
    stranger = person("Chủ thể khác", Role.SUBJECT, world.commune)
    elsewhere = person("Lãnh đạo nơi khác", Role.LEADER, world.commune)
    pages = [
        reverse("appeals:appeal", args=[appeal.pk]),
        reverse("appeals:answer-paper", args=[appeal.pk, "pdf"]),
        reverse("appeals:list"),
        reverse("appeals:dossier", args=[appeal.dossier_id]),
        reverse("appeals:dossier-panel", args=[appeal.dossier_id]),
    ]
    for by in (member, vice, stranger, elsewhere, held_by, world.liaison):
        other = enter(client, settings, by, world)
        for page in pages:
            answer = other.get(page)
            assert answer.status_code in (200, 403, 404)
            assert TEXT not in answer.content.decode(), page
            assert SECRET not in answer.content.decode(), page
        assert other.post(pages[0], {"granted": "0", "text": "Không"}).status_code in (403, 404)
        assert other.post(reverse("appeals:advise", args=[appeal.pk]), {"text": "x"}).status_code in (403, 404)
    client.logout()
    for page in pages:
        assert client.get(page).status_code == 302


def test_a_member_of_the_new_hearing_reads_the_words_after_the_door_and_never_the_old_points(client, settings, world):
    answer = granted(world)
    appeal, seats = answer.appeal, answer.hearing.session.council.seats.filter(role="member").order_by("pk")
    page = reverse("appeals:appeal", args=[appeal.pk])
    reader, kept_out = seats[0].user, seats[1].user
    member = enter(client, settings, reader, world)
    assert member.get(page).status_code == 404
    declare(hearing=answer.hearing, conflict=False, by=reader, at=world.later)
    shown = member.get(page)
    assert TEXT in shown.content.decode()
    assert shown.context["appeal_card"]["old"] is None
    assert "40,00" not in shown.content.decode()
    assert member.get(reverse("appeals:answer-paper", args=[appeal.pk, "pdf"])).status_code == 404
    declare(hearing=answer.hearing, conflict=True, reason="Chú ruột", by=kept_out, at=world.later)
    assert enter(client, settings, kept_out, world).get(page).status_code == 404


def test_kept_as_it_is_the_subject_reads_why_and_the_further_way(client, settings, world):
    appeal = appealed(world)
    answer_appeal(appeal=appeal, granted=False, text="Giấy tờ đã được xét.", by=world.leader, at=world.later)
    own = enter(client, settings, owner(appeal.dossier), world)
    shown = own.get(reverse("appeals:dossier", args=[appeal.dossier_id])).content.decode()
    assert "Giấy tờ đã được xét." in shown
    assert "Luật Khiếu nại" in shown
    assert "40,00" in shown
