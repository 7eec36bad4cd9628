"""Typing for a subject: who typed what is remembered, read back, confirmed; consent that ends; who may hand in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.consent.actions import end_consent, make_code
from ocop.consent.models import SpokenCode
from ocop.consent.states import Purpose
from ocop.core.clock import OFFICE_ZONE, day_of, now
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions import (
    add_evidence,
    cite_evidence,
    read_back,
    remove_evidence,
    return_dossier,
    save_self_assessment,
    submit_dossier,
)
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_write
from ocop.dossiers.queries import content_sha256, criteria_of, lacking_of, live_evidence, typed_for, unread_of
from ocop.dossiers.rules import remember, unread
from tests.dossiers.test_actions import writes_nothing
from tests.dossiers.test_views import text, url
from tests.factories import World, city_2024, draft_dossier, fill_in, photo
from tests.factories.consent import consent, shut_accounts
from tests.factories.cycle import fresh
from tests.factories.dossiers import Visits, owner
from tests.factories.interview import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> World:
    return city_2024()


@pytest.fixture
def helper(city: World) -> User:
    return city.commune_officer


@pytest.fixture
def helped(city: World, helper: User) -> Dossier:
    """A full dossier of a subject that lets the commune's officer type for it."""
    dossier = fill_in(draft_dossier(city), city)
    consent(city, dossier.registration.product.subject, helper)
    return fresh(dossier)


def type_note(dossier: Dossier, by: User, world: World, words: str = "Có hợp đồng", code: str = "1.a") -> Dossier:
    save_self_assessment(dossier=dossier, choices={}, explanations={code: words}, by=by, at=world.at)
    return fresh(dossier)


def confirm(dossier: Dossier, by: User, world: World, **proof: object) -> None:
    read_back(dossier=dossier, seen=content_sha256(dossier), **proof, by=by, at=world.at)  # type: ignore[arg-type]


# ── rules ──


def test_the_last_hand_counts() -> None:
    by_helper = {"name": "Tổ giúp việc"}
    typed = remember({}, ["choice-1.a", "note-1.a"], by_helper)
    assert typed == {"choice-1.a": by_helper, "note-1.a": by_helper}
    assert remember(typed, ["note-1.a"], None) == {"choice-1.a": by_helper}
    assert remember(typed, [], None) == typed


def test_what_reads_otherwise_than_it_was_read_back_is_unread() -> None:
    assert unread({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "1", "d": "4"}) == ["b", "c"]


# ── who typed what ──


def test_every_field_remembers_who_typed_it_until_the_subject_types_it(
    city: World, helper: User, helped: Dossier
) -> None:
    code = next(iter(criteria_of(helped).criteria))
    place = 2 if helped.choices[code] != 2 else 1
    save_self_assessment(
        dossier=helped, choices={code: place}, explanations={code: "Có"}, changes_note="Mới", by=helper, at=city.at
    )
    typed = fresh(helped).typed
    assert set(typed) == {f"choice-{code}", f"note-{code}", "note-changes"}
    mark = typed[f"note-{code}"]
    assert (mark["by"], mark["name"], mark["at"]) == (helper.pk, helper.full_name, city.at.isoformat())
    assert mark["consent"] == helped.registration.product.subject.consents.get().pk
    kept = {"dossier": helped, "by": owner(helped), "at": city.at}
    save_self_assessment(choices={code: place}, explanations={code: "Có"}, **kept)
    assert set(fresh(helped).typed) == set(typed)  # the same again is not typed anew
    save_self_assessment(choices={code: None}, explanations={}, **kept)
    assert set(fresh(helped).typed) == {f"note-{code}", "note-changes"}


def test_evidence_remembers_who_cited_it(city: World, helper: User, helped: Dossier) -> None:
    row = add_evidence(dossier=helped, upload=photo(), title="Nhãn", by=helper, at=city.at)
    (item,) = typed_for(fresh(helped))
    assert (item.part, item.label, item.who) == ("evidence", "Nhãn", helper.full_name)
    assert row.paper.consent is not None
    # The subject cites it itself; the paper is still the one that the helper put into the wallet.
    cite_evidence(evidence=row, cites=["1.a"], by=owner(helped), at=city.at)
    assert [item.who for item in typed_for(fresh(helped))] == [helper.full_name]
    remove_evidence(evidence=row, by=helper, at=city.at)
    assert typed_for(fresh(helped)) == []
    own = live_evidence(helped).get()
    cite_evidence(evidence=own, cites=["1.b"], by=helper, at=city.at)
    assert [item.label for item in typed_for(fresh(helped))] == [own.title]


