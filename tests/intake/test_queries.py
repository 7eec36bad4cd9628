"""What the desks read."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from ocop.dossiers.actions import add_evidence, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import step_of
from ocop.intake import queries
from ocop.intake.queries.assessing import Claim
from ocop.interview.actions import answer
from tests.factories import World, accepted_dossier, draft_dossier, fill_in, photo, submitted_dossier
from tests.factories.cycle import fresh
from tests.factories.dossiers import owner
from tests.factories.intake import noted, received

pytestmark = pytest.mark.django_db


def statement(dossier: Dossier, content: str) -> queries.Statement:
    step = step_of(dossier)
    assert step is not None
    return queries.statements_of(dossier, queries.latest_submission(dossier), step)[content]


def test_the_statement_is_what_was_handed_in_without_points(province: World) -> None:
    dossier = fill_in(draft_dossier(province), province)
    by, product = owner(dossier), dossier.registration.product
    given = {"subject": product.subject, "by": by, "at": province.at}
    answer(product=None, year=None, values={"workers": "52", "workers_commune": "38"}, **given)
    answer(product=product, year=None, values={"idea_origin": "Nghề của làng."}, **given)
    add_evidence(dossier=dossier, upload=photo(), title="Sổ thu mua", cites=["1.1"], by=by, at=province.at)
    save_self_assessment(dossier=dossier, choices={}, explanations={"1.1": "42 hộ."}, by=by, at=province.at)
    submit_dossier(dossier=fresh(dossier), by=by, at=province.at)
    dossier = fresh(dossier)

    labour, origin, idea = (statement(dossier, code) for code in ("labour", "origin", "idea"))
    assert dict(labour.answers)["Lao động trong xã"] == "38 người"
    assert dict(idea.answers)["Nguồn gốc ý tưởng"] == "Nghề của làng."
    assert "Sổ thu mua" in origin.evidence
    assert any(claim.explanation == "42 hộ." for claim in origin.claims)
    for told in (labour, origin, idea):
        assert not re.search(r"\d\s*(điểm|sao)\b", told.words)
        assert told.words.endswith(".")
    # Answers given after the hand-in do not change what the commune reads.
    later = {**given, "at": province.later}
    answer(product=product, year=None, values={"idea_origin": "Đổi ý."}, **later)
    assert dict(statement(dossier, "idea").answers)["Nguồn gốc ý tưởng"] == "Nghề của làng."


def test_the_same_words_are_said_once() -> None:
    said = queries.Statement(
        content="origin",
        answers=(("Vùng nguyên liệu", "Vùng nguyên liệu 18 ha của 42 hộ."), ("Nguyên liệu trong tỉnh", "96 tấn")),
        claims=(
            Claim("1.1", "Nguồn nguyên liệu", "Trong tỉnh từ 75%.", "Vùng nguyên liệu 18 ha của 42 hộ.", ()),
            Claim("1.2", "Gia tăng giá trị", "", "Sấy lạnh.", ()),
            Claim("1.3", "Năng lực", "Quy mô lớn", "Sấy lạnh.", ()),
        ),
    )
    assert said.words == (
        "Vùng nguyên liệu 18 ha của 42 hộ. Nguyên liệu trong tỉnh: 96 tấn. Nguồn nguyên liệu: Trong tỉnh từ 75%. "
        "Gia tăng giá trị: Sấy lạnh. Năng lực: Quy mô lớn."
    )


def test_the_clock_says_what_is_left_and_what_was_skipped(province: World) -> None:
    dossier = submitted_dossier(province)  # 5 October 2026
    clock = queries.clock_of(dossier, date(2026, 10, 20))
    assert clock is not None
    assert (clock.due, clock.left, clock.met, clock.unknown_years) == (date(2026, 10, 26), 4, (), ())
    assert queries.clock_of(dossier, date(2026, 10, 28)).left == -2  # type: ignore[union-attr]
    assert queries.clock_of(accepted_dossier(province), province.at.date()) is None


def test_work_that_waits_for_a_desk(province: World) -> None:
    first, second = submitted_dossier(province), submitted_dossier(province)
    accepted_dossier(province)
    day = province.at.date()
    assert queries.waiting_for(province.commune_officer, day) == [first, second]
    assert queries.waiting_for(province.officer, day) == []
    assert queries.waiting_for(owner(first), day) == []


def test_the_check_knows_what_the_commune_received(province: World) -> None:
    dossier = submitted_dossier(province)
    received(dossier, province, samples=3)
    step = step_of(dossier)
    assert step is not None
    rows = {item.key: item for item in queries.checklist_of(dossier, step)}
    assert rows["samples"].flags == (("warn", "mới nhận 3 trên 5 mẫu"),)


def test_a_paper_that_lapses_before_it_is_judged_is_a_row(city: World) -> None:
    dossier = submitted_dossier(city)
    paper = dossier.evidence.get().paper
    paper.expires_on = city.batch.opens_on - timedelta(days=1)
    paper.save()
    step = step_of(dossier)
    assert step is not None
    lapsed = [item for item in queries.checklist_of(dossier, step) if item.key.startswith("paper:")]
    assert len(lapsed) == 1
    assert "hết hạn 30/06/2024, trước" in lapsed[0].noticed


def test_a_draft_of_the_report_shows_what_stands_so_far(province: World) -> None:
    dossier = submitted_dossier(province)
    values = queries.report_values(dossier, None, {"idea": "Có."})
    assert (values["finding.idea.found"], values["finding.origin.found"]) == ("Có.", "")
    assert values["report.number"] == "/BC-UBND"
    received(dossier, province)
    assert queries.report_values(dossier, None)["slip.commune.number"].startswith("01/PĐK-")


def test_newest_notes_cost_one_question(province: World, django_assert_num_queries) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    submission = queries.latest_submission(dossier)
    with django_assert_num_queries(1):
        assert len(queries.notes_of(submission)) == 4
