"""Each use case, once for every way out; a refusal writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions import (
    add_evidence,
    cite_evidence,
    move,
    open_dossier,
    pass_step,
    remove_evidence,
    return_dossier,
    save_self_assessment,
    submit_dossier,
)
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers, live_evidence, next_after, step_of
from ocop.dossiers.states import DossierState
from ocop.planning.models import Batch
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    draft_dossier,
    fill_in,
    person,
    photo,
    province_2026,
    registration,
    submitted_dossier,
)
from tests.factories.cycle import owner_of

pytestmark = pytest.mark.django_db
S = DossierState
ITEMS = [{"what": "Phiếu kiểm nghiệm", "reason": "Đã hết hạn."}]


@pytest.fixture
def city() -> World:
    return city_2024()


@pytest.fixture
def province() -> World:
    return province_2026()


def owner(dossier: Dossier):
    return owner_of(dossier.registration.product.subject)


def fresh(dossier: Dossier) -> Dossier:
    return dossiers().get(pk=dossier.pk)


def state_of_things(dossier: Dossier) -> tuple[object, ...]:
    again = Dossier.objects.get(pk=dossier.pk)
    rows = tuple(value for name, value in sorted(vars(again).items()) if name != "_state")
    counts = (again.evidence.count(), live_evidence(again).count(), again.submissions.count(), again.findings.count())
    return (*map(repr, rows), *counts, LedgerEntry.objects.count())


@contextmanager
def writes_nothing(dossier: Dossier, error: type[Exception] = Refused, match: str | None = None) -> Iterator[None]:
    """The act is refused; the dossier, what hangs on it and the ledger are as before."""
    before = state_of_things(dossier)
    with pytest.raises(error, match=match):
        yield
    assert state_of_things(dossier) == before


# ── opening ──


def test_a_dossier_is_opened_once(city: World) -> None:
    made = registration(city)
    by = owner_of(made.product.subject)
    first = open_dossier(registration=made, by=by, at=city.at)
    assert open_dossier(registration=made, by=by, at=city.later) == first
    assert LedgerEntry.objects.filter(act="open_dossier").count() == 1


def test_a_stranger_opens_nothing(city: World) -> None:
    made = registration(city)
    with pytest.raises(PermissionDenied):
        open_dossier(registration=made, by=person(), at=city.at)
    assert not Dossier.objects.exists()


# ── self-assessment ──


def test_answers_are_added_to_those_kept(city: World) -> None:
    dossier = draft_dossier(city)
    first, second = list(criteria_of(dossier).criteria)[:2]
    kept = {"dossier": dossier, "by": owner(dossier), "at": city.at}
    save_self_assessment(choices={first: 1}, explanations={first: " Có sổ "}, **kept)
    saved = save_self_assessment(choices={second: None}, explanations={}, revision=1, **kept)
    assert saved.choices == {first: 1, second: None}
    assert saved.explanations == {first: "Có sổ"}
    assert (saved.revision, saved.saved_at) == (2, city.at)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"choices": {"99": 1}}, Refused, "không có tiêu chí 99"),
        ({"choices": {"1.a": 9}}, Refused, "không có phương án 9"),
        ({"choices": {"1.a": 1}, "revision": 7}, Stale, "lưu ở nơi khác, khác với màn hình này ở tiêu chí 1.a"),
        ({"choices": {}, "changes_note": "Mới", "revision": 7}, Stale, "phần nêu thay đổi"),
        ({"choices": {}, "explanations": {"1.a": "x" * 2001}}, Refused, "dài 2001 chữ cái, nhiều nhất 2000"),
        ({"choices": {}, "changes_note": "x" * 5001}, Refused, "dài 5001 chữ cái, nhiều nhất 5000: hãy rút gọn"),
    ],
)
def test_answers_refused(city: World, wrong: dict, error: type[Exception], words: str) -> None:
    dossier = draft_dossier(city)
    with writes_nothing(dossier, error, words):
        save_self_assessment(**{"dossier": dossier, "explanations": {}, "by": owner(dossier), "at": city.at, **wrong})


def test_answers_sent_again_after_a_lost_answer_are_kept_already(city: World) -> None:
    dossier = draft_dossier(city)
    sent = {"choices": {"1.a": 1}, "explanations": {"1.a": "Một\r\nhai"}, "revision": 0}
    kept = {"dossier": dossier, "by": owner(dossier), "at": city.at}
    assert save_self_assessment(**sent, **kept).revision == 1
    assert save_self_assessment(**sent, **kept).revision == 1
    assert fresh(dossier).explanations == {"1.a": "Một\nhai"}


def test_only_the_subject_writes_and_only_before_handing_in(city: World) -> None:
    dossier = submitted_dossier(city)
    write = {"dossier": dossier, "choices": {}, "explanations": {}, "at": city.at}
    with writes_nothing(dossier, Refused, "không sửa được nữa"):
        save_self_assessment(by=owner(dossier), **write)
    with writes_nothing(dossier, PermissionDenied):
        save_self_assessment(by=city.officer, **write)


# ── evidence ──


def test_evidence_is_kept_cited_and_removed(city: World) -> None:
    dossier = draft_dossier(city)
    by, codes = owner(dossier), list(criteria_of(dossier).criteria)[:2]
    kept = add_evidence(dossier=dossier, upload=photo("nhãn.jpg"), cites=codes[::-1], by=by, at=city.at)
    assert (kept.title, kept.cites) == ("nhãn", codes)
    cited = cite_evidence(evidence=kept, cites=codes[:1], title="Ảnh nhãn", by=by, at=city.at)
    assert (cited.title, cited.cites) == ("Ảnh nhãn", codes[:1])
    remove_evidence(evidence=kept, by=by, at=city.at)
    remove_evidence(evidence=kept, by=by, at=city.at)
    assert live_evidence(dossier).count() == 0
    assert LedgerEntry.objects.filter(act="remove_evidence").count() == 1
    with writes_nothing(dossier, Refused, "đã được bỏ"):
        cite_evidence(evidence=kept, cites=[], by=by, at=city.at)


def test_evidence_refused(city: World) -> None:
    dossier = draft_dossier(city)
    by = owner(dossier)
    add_evidence(dossier=dossier, upload=photo(colour=(1, 2, 3)), title="Ảnh một", by=by, at=city.at)
    with writes_nothing(dossier, Refused, "với tên “Ảnh một”"):
        add_evidence(dossier=dossier, upload=photo(colour=(1, 2, 3)), by=by, at=city.at)
    with writes_nothing(dossier, Refused, "không có tiêu chí 99"):
        add_evidence(dossier=dossier, upload=photo(), cites=["99"], by=by, at=city.at)
    with writes_nothing(dossier, PermissionDenied):
        add_evidence(dossier=dossier, upload=photo(), by=city.officer, at=city.at)


# ── handing in ──


def test_handing_in_freezes_the_content_and_starts_the_first_step(city: World, province: World) -> None:
    for world, step, due in ((city, "completeness", None), (province, "local_assessment", "2026-10-26")):
        dossier = submitted_dossier(world)
        assert (dossier.state, dossier.step) == (S.SUBMITTED, step)
        assert str(dossier.due_on or "") == (due or "")
        frozen = dossier.submissions.get()
        assert len(frozen.sha256) == 64
        assert frozen.content["choices"] == dossier.choices
        assert frozen.content["evidence"][0]["sha256"]


def test_handing_in_refused(city: World) -> None:
    dossier = draft_dossier(city)
    by = owner(dossier)
    with writes_nothing(dossier, Refused, "tiêu chí chưa tự chấm.*Chưa có minh chứng"):
        submit_dossier(dossier=dossier, by=by, at=city.at)
    dossier = fill_in(dossier, city)
    with writes_nothing(dossier, Stale):
        submit_dossier(dossier=dossier, revision=0, by=by, at=city.at)
    with writes_nothing(dossier, PermissionDenied):
        submit_dossier(dossier=dossier, by=city.officer, at=city.at)
    with writes_nothing(dossier, Refused, "hãy liên hệ Phòng Kinh tế"):
        submit_dossier(dossier=dossier, by=by, at=city.at + timedelta(days=30))
    submit_dossier(dossier=dossier, revision=dossier.revision, by=by, at=city.at)
    with writes_nothing(dossier, Refused, "đã nộp rồi"):
        submit_dossier(dossier=dossier, by=by, at=city.at)


# ── intake ──


def test_the_regime_s_steps_follow_each_other(province: World) -> None:
    dossier = submitted_dossier(province)
    contents = {content.code: "Đúng." for content in step_of(dossier).contents}
    passed = pass_step(dossier=dossier, contents=contents, by=province.commune_officer, at=province.at)
    assert (passed.state, passed.step, passed.due_on) == (S.SUBMITTED, "completeness", None)
    passed = pass_step(dossier=dossier, by=province.officer, at=province.at)
    assert (passed.state, passed.step) == (S.ACCEPTED, "")
    assert [finding.contents for finding in dossier.findings.all()] == [contents, {}]


def test_without_a_commune_step_one_check_is_all(city: World) -> None:
    assert accepted_dossier(city).findings.count() == 1


def test_passing_refused(province: World) -> None:
    dossier = submitted_dossier(province)
    with writes_nothing(dossier, Refused, "Chưa ghi nhận xét cho: Nguồn gốc sản phẩm"):
        pass_step(dossier=dossier, contents={"labour": "Đúng."}, by=province.commune_officer, at=province.at)
    with writes_nothing(dossier, PermissionDenied, "cán bộ xã, phường"):
        pass_step(dossier=dossier, by=province.officer, at=province.at)
    draft = draft_dossier(province)
    with writes_nothing(draft, Refused, "không còn chờ kiểm tra"):
        pass_step(dossier=draft, by=province.commune_officer, at=province.at)


def test_a_returned_dossier_comes_back_until_its_own_day(city: World) -> None:
    dossier = submitted_dossier(city)
    until = day_of(city.at) + timedelta(days=20)
    back = return_dossier(dossier=dossier, items=ITEMS, answer_by=until, by=city.officer, at=city.at)
    assert (back.state, back.step, back.due_on) == (S.RETURNED, "", until)
    assert dossier.findings.get().items == ITEMS
    Batch.objects.update(closes_on=day_of(city.at))
    with writes_nothing(dossier, Refused, "Hạn bổ sung đã qua"):
        submit_dossier(dossier=dossier, by=owner(dossier), at=city.at + timedelta(days=21))
    last_day = city.at + timedelta(days=20)
    with writes_nothing(dossier, Refused, "chưa có gì khác"):
        submit_dossier(dossier=dossier, by=owner(dossier), at=last_day)
    add_evidence(dossier=dossier, upload=photo(), title="Phiếu mới", by=owner(dossier), at=last_day)
    again = submit_dossier(dossier=dossier, by=owner(dossier), at=last_day)
    assert again.number == 2
    assert fresh(dossier).step == "completeness"


def test_a_completed_dossier_goes_back_to_the_step_that_asked(province: World) -> None:
    dossier = submitted_dossier(province)
    until = day_of(province.at) + timedelta(days=20)

    def completed(by: User, title: str) -> Dossier:
        return_dossier(dossier=fresh(dossier), items=ITEMS, answer_by=until, by=by, at=province.at)
        add_evidence(dossier=dossier, upload=photo(), title=title, by=owner(dossier), at=province.at)
        submission = submit_dossier(dossier=dossier, by=owner(dossier), at=province.at)
        found = fresh(dossier)
        step = step_of(found)
        assert step is not None
        assert next_after(found, submission).name == step.name
        return found

    first = completed(province.commune_officer, "Phiếu một")  # the commune asked: it looks again, in fifteen days
    assert first.step == "local_assessment"
    assert first.due_on is not None
    contents = dict.fromkeys(("origin", "labour", "idea", "identity"), "Đúng.")
    pass_step(dossier=first, contents=contents, by=province.commune_officer, at=province.at)
    later = completed(province.officer, "Phiếu hai")  # the province asked: what the commune found stands
    assert (later.step, later.due_on) == ("completeness", None)
    assert next_after(later, later.submissions.get(number=1)).name != next_after(later, later.submissions.last()).name


@pytest.mark.parametrize(
    ("items", "days", "words"),
    [
        ([], 5, "ít nhất một mục"),
        ([{"what": " ", "reason": " "}], 5, "ít nhất một mục"),
        ([{"what": "Nhãn", "reason": ""}], 5, "cả tên mục và lý do"),
        ([{"what": "", "reason": "Mờ"}], 5, "cả tên mục và lý do"),
        (ITEMS, 0, "sau ngày hôm nay"),
        (ITEMS, 367, "muộn nhất là"),
        ([*ITEMS, {"what": "x" * 301, "reason": "Mờ"}], 5, "dài 301 chữ cái, nhiều nhất 300"),
        ([{"what": "Nhãn", "reason": "x" * 1001}], 5, "thứ 1 dài 1001 chữ cái, nhiều nhất 1000"),
    ],
)
def test_returning_refused(city: World, items: list, days: int, words: str) -> None:
    dossier = submitted_dossier(city)
    until = day_of(city.at) + timedelta(days=days)
    with writes_nothing(dossier, Refused, words):
        return_dossier(dossier=dossier, items=items, answer_by=until, by=city.officer, at=city.at)


def test_the_subject_does_not_return_its_own_dossier(city: World) -> None:
    dossier = submitted_dossier(city)
    with writes_nothing(dossier, PermissionDenied):
        return_dossier(dossier=dossier, items=ITEMS, answer_by=day_of(city.later), by=owner(dossier), at=city.at)


# ── ways ──


@pytest.fixture
def accepted(city: World) -> Iterator[Dossier]:
    return accepted_dossier(city)


def test_a_later_room_moves_it_along_its_ways_only(city: World, accepted: Dossier) -> None:
    told = {"dossier": accepted, "words": "Đưa ra phiên họp", "by": city.officer, "at": city.at}
    with writes_nothing(accepted, Refused, "không chuyển sang “Đã công nhận”"):
        move(to=S.RECOGNISED, star=3, **told)
    moved = move(to=S.IN_COUNCIL, **told)
    assert moved.state == S.IN_COUNCIL
    assert LedgerEntry.objects.latest("seq").facts == {"to": "in_council"}