def test_answers_of_the_interview_are_read_back_too(city: World, helper: User, helped: Dossier) -> None:
    answered(city, helped.registration.product, {"packing": "Gói 500 g"}, by=helper)
    answered(city, helped.registration.product, {"rep_sex": "female"}, by=helper)
    public, personal = sorted(typed_for(helped), key=lambda item: item.words, reverse=True)
    assert (public.field, public.words) == ("answer-packing", "Gói 500 g")
    assert (personal.field, personal.words) == ("answer-rep_sex", "")
    assert "Nữ" not in personal.read_as
    confirm(helped, owner(helped), city)
    assert unread_of(helped) == []
    answered(city, helped.registration.product, {"rep_sex": "male"}, by=helper)
    assert [item.field for item in unread_of(helped)] == ["answer-rep_sex"]


def test_only_with_consent_and_until_it_ends(city: World, helper: User, helped: Dossier) -> None:
    day = day_of(city.at)
    assert can_write(helper, day, helped)
    assert not can_write(city.officer, day, helped)
    with writes_nothing(helped, PermissionDenied):
        type_note(helped, city.officer, city)
    type_note(helped, helper, city)
    given = helped.registration.product.subject.consents.get()
    with writes_nothing(helped, Refused, f"đã hết ngày {given.until:%d/%m/%Y}.*vẫn còn trên màn hình"):
        save_self_assessment(
            dossier=helped, choices={}, explanations={"1.a": "Muộn"}, by=helper, at=city.at + timedelta(days=31)
        )
    end_consent(consent=given, by=owner(helped), at=city.at)
    with writes_nothing(helped, Refused, "đã được rút lúc"):
        type_note(helped, helper, city, "Sau khi rút")
    assert fresh(helped).explanations["1.a"] == "Có hợp đồng"
    assert [item.field for item in unread_of(fresh(helped))] == ["note-1.a"]


# ── reading back ──


