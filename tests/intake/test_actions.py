"""What the desks do: each way out; a refusal writes nothing."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from ocop.audit.models import LedgerEntry
from ocop.consent.models import Consent
from ocop.consent.states import How
from ocop.core.errors import Refused, Stale
from ocop.dossiers.actions import send_message
from ocop.dossiers.models import Dossier, IntakeFinding
from ocop.dossiers.queries import step_of
from ocop.dossiers.states import DossierState
from ocop.intake.actions import (
    MarkDraft,
    NoteDraft,
    PhotoDraft,
    finish_assessment,
    number_papers,
    pass_check,
    receive,
    remove_photo,
    request_additions,
    save_marks,
    save_notes,
)
from ocop.intake.actions.assessing import HELPED
from ocop.intake.actions.checking import Requested
from ocop.intake.actions.fieldwork import NoteConflict
from ocop.intake.actions.locking import StepOver
from ocop.intake.models import CheckMark, FieldNote, FieldPhoto, LocalPapers, Receipt
from ocop.intake.queries import (
    asked_of,
    checklist_of,
    latest_submission,
    local_papers_of,
    notes_of,
    receipt_of,
    shown_photos,
)
from ocop.intake.states import MEETING
from tests.factories import World, accepted_dossier, person, photo, submitted_dossier
from tests.factories.cycle import fresh
from tests.factories.dossiers import owner
from tests.factories.intake import FOUND, at_the_province, note, noted, received

pytestmark = pytest.mark.django_db


def blank_pdf() -> bytes:
    """A sound PDF of one empty page."""
    out = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(out)
    return out.getvalue()


# ── receiving ──


def test_the_first_receipt_gives_the_number_a_later_one_keeps_it(province: World) -> None:
    dossier, other = submitted_dossier(province), submitted_dossier(province)
    first = received(dossier, province)
    code = province.commune.code
    assert first.number == f"01/PĐK-24-{code}-2026"
    assert received(other, province).number == f"02/PĐK-24-{code}-2026"
    again = receive(
        dossier=dossier, paper_on=None, samples=5, handed_by="Anh Sơn", by=province.commune_officer, at=province.later
    )
    assert (again.number, again.entry) == (first.number, 2)
    assert receipt_of(dossier, "local_assessment") == again
    entry = LedgerEntry.objects.filter(act="receive").last()
    assert entry is not None
    assert entry.facts["sha256"] == latest_submission(dossier).sha256
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.update(number="x")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"paper_on": timedelta(days=1)}, "không thể sau hôm nay"),
        ({"samples": 1000}, "nhiều nhất là 999"),
        ({"handed_by": "x" * 121}, "Tên người nộp dài 121"),
        ({"note": "x" * 2001}, "Ghi chú dài 2001"),
    ],
)
def test_a_receipt_that_cannot_be(province: World, changes: dict, words: str) -> None:
    dossier = submitted_dossier(province)
    given = {"paper_on": None, "samples": None, **changes}
    if isinstance(given["paper_on"], timedelta):
        given["paper_on"] = province.at.date() + given["paper_on"]
    with pytest.raises(Refused, match=words):
        receive(dossier=dossier, **given, by=province.commune_officer, at=province.at)
    assert not Receipt.objects.exists()


def test_tourism_hands_over_no_samples(province: World) -> None:
    dossier = submitted_dossier(province, set_no=26)
    with pytest.raises(Refused, match="không nộp sản phẩm mẫu"):
        receive(dossier=dossier, paper_on=None, samples=5, by=province.commune_officer, at=province.at)


def test_only_the_step_s_office_receives_and_the_same_is_not_written_twice(province: World) -> None:
    dossier = submitted_dossier(province)
    for who in (province.officer, owner(dossier), person()):
        with pytest.raises(PermissionDenied):
            received(dossier, province, by=who)
    received(dossier, province)
    with pytest.raises(Refused, match="không có gì mới"):
        received(dossier, province)
    done = accepted_dossier(province)
    with pytest.raises(Refused, match="không còn ở bộ phận tiếp nhận"):
        receive(dossier=done, paper_on=None, samples=None, by=province.commune_officer, at=province.at)
    assert Receipt.objects.count() == 1


# ── notes ──


def test_a_note_sent_twice_is_kept_once(province: World) -> None:
    dossier, key = submitted_dossier(province), uuid4()
    first = note(dossier, province, "idea", key=key)
    assert note(dossier, province, "idea", key=key) == first
    assert note(dossier, province, "idea", revision=1) == first  # the same words again say nothing new
    second = note(dossier, province, "idea", "Khác.", revision=1)
    assert (second.revision, FieldNote.objects.count()) == (2, 2)
    assert note(dossier, province, "idea", key=key) == first  # a late answer of the line changes nothing
    assert notes_of(latest_submission(dossier)) == {"idea": second}


def test_another_s_note_is_never_overwritten_unseen(province: World) -> None:
    dossier = submitted_dossier(province)
    colleague = person("Đỗ Thị Đồng Nghiệp", "commune_officer", province.commune)
    theirs = note(dossier, province, "idea", "Của đồng nghiệp.", by=colleague)
    with pytest.raises(NoteConflict, match="Đỗ Thị Đồng Nghiệp") as caught:
        note(dossier, province, "idea", "Của tôi.")
    assert caught.value.newest == theirs
    assert FieldNote.objects.count() == 1
    assert note(dossier, province, "idea", "Của tôi.", revision=1).revision == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"content": "khac"}, "không thuộc trang đang mở"),
        ({"verdict": "khac"}, "trong danh sách"),
        ({"text": "x" * 5001}, "dài 5001"),
        ({"asked": "x" * 301}, "dài 301"),
        ({"place": "x" * 201}, "dài 201"),
    ],
)
def test_a_note_that_cannot_be(province: World, changes: dict, words: str) -> None:
    dossier = submitted_dossier(province)
    with pytest.raises(Refused, match=words):
        note(dossier, province, **{"content": "idea", "text": "Có.", **changes})
    assert not FieldNote.objects.exists()


def test_notes_are_the_step_s_officer_s(province: World) -> None:
    dossier = submitted_dossier(province)
    for who in (province.officer, owner(dossier)):
        with pytest.raises(PermissionDenied):
            note(dossier, province, "idea", by=who)
    assert not FieldNote.objects.exists()


def draft_of(content: str = "idea", upload: SimpleUploadedFile | None = None, key=None) -> PhotoDraft:
    return PhotoDraft(content=content, key=key or uuid4(), upload=upload or photo())


def test_photos_are_kept_once_and_taken_out_again(province: World) -> None:
    dossier, key = submitted_dossier(province), uuid4()
    given = {"dossier": dossier, "by": province.commune_officer, "at": province.at}
    for _ in range(2):
        save_notes(photos=[draft_of(key=key)], **given)
    assert FieldPhoto.objects.count() == 1
    words = SimpleUploadedFile("a.pdf", blank_pdf())
    with pytest.raises(Refused, match="không phải ảnh"):
        save_notes(photos=[draft_of(upload=words)], **given)
    with pytest.raises(Refused, match="không thuộc trang"):
        save_notes(photos=[draft_of("khac")], **given)
    remove_photo(key=key, **given)
    assert not shown_photos(latest_submission(dossier)).exists()
    assert FieldPhoto.objects.count() == 1


# ── the report ──


def test_the_report_stands_with_everything_that_was_found(province: World) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    note(dossier, province, "idea", "Nghề cũ.", revision=1, verdict="partly", asked="Cụ Lan", place="Xóm 2")
    note(dossier, province, MEETING, "Nhất trí.")
    finish_assessment(
        dossier=dossier, report_number="12/BC-UBND", signer="Ông Chủ", by=province.commune_officer, at=province.at
    )
    finding = IntakeFinding.objects.get()
    assert finding.contents["idea"] == "Đúng một phần. Nghề cũ. Đã hỏi: Cụ Lan. Tại: Xóm 2."
    assert finding.contents["labour"] == FOUND
    assert "Ý kiến tại cuộc họp: Nhất trí." in finding.note
    assert fresh(dossier).step == "completeness"
    assert LedgerEntry.objects.filter(act="finish_assessment").count() == 1
    papers = local_papers_of(dossier)
    assert papers is not None
    assert papers.report_number == "12/BC-UBND"


def test_a_report_waits_for_every_content(province: World) -> None:
    dossier = submitted_dossier(province)
    note(dossier, province, "idea")
    before = LedgerEntry.objects.count()
    with pytest.raises(Refused, match="Chưa ghi nhận xét cho"):
        finish_assessment(dossier=dossier, signer="Ông Chủ", by=province.commune_officer, at=province.at)
    noted_all = [NoteDraft(content=code, key=uuid4(), revision=0, text="Có.") for code in ("origin", "labour")]
    drafts = [*noted_all, NoteDraft(content="identity", key=uuid4(), revision=0, verdict="not_so")]
    with pytest.raises(Refused, match="hãy viết rõ khác ở điểm nào") as caught:
        finish_assessment(dossier=dossier, notes=drafts, by=province.commune_officer, at=province.at)
    assert caught.value.field == "content-identity"
    assert FieldNote.objects.count() == 1
    assert not LocalPapers.objects.exists()
    assert LedgerEntry.objects.count() == before
    assert fresh(dossier).step == "local_assessment"


def test_whoever_typed_for_the_subject_says_so(province: World) -> None:
    dossier = submitted_dossier(province)
    Consent.objects.create(
        subject=dossier.registration.product.subject,
        helper=province.commune_officer,
        how=How.CODE,
        given_at=province.at,
        until=province.at.date(),
    )
    noted(dossier, province)
    finish_assessment(dossier=dossier, by=province.commune_officer, at=province.at)
    assert HELPED in IntakeFinding.objects.get().note


def test_numbers_come_before_or_after_and_from_the_commune_only(province: World) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    finish_assessment(dossier=dossier, by=province.commune_officer, at=province.at)
    given = {"report_number": "1/BC", "letter_number": "", "signed_on": None, "signer": "", "at": province.at}
    with pytest.raises(PermissionDenied):
        number_papers(dossier=fresh(dossier), **given, by=province.officer)
    with pytest.raises(Refused, match="ít nhất một"):
        number_papers(dossier=fresh(dossier), **{**given, "report_number": ""}, by=province.commune_officer)
    later = province.at.date() + timedelta(days=1)
    with pytest.raises(Refused, match="không thể sau hôm nay"):
        number_papers(dossier=fresh(dossier), **{**given, "signed_on": later}, by=province.commune_officer)
    assert not LocalPapers.objects.exists()
    assert number_papers(dossier=fresh(dossier), **given, by=province.commune_officer).report_number == "1/BC"


# ── the check ──


def rows(dossier: Dossier) -> list[str]:
    step = step_of(dossier)
    assert step is not None
    return [item.key for item in checklist_of(dossier, step)]


def test_marks_are_kept_as_they_are_made(city: World) -> None:
    dossier = submitted_dossier(city)
    key = rows(dossier)[0]
    given = {"dossier": dossier, "by": city.officer, "at": city.at}
    first = MarkDraft(item=key, mark="missing", note="Trang 2", revision=0)
    kept = save_marks(marks=[first], **given)[key]
    assert (kept.mark, kept.revision) == ("missing", 1)
    assert save_marks(marks=[first], **given)[key].revision == 1
    assert save_marks(marks=[MarkDraft(item=key, mark="ok", revision=1)], **given)[key].revision == 2
    with pytest.raises(Stale, match="vừa đánh dấu"):
        save_marks(marks=[MarkDraft(item=key, mark="wrong", revision=1)], **given)
    for draft, words in (
        (MarkDraft(item="khac", mark="ok"), "không còn trong danh sách"),
        (MarkDraft(item=key, mark="khac"), "Chọn Đạt, Thiếu hoặc Sai"),
        (MarkDraft(item=key, mark="ok", note="x" * 1001), "dài 1001"),
    ):
        with pytest.raises(Refused, match=words):
            save_marks(marks=[draft], **given)
    assert CheckMark.objects.get().mark == "ok"
    with pytest.raises(PermissionDenied):
        save_marks(dossier=dossier, marks=[MarkDraft(item=key, mark="ok")], by=city.commune_officer, at=city.at)


def test_a_check_passes_only_without_faults(city: World) -> None:
    dossier = submitted_dossier(city)
    key = rows(dossier)[0]
    with pytest.raises(Refused, match="Còn 1 dòng Thiếu hoặc Sai"):
        pass_check(dossier=dossier, marks=[MarkDraft(item=key, mark="wrong")], by=city.officer, at=city.at)
    assert not CheckMark.objects.exists()
    assert fresh(dossier).state == DossierState.SUBMITTED
    pass_check(dossier=dossier, marks=[MarkDraft(item=key, mark="ok")], by=city.officer, at=city.at)
    assert fresh(dossier).state == DossierState.ACCEPTED
    unmarked = len(rows(dossier)) - 1
    finding = IntakeFinding.objects.get()
    assert finding.note == f"{unmarked}/{unmarked + 1} dòng kiểm tra không đánh dấu riêng, coi như Đạt."
    facts = LedgerEntry.objects.filter(act="find").get().facts
    assert (facts["rows"], facts["unmarked"]) == (unmarked + 1, unmarked)


def test_a_check_with_every_row_marked_needs_no_remark(city: World) -> None:
    dossier = submitted_dossier(city)
    marks = [MarkDraft(item=key, mark="ok") for key in rows(dossier)]
    pass_check(dossier=dossier, marks=marks, note=" Đủ. ", by=city.officer, at=city.at)
    assert IntakeFinding.objects.get().note == "Đủ."


def test_the_second_of_two_finishes_is_told_that_the_step_is_over(province: World) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    seen = fresh(dossier)
    finish_assessment(dossier=fresh(dossier), by=province.commune_officer, at=province.at)
    for late in (
        lambda: finish_assessment(dossier=seen, by=province.commune_officer, at=province.at),
        lambda: receive(dossier=seen, paper_on=None, samples=None, by=province.commune_officer, at=province.at),
    ):
        with pytest.raises(StepOver, match="đã sang bước"):
            late()
    assert IntakeFinding.objects.count() == 1
    assert not Receipt.objects.exists()


def test_everything_that_lacks_is_one_request(city: World) -> None:
    dossier = submitted_dossier(city)
    marks = [MarkDraft(item=key, mark="missing") for key in rows(dossier)[:2]]
    items = [
        {"what": "Phiếu kiểm nghiệm", "reason": "Hết hạn.", "example": "Phiếu trong 12 tháng"},
        {"what": "Nhãn", "reason": "Ảnh mờ.", "example": "Chụp thẳng"},
    ]
    until = city.at.date() + timedelta(days=7)
    given = {"dossier": dossier, "marks": marks, "items": items, "answer_by": until, "at": city.at}
    for lacking, words in (({"reason": "Còn thiếu."}, "thiếu gì, vì sao"), ({"example": " "}, "một ví dụ")):
        with pytest.raises(Refused, match=words):
            request_additions(**{**given, "items": [{**items[0], **lacking}]}, by=city.officer)
    with pytest.raises(Refused, match="ít nhất một mục"):
        request_additions(**{**given, "items": []}, by=city.officer)
    assert not CheckMark.objects.exists()
    request_additions(**given, by=city.officer)
    assert CheckMark.objects.count() == 2
    finding = IntakeFinding.objects.get()
    assert finding.items == items
    with pytest.raises(Refused, match="không còn ở bộ phận tiếp nhận"):
        request_additions(**given, by=city.officer)


# ── what an earlier office has to bring ──

REPORT = MarkDraft(item="form:mau-03", mark="missing", note="Chưa đóng dấu")
SHEET = {"what": "Mẫu 02", "reason": "Thiếu trang hai.", "example": "Đủ các trang"}


def asked(dossier: Dossier, world: World, *, items: tuple = (), marks: tuple = (REPORT,)) -> Requested:
    return request_additions(
        dossier=fresh(dossier),
        marks=marks,
        items=items,
        answer_by=world.at.date() + timedelta(days=7),
        by=world.officer,
        at=world.at,
    )


def test_what_only_the_commune_lacks_stays_at_the_step(province: World) -> None:
    dossier = at_the_province(province)
    done = asked(dossier, province)
    assert done.offices == (province.commune.committee,)
    kept = fresh(dossier)
    assert (kept.state, kept.step) == (DossierState.SUBMITTED, "completeness")
    assert kept.messages.get().text.startswith(f"Đề nghị {province.commune.committee} bổ sung:")
    assert "Chưa đóng dấu" in kept.messages.get().text
    [(found, wanted)] = asked_of(province.commune, "commune_officer")
    assert (found, [row["item"] for row in wanted.rows]) == (dossier, ["form:mau-03"])
    with pytest.raises(Refused, match="Đã nhắn đúng như vậy rồi"):
        asked(dossier, province)
    with pytest.raises(Refused, match="Còn 1 dòng Thiếu hoặc Sai"):
        pass_check(dossier=kept, by=province.officer, at=province.at)
    send_message(dossier=kept, text="Đã đóng dấu, gửi lại.", by=province.commune_officer, at=province.later)
    assert asked_of(province.commune, "commune_officer") == []
    again = MarkDraft(item="form:mau-03", mark="wrong", note="Mờ dấu")
    assert asked(dossier, province, marks=(again,)).offices


def test_both_lack_and_each_is_told_its_own(province: World) -> None:
    dossier = at_the_province(province)
    done = asked(dossier, province, items=(SHEET,))
    assert (done.dossier.state, done.offices) == (DossierState.RETURNED, (province.commune.committee,))
    assert dossier.findings.order_by("-pk")[0].items == [SHEET]
    assert dossier.messages.count() == 1


def test_the_commune_too_is_told_why(province: World) -> None:
    dossier = at_the_province(province)
    with pytest.raises(Refused, match="thiếu gì, vì sao") as caught:
        asked(dossier, province, marks=(MarkDraft(item="form:mau-03", mark="missing"),))
    assert caught.value.field == "note-form:mau-03"
    assert not dossier.messages.exists()
    assert not CheckMark.objects.exists()


def test_without_an_earlier_office_every_row_is_the_subject_s(city: World, province: World) -> None:
    for world, dossier in ((city, submitted_dossier(city)), (province, at_the_province(province))):
        step = step_of(dossier)
        assert step is not None
        owners = {item.key for item in checklist_of(dossier, step) if item.owner}
        assert owners == (set() if world is city else {"form:mau-03", "form:proposal", "samples"})
