"""The clerk's pages: templates and the register; who sees them, what is refused, how many questions they ask."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.files.models import Upload
from ocop.paperwork.kinds import kinds
from ocop.paperwork.models import OfficeTemplate, PaperSignature
from ocop.paperwork.word import starter
from tests.factories.paperwork import adopted, issued, with_signer
from tests.factories.world import city_2024, enter, person, province_2026
from tests.paperwork.templates import said, tables, template, with_field

pytestmark = pytest.mark.django_db
CLERKS = {Role.LEAD_OFFICER, Role.LEADER, Role.ADMIN}


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def office(client, settings, world):
    return enter(client, settings, world.officer, world)


def kind_url(world, kind="minutes", name="kind", *more):
    return reverse(f"paperwork:{name}", args=[world.unit.pk, kind, *more])


def send(client, world, file, name="mau.docx"):
    return client.post(kind_url(world), {"file": SimpleUploadedFile(name, file)})


def asks(client, url):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("role", Role)
def test_the_pages_are_for_the_office(client, settings, world, role):
    enter(client, settings, person("Ai đó", role, world.unit), world)
    expected = 200 if role in CLERKS else 403
    for url in (reverse("paperwork:templates"), reverse("paperwork:register"), kind_url(world)):
        assert client.get(url).status_code == expected


def test_strangers_are_sent_to_sign_in(client, world):
    for url in (reverse("paperwork:templates"), reverse("paperwork:register"), kind_url(world)):
        assert client.get(url).status_code == 302


def test_another_office_and_an_unknown_kind_are_not_found(office, world):
    other = province_2026()
    assert office.get(kind_url(other)).status_code == 404
    assert office.get(kind_url(world, "la")).status_code == 404
    assert office.get(kind_url(world, "minutes", "template", 1)).status_code == 404


def test_the_list_names_every_kind_and_asks_the_same_number_of_questions(office, world):
    url = reverse("paperwork:templates")
    text = office.get(url).content.decode()
    assert all(kind.name in text for kind in kinds().values())
    before = asks(office, url)
    adopted(world, file=template("co_quan"))
    adopted(world, file=template("co_quan"), kind="council_report")
    assert asks(office, url) == before
    assert "Mẫu của cơ quan" in office.get(url).content.decode()


def test_a_starter_is_handed_out_and_accepted_as_it_is(office, world):
    response = office.get(kind_url(world, "minutes", "starter"))
    assert response["Content-Disposition"] == 'attachment; filename="mau-minutes.docx"'
    assert response.content == starter(kinds()["minutes"])
    assert send(office, world, response.content).status_code == 302


def test_from_the_file_to_the_template_in_use_and_back(office, world):
    response = send(office, world, template("so_van_ban", "co_quan"))
    trial = response["Location"]
    assert OfficeTemplate.objects.count() == 0
    assert "Mẫu dùng được" in office.get(trial).content.decode()
    sample = office.get(f"{trial}dien-thu.docx")
    assert said(sample.content) == ["Chỗ của so_van_ban: 01/BB-HĐ", "Chỗ của co_quan: [Cơ quan ban hành]"]
    assert office.post(trial).status_code == 302
    live = OfficeTemplate.objects.get()
    assert (live.version, live.adopted_by, live.retired_at) == (1, world.officer, None)
    assert LedgerEntry.objects.latest("seq").words == "Dùng mẫu của cơ quan cho biên bản họp Hội đồng, bản 1"
    text = office.get(kind_url(world)).content.decode()
    assert "đang dùng mẫu của cơ quan, bản 1" in text
    assert office.get(kind_url(world, "minutes", "template", 1)).status_code == 200
    assert said(office.get(kind_url(world, "minutes", "filled", 1)).content)[0] == "Chỗ của so_van_ban: 01/BB-HĐ"
    office.post(kind_url(world, "minutes", "retire"))
    live.refresh_from_db()
    assert live.retired_by == world.officer
    assert LedgerEntry.objects.latest("seq").words == "Trở lại mẫu chuẩn cho biên bản họp Hội đồng"
    entries = LedgerEntry.objects.count()
    office.post(kind_url(world, "minutes", "retire"))
    assert LedgerEntry.objects.count() == entries


def test_a_new_version_retires_the_one_before_it(world):
    first, second = (adopted(world, file=template("co_quan", "dia_danh"[:n])) for n in (9, 9))
    first.refresh_from_db()
    assert (first.version, second.version) == (1, 2)
    assert first.retired_at is not None
    assert second.retired_at is None


def test_a_bad_template_is_answered_with_each_mistake_and_nothing_is_kept(office, world):
    response = send(office, world, template("co_quan", "ten_la"))
    assert response.status_code == 422
    assert "không có trường “ten_la”" in response.content.decode()
    response = send(office, world, with_field(' INCLUDEPICTURE "http://vi-du.vn/a.png" '))
    assert response.status_code == 422
    assert "INCLUDEPICTURE" in response.content.decode()
    assert Upload.objects.count() == 0
    assert OfficeTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("file", "name", "words"),
    [
        (b"%PDF-1.7 x", "mau.pdf", "tệp"),
        (b"PK\x03\x04", "mau.docx", "mau.docx"),
        (b"", "mau.docx", ""),
    ],
)
def test_what_is_no_word_file_is_refused(office, world, file, name, words):
    response = send(office, world, file, name)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert OfficeTemplate.objects.count() == 0


def test_a_trial_is_its_owners_alone(office, client, settings, world):
    trial = send(office, world, template("co_quan"))["Location"]
    enter(client, settings, person("Người khác", Role.LEAD_OFFICER, world.unit), world)
    assert client.get(trial).status_code == 404
    assert client.post(trial).status_code == 404


def test_the_register_shows_what_went_out_and_nothing_of_its_content(office, world):
    url = reverse("paperwork:register")
    assert "Chưa có văn bản nào" in office.get(url).content.decode()
    issued(world)
    before = asks(office, url)
    for _ in range(2):
        issued(world, kind="council_report", title="Báo cáo đợt 2")
    assert asks(office, url) == before
    text = office.get(url).content.decode()
    assert "01/BB-HĐ" in text
    assert "02/BC-HĐ" in text
    assert "Phiên họp kết thúc" not in text
    assert "02/BC-HĐ" not in office.get(url, {"loai": "minutes"}).content.decode()
    assert "02/BC-HĐ" in office.get(url, {"loai": "la", "truoc": "abc"}).content.decode()


def test_the_register_is_of_ones_own_office(client, settings, world):
    other = province_2026()
    issued(world)
    enter(client, settings, other.officer, other)
    assert "01/BB-HĐ" not in client.get(reverse("paperwork:register")).content.decode()


def test_the_office_signs_from_the_register(office, world, settings, tmp_path):
    paper = issued(world)
    url = reverse("paperwork:sign", args=[paper.code])
    settings.OCOP_SIGNER = dict.fromkeys(settings.OCOP_SIGNER, "")
    assert "chưa cài chứng thư số" in office.get(reverse("paperwork:register")).content.decode()
    assert "chưa cài chứng thư số" in office.post(url, follow=True).content.decode()
    with_signer(settings, tmp_path)
    text = office.post(url, follow=True).content.decode()
    assert "Đã ký số văn bản số 01/BB-HĐ" in text
    assert "chứng thư trình diễn" in text
    assert "đã có chữ ký số" in office.post(url, {"tiep": "/van-thu/"}, follow=True).content.decode()
    assert PaperSignature.objects.count() == 1
    assert office.get(url).status_code == 405
    assert office.post(reverse("paperwork:sign", args=["0" * 11])).status_code == 404


def test_signing_leads_on_within_the_house_only(office, world, settings, tmp_path):
    with_signer(settings, tmp_path)
    url = reverse("paperwork:sign", args=[issued(world).code])
    assert office.post(url, {"tiep": "https://noi-khac.vn/"})["Location"] == reverse("paperwork:register")


def test_an_administrator_keeps_the_register_and_does_not_sign(client, settings, world, tmp_path):
    with_signer(settings, tmp_path)
    paper = issued(world)
    enter(client, settings, person("Quản trị", Role.ADMIN, world.unit), world)
    assert "Ký số<" not in client.get(reverse("paperwork:register")).content.decode()
    assert client.post(reverse("paperwork:sign", args=[paper.code])).status_code == 403
    assert PaperSignature.objects.count() == 0


def test_a_paper_is_handed_out_as_it_stands(world, settings, tmp_path, rf):
    from django.http import Http404

    from ocop.paperwork.actions import sign_paper
    from ocop.paperwork.delivery import hand_out_paper

    with_signer(settings, tmp_path)
    paper = issued(world)
    plain = b"".join(hand_out_paper(rf.get("/"), paper, "pdf").streaming_content)
    signed = sign_paper(paper=paper, by=world.officer, at=world.at)
    later = b"".join(hand_out_paper(rf.get("/"), signed, "pdf").streaming_content)
    assert later.startswith(plain)
    assert len(later) > len(plain)
    word = b"".join(hand_out_paper(rf.get("/"), signed, "docx").streaming_content)
    assert "BIÊN BẢN" in " ".join(said(word)) or tables(word)
    with pytest.raises(Http404):
        hand_out_paper(rf.get("/"), signed, "exe")