def test_the_subject_confirms_what_it_read(city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    assert [each.words for each in lacking_of(dossier)] == [
        "Còn 1 mục do người khác nhập mà chủ thể chưa đọc lại và xác nhận."
    ]
    confirm(dossier, owner(dossier), city)
    row = dossier.read_backs.get()
    assert (row.how, row.items, row.revision) == ("account", {"note-1.a": "Có hợp đồng"}, dossier.revision)
    assert LedgerEntry.objects.latest("seq").act == "read_back"
    assert lacking_of(fresh(dossier)) == []
    # What the subject changes itself needs no reading back; what the helper changes does.
    type_note(dossier, owner(dossier), city, "Lời của chủ thể", code="1.b")
    assert lacking_of(fresh(dossier)) == []
    type_note(dossier, helper, city, "Có hai hợp đồng")
    assert len(lacking_of(fresh(dossier))) == 1


def test_a_helper_brings_the_code_or_the_recorded_statement(city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    code = make_code(
        subject=dossier.registration.product.subject, purpose=Purpose.READ_BACK, by=owner(dossier), at=city.at
    )
    confirm(dossier, helper, city, code=code)
    assert dossier.read_backs.get().consent is not None
    dossier = type_note(dossier, helper, city, "Khác")
    shut_accounts(dossier.registration.product.subject)
    confirm(dossier, helper, city, statement=photo("giay-xac-nhan.jpg"))
    assert dossier.read_backs.last().statement.name == "giay-xac-nhan.jpg"  # type: ignore[union-attr]


def test_confirming_refused(city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    subject, seen = dossier.registration.product.subject, content_sha256(dossier)
    make_code(subject=subject, purpose=Purpose.READ_BACK, by=owner(dossier), at=city.at)
    read = {"dossier": dossier, "seen": seen, "at": city.at}
    with writes_nothing(dossier, Refused, "có tài khoản riêng nên nói bằng mã.*bấm “Mã xác nhận đã đọc lại”"):
        read_back(by=helper, **read)
    with writes_nothing(dossier, Refused, "có tài khoản riêng nên nói bằng mã"):
        read_back(by=helper, statement=photo(), **read)
    for_consent = make_code(subject=subject, purpose=Purpose.CONSENT, by=owner(dossier), at=city.at)
    with writes_nothing(dossier, Refused, "Mã chưa đúng"):
        read_back(by=helper, code=for_consent, **read)
    with writes_nothing(dossier, Refused, "Mã chưa đúng"):
        read_back(by=helper, code="x", **read)
    assert SpokenCode.objects.filter(purpose=Purpose.READ_BACK).get().tries == 2
    with writes_nothing(dossier, Stale, "đọc lại bản mới"):
        read_back(by=owner(dossier), **read | {"seen": "0" * 64})
    with writes_nothing(dossier, PermissionDenied):
        read_back(by=city.officer, **read)
    end_consent(consent=subject.consents.get(), by=helper, at=city.at)
    with writes_nothing(dossier, Refused, "đã được rút"):
        read_back(by=helper, **read)
    assert not dossier.read_backs.exists()


def test_a_code_is_not_spent_on_a_changed_dossier(city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    code = make_code(
        subject=dossier.registration.product.subject, purpose=Purpose.READ_BACK, by=owner(dossier), at=city.at
    )
    with pytest.raises(Stale):
        read_back(dossier=dossier, seen="0" * 64, code=code, by=helper, at=city.at)
    confirm(dossier, helper, city, code=code)


# ── handing in ──


def test_the_subject_hands_in_when_everything_was_read_back(city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    with writes_nothing(dossier, Refused, "chưa đọc lại"):
        submit_dossier(dossier=dossier, by=owner(dossier), at=city.at)
    confirm(dossier, owner(dossier), city)
    frozen = submit_dossier(dossier=dossier, by=owner(dossier), at=city.at).content
    assert frozen["read_back"]["how"] == "account"
    assert frozen["typed"]["note-1.a"]["name"] == helper.full_name


def test_a_helper_hands_in_only_the_very_content_that_was_read_back(city: World, helper: User, helped: Dossier) -> None:
    with writes_nothing(helped, Refused, "đã đọc lại đúng nội dung đang có"):
        submit_dossier(dossier=helped, by=helper, at=city.at)
    subject = helped.registration.product.subject
    confirm(
        helped, helper, city, code=make_code(subject=subject, purpose=Purpose.READ_BACK, by=owner(helped), at=city.at)
    )
    type_note(helped, owner(helped), city, "Sửa sau khi đọc lại")
    with writes_nothing(helped, Refused, "đã đọc lại đúng nội dung đang có"):
        submit_dossier(dossier=fresh(helped), by=helper, at=city.at)
    confirm(
        fresh(helped),
        helper,
        city,
        code=make_code(subject=subject, purpose=Purpose.READ_BACK, by=owner(helped), at=city.at),
    )
    assert submit_dossier(dossier=fresh(helped), by=helper, at=city.at).submitted_by == helper


def test_reading_back_again_is_no_change(city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    confirm(dossier, owner(dossier), city)
    submit_dossier(dossier=dossier, by=owner(dossier), at=city.at)
    items = [{"what": "Nhãn", "reason": "Mờ."}]
    return_dossier(
        dossier=dossier, items=items, answer_by=day_of(city.at) + timedelta(days=9), by=city.officer, at=city.at
    )
    confirm(fresh(dossier), owner(dossier), city)
    with pytest.raises(Refused, match="chưa có gì khác"):
        submit_dossier(dossier=fresh(dossier), by=owner(dossier), at=city.at)


# ── pages ──


def test_the_pages_say_who_types_and_who_typed(visits: Visits, city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city)
    client = visits.as_(helper, city)
    for name in ("dossier", "self-assessment", "evidence"):
        assert "Bạn đang nhập giúp" in text(client.get(url(name, dossier))), name
    sheet = text(visits.as_(owner(dossier), city).get(url("self-assessment", dossier)))
    assert f"Giải trình: {helper.full_name} nhập giúp lúc" in sheet
    assert "Bạn đang nhập giúp" not in sheet
    page = text(visits.as_(owner(dossier), city).get(url("dossier", dossier)))
    assert "còn 1 mục chủ thể chưa đọc lại" in page
    assert "Đọc lại và xác nhận</a>" in page


def test_an_officer_without_consent_is_shown_the_way_to_it(visits: Visits, city: World, helped: Dossier) -> None:
    page = text(visits.as_(city.officer, city).get(url("dossier", helped)))
    assert "Nhập giúp chủ thể này" in page
    assert visits.as_(city.officer, city).get(url("read-back", helped)).status_code == 403


def test_reading_back_on_the_page(visits: Visits, city: World, helper: User, helped: Dossier) -> None:
    dossier = type_note(helped, helper, city, "Hợp đồng với 12 hộ")
    client, address = visits.as_(owner(dossier), city), url("read-back", dossier)
    page = text(client.get(address))
    for words in ("Hợp đồng với 12 hộ", f"{helper.full_name} nhập giúp lúc", "chưa đọc lại", "Tôi đã đọc"):
        assert words in page
    type_note(dossier, helper, city, "Hợp đồng với 15 hộ")
    stale = client.post(address, {"seen": content_sha256(dossier)})
    assert stale.status_code == 409
    assert "Hợp đồng với 15 hộ" in text(stale)
    seen = content_sha256(fresh(dossier))
    assert client.post(address, {"seen": seen})["Location"] == url("dossier", dossier)
    assert "Chủ thể đã xác nhận" in text(client.get(address))
    assert "Chủ thể đã đọc lại" in text(client.get(url("dossier", dossier)))


def test_a_helper_s_page_asks_for_the_word_of_the_subject(
    visits: Visits, city: World, helper: User, helped: Dossier
) -> None:
    client, address = visits.as_(helper, city), url("read-back", helped)
    assert "không có mục nào do người khác nhập" in text(client.get(address))
    assert "Chủ thể đọc lại trước khi bạn nộp giúp" in text(client.get(url("submit", helped)))
    seen = content_sha256(helped)
    for proof, words in (
        ({}, "nói bằng mã"),
        ({"statement": photo()}, "nói bằng mã"),
        ({"code": "123456"}, "Mã chưa đúng"),
    ):
        answer = client.post(address, {"seen": seen, **proof})
        assert answer.status_code == 422
        assert words in text(answer)
    # A code lives for minutes: it is made by the clock that the page goes by.
    moment = datetime.combine(city.at.date(), now().astimezone(OFFICE_ZONE).time(), tzinfo=OFFICE_ZONE)
    code = make_code(
        subject=helped.registration.product.subject, purpose=Purpose.READ_BACK, by=owner(helped), at=moment
    )
    assert client.post(address, {"seen": seen, "code": code}).status_code == 302
    handed_in = {"revision": helped.revision, "da-xem": "1"}
    assert client.post(url("submit", helped), handed_in).status_code == 302


def test_nothing_typed_is_lost_when_the_consent_ends(
    visits: Visits, city: World, helper: User, helped: Dossier
) -> None:
    client = visits.as_(helper, city)
    end_consent(consent=helped.registration.product.subject.consents.get(), by=owner(helped), at=city.at)
    sheet = {"note-1.a": "Đang gõ dở", "choice-1.b": "2", "revision": str(helped.revision)}
    answer = client.post(url("self-assessment", helped), sheet)
    assert answer.status_code == 422
    assert "đã được rút lúc" in text(answer)
    assert "Đang gõ dở" in text(answer)
    saved = client.post(url("self-assessment-save", helped), sheet)
    assert (saved.status_code, "đã được rút" in saved.json()["message"]) == (422, True)
    files = client.post(url("evidence", helped), {"papers": [photo("dang-tai.jpg")], "title": "Ảnh mới"})
    assert files.status_code == 422
    for words in ("dang-tai.jpg", "Ảnh mới", "đã được rút lúc"):
        assert words in text(files)
    kept = live_evidence(helped).get()
    cite = client.post(url("evidence-cite", helped, kept.file.key), {"title": "Tên mới", "cites": ["1.a"]})
    assert (cite.status_code, "Tên mới" in text(cite)) == (422, True)
    assert fresh(helped).explanations == {}


def test_a_returned_dossier_keeps_every_field_and_file(visits: Visits, city: World, helped: Dossier) -> None:
    dossier = type_note(helped, owner(helped), city, "Lời của chủ thể")
    answered(city, dossier.registration.product, {"packing": "Gói 500 g"})
    submit_dossier(dossier=dossier, by=owner(dossier), at=city.at)
    until = day_of(city.at) + timedelta(days=9)
    items = [{"what": "Nhãn", "reason": "Mờ."}]
    return_dossier(dossier=dossier, items=items, answer_by=until, by=city.officer, at=city.at)
    back = fresh(dossier)
    assert (back.choices, back.explanations) == (dossier.choices, dossier.explanations)
    assert content_sha256(back) == content_sha256(dossier)
    client = visits.as_(owner(back), city)
    assert "Lời của chủ thể" in text(client.get(url("self-assessment", back)))
    assert "Ảnh cơ sở sản xuất" in text(client.get(url("evidence", back)))


def test_a_stranger_s_autosave_is_refused(visits: Visits, city: World, helped: Dossier) -> None:
    answer = visits.as_(city.officer, city).post(url("self-assessment-save", helped), {"note-1.a": "x"})
    assert answer.status_code == 403
