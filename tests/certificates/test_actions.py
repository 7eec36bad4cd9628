"""Drafting, signing, discarding, entering: one test per way out; a refusal writes nothing."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied

from ocop.audit.models import LedgerEntry
from ocop.certificates.actions import (
    discard_decision,
    enter_higher_certificate,
    prepare_decision,
    sign_decision,
)
from ocop.certificates.letters import draft_paper
from ocop.certificates.models import Certificate, Decision, DecisionLine
from ocop.certificates.queries import awaiting_decision, awaiting_register, lines_of
from ocop.core.errors import Refused
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from tests.factories import province_2026
from tests.factories.certificates import (
    HIGHER_DOCUMENT,
    certificates_of,
    draft,
    recognised_above,
    signed,
    waiting_results,
)
from tests.papers import reading

TABLES = (Decision, DecisionLine, Certificate, LedgerEntry)


def counts():
    return [table.objects.count() for table in TABLES] + sorted(Dossier.objects.values_list("state", flat=True))


def refused(act, **given):
    """The refusal of an act; nothing was written."""
    before = counts()
    with pytest.raises(Refused) as caught:
        act(**given)
    assert counts() == before
    return caught.value


def prepare(world, results, **changes):
    given = {"unit": world.unit, "batch": world.batch, "results": results, "by": world.officer, "at": world.at}
    return given | changes


def signing(world, decision, **changes):
    given = {
        "decision": decision,
        "number": "3163/QĐ-UBND",
        "decided_on": world.at.date(),
        "signer_name": "Nguyễn Văn Lãnh Đạo",
        "signer_title": "Phó Chủ tịch",
        "line_count": decision.lines.count(),
        "by": world.leader,
        "at": world.at,
    }
    return given | changes


def test_a_draft_takes_its_products_off_the_waiting_list(world):
    results = waiting_results(world, 2)
    made = prepare_decision(**prepare(world, results[:1]))
    assert made.signed_at is None
    assert [(line.star, Fraction(line.mean)) for line in made.lines.all()] == [(3, Fraction(62))]
    assert [row.pk for row in awaiting_decision(world.unit, world.officer)] == [results[1].pk]
    assert LedgerEntry.objects.filter(act="prepare_decision").count() == 1


def test_a_draft_needs_a_product(world):
    refusal = refused(prepare_decision, **prepare(world, []))
    assert refusal.field == "results"


def test_a_product_stands_in_one_decision_only(world):
    [result] = waiting_results(world)
    prepare_decision(**prepare(world, [result]))
    assert "không còn chờ quyết định" in refused(prepare_decision, **prepare(world, [result])).message


def test_discarding_a_draft_lets_its_products_wait_again(world):
    made = draft(world)
    discard_decision(decision=made, by=world.officer, at=world.later)
    assert not Decision.objects.exists()
    assert len(awaiting_decision(world.unit, world.officer)) == 1
    assert LedgerEntry.objects.filter(act="discard_decision").count() == 1


def test_a_signed_decision_is_not_discarded(world):
    made = signed(world)
    assert "đã ký" in refused(discard_decision, decision=made, by=world.officer, at=world.later).message


def test_signing_issues_a_certificate_for_every_product(world):
    made = sign_decision(**signing(world, draft(world, 2)))
    issued = certificates_of(made)
    assert [row.number for row in issued] == ["01/2024/GCN-OCOP", "02/2024/GCN-OCOP"]
    assert len({row.code for row in issued}) == 2
    for row in issued:
        assert (row.star, row.valid_from, row.decision_number) == (3, world.at.date(), "3163/QĐ-UBND")
        assert row.valid_to == world.at.date().replace(year=2027)
        assert row.paper is not None
        dossier = Dossier.objects.get(pk=row.dossier_id)
        assert (dossier.state, dossier.star) == (DossierState.RECOGNISED, 3)
    assert made.paper is not None
    assert LedgerEntry.objects.filter(act="issue_certificate", shown_to_subject=True).count() == 2


@pytest.mark.parametrize(
    ("field", "changes", "words"),
    [
        ("number", {"number": "  "}, "Ghi số quyết định"),
        ("signer_name", {"signer_name": ""}, "Ghi họ tên người ký"),
        ("signer_title", {"signer_title": ""}, "Ghi chức vụ"),
        ("line_count", {"line_count": 7}, "Dự thảo có 1 sản phẩm, bạn nhập 7"),
    ],
)
def test_what_a_signature_needs(world, field, changes, words):
    refusal = refused(sign_decision, **signing(world, draft(world), **changes))
    assert refusal.field == field
    assert words in refusal.message


@pytest.mark.parametrize(("days", "words"), [(1, "không được sau hôm nay"), (-1, "không được trước ngày soạn")])
def test_the_day_of_a_decision(world, days, words):
    day = world.at.date() + timedelta(days=days)
    assert words in refused(sign_decision, **signing(world, draft(world), decided_on=day)).message


def test_a_number_is_given_once(world):
    signed(world)
    assert "đã dùng" in refused(sign_decision, **signing(world, draft(world))).message


def test_a_decision_is_signed_once(world):
    made = signed(world)
    assert "đã ký rồi" in refused(sign_decision, **signing(world, made, number="1/QĐ-UBND")).message


def test_a_certificate_of_the_level_above_is_entered_with_its_decision(world):
    result = recognised_above(world)
    entered = enter_higher_certificate(result=result, number=" 17/GCN-BG ", by=world.officer, at=world.later)
    assert (entered.number, entered.star, entered.decision_number) == ("17/GCN-BG", 4, HIGHER_DOCUMENT)
    assert entered.paper is None
    assert entered.authority == "Ủy ban nhân dân tỉnh Bắc Giang"
    assert Dossier.objects.get(pk=entered.dossier_id).state == DossierState.RECOGNISED
    assert not awaiting_register([world.unit], world.officer).exists()


@pytest.mark.parametrize("number", ["", "   "])
def test_entering_needs_the_number_of_the_paper(world, number):
    result = recognised_above(world)
    refusal = refused(enter_higher_certificate, result=result, number=number, by=world.officer, at=world.later)
    assert refusal.field == "number"


def test_a_number_of_the_level_above_is_entered_once(world):
    first, second = recognised_above(world), recognised_above(world)
    enter_higher_certificate(result=first, number="17/GCN-BG", by=world.officer, at=world.later)
    given = {"result": second, "number": "17/GCN-BG", "by": world.officer, "at": world.later}
    assert "đã có trong sổ" in refused(enter_higher_certificate, **given).message


def test_only_what_waits_for_the_register_is_entered(world):
    [result] = waiting_results(world)
    given = {"result": result, "number": "17/GCN-BG", "by": world.officer, "at": world.later}
    assert "không chờ vào sổ" in refused(enter_higher_certificate, **given).message


def test_each_act_has_its_own_people(world):
    made, result = draft(world), recognised_above(world)
    before = counts()
    for act, given in (
        (prepare_decision, prepare(world, [], by=world.leader)),
        (discard_decision, {"decision": made, "by": world.leader, "at": world.at}),
        (sign_decision, signing(world, made, by=world.officer)),
        (enter_higher_certificate, {"result": result, "number": "1", "by": world.leader, "at": world.at}),
    ):
        with pytest.raises(PermissionDenied):
            act(**given)
    assert counts() == before


def test_under_qd_26_the_chair_of_the_province_recognises(db):
    made = draft(province_2026())
    assert made.authority == "Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh"
    printed = reading.text(draft_paper(made, lines_of(made)))
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH BẮC NINH" in printed
    assert "TM." not in printed
