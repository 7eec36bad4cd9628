"""Pages of the wallet: who may open them, what they say, what stays after a refusal."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.files.models import StoredFile, Upload
from ocop.wallet import forms
from ocop.wallet.models import Paper
from ocop.wallet.queries import papers_of
from ocop.wallet.views import reading
from tests.factories import World, enter, person, province_2026, subject, unit
from tests.factories.consent import consent
from tests.factories.cycle import owner_of
from tests.factories.files import docx, heic, jpeg, pdf, sent, wav
from tests.factories.wallet import DATED, held, paper

pytestmark = pytest.mark.django_db
TYPED = {"kind": DATED, "number": "12/ATTP", "issuer": "Chi cục", "issued_on": "05/01/2026", "expires_on": "05/01/2029"}


@pytest.fixture
def world() -> World:
    return province_2026()


@pytest.fixture
def producer(world: World):
    return subject(world)


@pytest.fixture
def own(client: Client, settings, world: World, producer) -> Client:
    return enter(client, settings, owner_of(producer), world)


def address(name: str, producer, *keys: int) -> str:
    return reverse(f"wallet:{name}", args=[producer.pk, *keys])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_own_wallet_is_one_step_away(own: Client, producer) -> None:
    assert own.get(reverse("wallet:own")).url == address("wallet", producer)
    assert "Thêm giấy tờ đầu tiên" in words(own.get(address("wallet", producer)))


def test_whoever_fills_several_wallets_chooses(own: Client, world: World, producer) -> None:
    other = subject(world, owner=owner_of(producer))
    page = words(own.get(reverse("wallet:own")))
    assert producer.name in page
    assert other.name in page


def test_a_stranger_to_wallets_is_told_where_they_open(client: Client, settings, world: World) -> None:
    page = enter(client, settings, world.commune_officer, world).get(reverse("wallet:own"))
    assert "Bạn chưa thay mặt chủ thể nào" in words(page)


def test_the_list_says_the_light_in_words(own: Client, world: World, producer) -> None:
    paper(world, producer, kind=DATED, number="7/2023", expires_on=date(2026, 10, 20))
    paper(world, producer, title="Chưa rõ là gì")
    page = words(own.get(address("wallet", producer)))
    assert "hết hạn 20/10/2026, trước ngày đóng đợt 29/10/2026" in page
    assert "Thay bản mới" in page
    assert "Ghi loại giấy, số và ngày" in page
    assert "2 giấy cần làm" in page
    assert "Chưa rõ là gì" not in words(own.get(address("wallet", producer), {"q": "7/2023"}))
    assert "7/2023" not in words(own.get(address("wallet", producer), {"loc": "con-han"}))


def test_the_list_takes_the_same_queries_for_one_paper_and_three(own: Client, world: World, producer) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as taken:
            own.get(address("wallet", producer))
        return len(taken)

    paper(world, producer)
    one = count()
    paper(world, producer)
    paper(world, producer)
    assert count() == one


# ── adding ──


def test_one_form_without_javascript_makes_a_paper_of_several_pages(own: Client, producer) -> None:
    files = {"photos": [sent("1.jpg", jpeg()), sent("2.heic", heic())], "papers": [sent("3.pdf", pdf(2))]}
    answer = own.post(address("add", producer), {**TYPED, **files})
    kept = papers_of(producer).get()
    assert answer.url == address("paper", producer, kept.pk)
    assert (kept.pages, kept.number, kept.expires_on) == (4, "12/ATTP", date(2029, 1, 5))


def test_files_held_by_the_page_are_taken_in_their_order(own: Client, world: World, producer) -> None:
    one, two = held(world, producer, "1.jpg", jpeg()), held(world, producer, "2.docx", docx())
    own.post(address("add", producer), {**TYPED, "uploads": [str(one.key)]})
    assert papers_of(producer).get().file == one.stored
    refused = own.post(address("add", producer), {"uploads": [str(two.key), str(one.key)]})
    assert "Chỉ ghép được ảnh và PDF" in words(refused)


def test_after_a_refusal_every_typed_word_and_every_file_stays(own: Client, producer) -> None:
    typed = {**TYPED, "issued_on": "05/01/2030", "number": "", "title": "Giấy của bếp 2"}
    files = {
        "papers": [
            sent("trang-1.jpg", jpeg()),
            sent("hong.pdf", b"%PDF-1.7 hong"),
            sent("trang-2.jpg", jpeg((1, 2, 3))),
        ]
    }
    refused = own.post(address("add", producer), {**typed, **files})
    page = words(refused)
    assert refused.status_code == 422
    assert "Ngày cấp 05/01/2030 còn chưa tới" in page
    assert "Loại giấy này có số" in page
    assert "Tệp PDF “hong.pdf” bị hỏng" in page
    assert "Giấy của bếp 2" in page
    assert page.count('type="hidden" name="uploads"') == 2
    assert not Paper.objects.exists()

    again = {**TYPED, "uploads": [str(key) for key in Upload.objects.values_list("key", flat=True)]}
    own.post(address("add", producer), again)
    assert papers_of(producer).get().pages == 2


def test_the_same_file_twice_is_said_and_nothing_doubled(own: Client, world: World, producer) -> None:
    paper(world, producer, upload=sent("a.jpg", jpeg()), title="Ảnh xưởng")
    refused = own.post(address("add", producer), {"papers": sent("b.jpg", jpeg())})
    assert refused.status_code == 422
    assert "đã có trong ví với tên “Ảnh xưởng”" in words(refused)
    assert papers_of(producer).count() == 1


def test_a_paper_without_a_file(own: Client, producer) -> None:
    refused = own.post(address("add", producer), TYPED)
    assert (refused.status_code, "Chưa có ảnh hay tệp nào" in words(refused)) == (422, True)


def test_a_held_file_can_be_dropped_without_javascript(own: Client, world: World, producer) -> None:
    one, two = held(world, producer, "1.jpg", jpeg()), held(world, producer, "2.jpg", jpeg((1, 1, 1)))
    page = own.post(address("add", producer), {**TYPED, "uploads": [str(one.key), str(two.key)], "drop": str(one.key)})
    assert words(page).count('type="hidden" name="uploads"') == 1
    assert "12/ATTP" in words(page)
    assert list(Upload.objects.all()) == [two]
    assert not Paper.objects.exists()


def test_keys_that_are_none_or_of_others_are_left_out(own: Client, world: World, producer) -> None:
    foreign = held(world, subject(world), "1.jpg", jpeg())
    refused = own.post(address("add", producer), {"uploads": ["x", str(uuid4()), str(foreign.key)]})
    assert "Chưa có ảnh hay tệp nào" in words(refused)


def test_two_hundred_files_at_once_get_a_clear_answer(own: Client, producer, monkeypatch) -> None:
    monkeypatch.setattr(forms.PaperForm, "most", 3)
    files = [sent(f"{number}.jpg", jpeg((number, 0, 0), (8, 8))) for number in range(200)]
    refused = own.post(address("add", producer), {"papers": files})
    page = words(refused)
    assert refused.status_code == 422
    assert "Bạn chọn 200 tệp; mỗi lần nhận nhiều nhất 3. Đã giữ 3 tệp đầu" in page
    assert (page.count('type="hidden" name="uploads"'), StoredFile.objects.count()) == (3, 3)


def test_many_papers_at_once_one_a_file(own: Client, world: World, producer) -> None:
    paper(world, producer, upload=sent("a.jpg", jpeg((9, 9, 9))), title="Đã có")
    files = [sent("so-1.jpg", jpeg((1, 1, 1))), sent("so-2.jpg", jpeg((2, 2, 2))), sent("trung.jpg", jpeg((9, 9, 9)))]
    page = words(own.post(address("add-many", producer), {"papers": files}, follow=True))
    assert "Đã thêm 2 giấy tờ" in page
    assert "đã có trong ví với tên “Đã có”" in page
    assert {each.title for each in papers_of(producer)} == {"Đã có", "so-1", "so-2"}
    assert "Chưa có tệp nào" in words(own.post(address("add-many", producer), {}))


def test_files_left_behind_by_a_lost_page_are_offered_again(own: Client, world: World, producer) -> None:
    left = held(world, producer, "trang-1.jpg", jpeg())
    page = words(own.get(address("add", producer)))
    assert "1 tệp bạn đã tải lên trước đây còn chưa lưu: trang-1.jpg" in page
    assert str(left.key) not in page
    again = words(own.get(address("add", producer), {"giu": "1"}))
    assert f'name="uploads" value="{left.key}"' in again
    own.post(address("add", producer), {"uploads": [str(left.key)]})
    assert "còn chưa lưu" not in words(own.get(address("add", producer)))


def test_a_long_list_is_folded_by_kind(own: Client, world: World, producer, monkeypatch) -> None:
    paper(world, producer, kind=DATED, number="1", expires_on=date(2029, 1, 1))
    paper(world, producer)
    assert '<details class="fold"' not in words(own.get(address("wallet", producer)))
    monkeypatch.setattr(reading, "MOST_OPEN_GROUPS", 1)
    page = words(own.get(address("wallet", producer)))
    assert page.count('<details class="fold"') == 2
    assert "Chưa ghi loại giấy (1)" in page


# ── a paper ──


def test_the_paper_shows_itself_its_facts_and_its_history(own: Client, world: World, producer) -> None:
    kept = paper(world, producer, kind=DATED, number="7/2026", expires_on=date(2029, 1, 1))
    page = words(own.get(address("paper", producer, kept.pk)))
    for said in ("7/2026", "còn hạn đến 01/01/2029", "Thêm vào ví giấy tờ", "Sửa thông tin", "Thay bản mới"):
        assert said in page
    assert own.get(address("paper-file", producer, kept.pk))["Content-Type"] == "image/jpeg"
    assert own.get(address("paper-preview", producer, kept.pk) + "?nho")["Content-Type"] == "image/jpeg"


def test_correcting_says_every_fault_at_once(own: Client, world: World, producer) -> None:
    kept = paper(world, producer)
    wrong = own.post(address("correct", producer, kept.pk), {**TYPED, "number": "", "expires_on": "hôm qua"})
    assert wrong.status_code == 422
    assert "Ghi ngày dạng 16/09/2024" in words(wrong)
    assert "Loại giấy này có số" in words(wrong)
    assert own.post(address("correct", producer, kept.pk), TYPED).status_code == 302
    kept.refresh_from_db()
    assert kept.kind == DATED


def test_renewing_and_its_old_version(own: Client, world: World, producer) -> None:
    old = paper(world, producer, kind=DATED, number="7/2023", expires_on=date(2026, 11, 1))
    typed = {"number": "8/2026", "issued_on": "01/10/2026", "expires_on": "01/10/2029"}
    answer = own.post(address("renew", producer, old.pk), {**typed, "papers": sent("moi.pdf", pdf())})
    newer = papers_of(producer).get()
    assert (answer.url, newer.replaces) == (address("paper", producer, newer.pk), old)
    page = words(own.get(address("paper", producer, old.pk)))
    assert "bản mới hơn" in page
    assert "Thay bản mới" not in page
    refused = own.post(address("renew", producer, old.pk), {**typed, "papers": sent("x.pdf", pdf(2))})
    assert "đã có bản mới hơn" in words(refused)


def test_putting_away_asks_once(own: Client, world: World, producer) -> None:
    kept = paper(world, producer, title="Giấy cũ")
    assert "Cất “Giấy cũ” khỏi ví?" in words(own.get(address("withdraw", producer, kept.pk)))
    assert own.post(address("withdraw", producer, kept.pk)).url == address("wallet", producer)
    assert "đã cất" in words(own.get(address("paper", producer, kept.pk)))
    assert own.post(address("withdraw", producer, kept.pk)).status_code == 422


def test_the_hint_of_a_kind(own: Client) -> None:
    assert "Thường có hạn 36 tháng" in words(own.get(reverse("wallet:kind-hint"), {"kind": DATED}))
    assert words(own.get(reverse("wallet:kind-hint"), {"kind": "x"})) == ""


def test_the_window_on_the_subjects_page(own: Client, world: World, producer) -> None:
    paper(world, producer, kind=DATED, number="1", expires_on=date(2026, 10, 1))
    page = words(own.get(address("panel", producer)))
    assert "1 giấy cần làm" in page
    assert "đã hết hạn 01/10/2026" in page


def test_a_pdf_and_a_recording_are_shown_beside_their_facts(own: Client, world: World, producer) -> None:
    contract = paper(world, producer, upload=sent("hd.pdf", pdf(3)))
    spoken = paper(world, producer, upload=sent("ghi.wav", wav()))
    for kept, said in ((contract, "Trang 1/3"), (spoken, "<audio controls")):
        shown = address("paper-preview", producer, kept.pk)
        assert f'src="{shown}"' in words(own.get(address("paper", producer, kept.pk)))
        assert said in words(own.get(shown))
    listed = words(own.get(address("wallet", producer)))
    assert f"{address('paper-preview', producer, contract.pk)}?nho" in listed
    assert "#sound" in listed
    part = own.get(address("paper-file", producer, spoken.pk), headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part)) == (206, b"RIFF")


def test_a_recording_is_not_joined_with_a_page(own: Client, world: World, producer) -> None:
    uploads = [held(world, producer, "1.jpg", jpeg()).key, held(world, producer, "ghi.wav", wav()).key]
    refused = own.post(address("add", producer), {"uploads": uploads, "title": "Biên bản"})
    assert refused.status_code == 422
    page = words(refused)
    assert "“ghi.wav” là bản ghi âm hoặc đoạn phim, không ghép được" in page
    assert "Biên bản" in page
    assert all(str(key) in page for key in uploads), "both files are still held"
    assert not papers_of(producer).exists()


# ── who may ──

READING = ("wallet", "panel")
READING_PAPER = ("paper", "paper-file", "paper-preview")
WRITING = ("add", "add-many")
WRITING_PAPER = ("correct", "renew", "withdraw")


def statuses(client: Client, producer, kept: Paper) -> dict[str, int]:
    found = {name: client.get(address(name, producer)).status_code for name in READING + WRITING}
    return found | {
        name: client.get(address(name, producer, kept.pk)).status_code for name in READING_PAPER + WRITING_PAPER
    }


def test_officers_of_the_place_read_and_do_not_write(client: Client, settings, world: World, producer) -> None:
    kept = paper(world, producer)
    page = words(enter(client, settings, world.commune_officer, world).get(address("wallet", producer)))
    assert "ghi nhận sự đồng ý của chủ thể" in page
    for officer in (world.commune_officer, world.officer):
        found = statuses(enter(client, settings, officer, world), producer, kept)
        assert {name for name, status in found.items() if status == 200} == {*READING, *READING_PAPER}
        assert set(found.values()) == {200, 404}
    assert set(statuses(enter(client, settings, world.leader, world), producer, kept).values()) == {403}


def test_a_helper_with_consent_writes(client: Client, settings, world: World, producer) -> None:
    kept = paper(world, producer)
    consent(world, producer, world.commune_officer)
    found = statuses(enter(client, settings, world.commune_officer, world), producer, kept)
    assert set(found.values()) == {200}
    page = words(client.get(address("wallet", producer)))
    assert "Bạn đang nhập giúp" in page


@pytest.mark.parametrize("who", ["another subject", "a council member", "an officer elsewhere"])
def test_nobody_else_finds_the_wallet(client: Client, settings, world: World, producer, who: str) -> None:
    kept = paper(world, producer, upload=sent("hd.pdf", pdf()))
    elsewhere = unit("Phường Kinh Bắc", world.at.date())
    visitor = {
        "another subject": lambda: owner_of(subject(world)),
        "a council member": lambda: person("Ủy viên", Role.MEMBER, world.unit),
        "an officer elsewhere": lambda: person("Cán bộ", Role.COMMUNE_OFFICER, elsewhere),
    }[who]()
    found = statuses(enter(client, settings, visitor, world), producer, kept)
    assert set(found.values()) == {404}
    for asked in ("?anh=1", "?goc", "?nho"):
        assert client.get(address("paper-preview", producer, kept.pk) + asked).status_code == 404


def test_a_paper_of_another_subject_is_not_found_under_the_own(own: Client, world: World, producer) -> None:
    foreign = paper(world, subject(world))
    for name in READING_PAPER + WRITING_PAPER:
        assert own.get(address(name, producer, foreign.pk)).status_code == 404
    assert own.post(address("withdraw", producer, foreign.pk)).status_code == 404
    assert papers_of(foreign.subject).get() == foreign
