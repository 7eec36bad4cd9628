"""The demo tells the 2024 plan as its source gives it, through real actions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.advisory.models import AdvisoryReport, Assignment, Review, Team
from ocop.advisory.states import ReviewState
from ocop.appeals.models import Appeal
from ocop.audit.queries import break_in_chain
from ocop.certificates.models import Certificate
from ocop.council.models import Council, Declaration, Discussion, Session, TastingCup
from ocop.council.queries import (
    hearings,
    hints_kept,
    invitations_of,
    present_at,
    readers_of,
    standing_of_sheets,
    waiting_for_member,
)
from ocop.council.queries.publishing import not_yet_out
from ocop.council.states import SessionKind
from ocop.desk.queries import tasks_for
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from ocop.paperwork.queries import latest_paper
from ocop.registration.models import Registration, Subject
from ocop.samples.models import LabTest, SampleMove
from ocop.samples.states import SampleState


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demo, loaded once for this file and rolled back after it."""
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings

    files = Path(tmp_path_factory.mktemp("files"))
    signer = {**settings.OCOP_SIGNER, "pkcs12": str(files / "trinh-dien.p12"), "password": "trinh-dien"}
    with (
        django_db_blocker.unblock(),
        override_settings(OCOP_DEMO=True, MEDIA_ROOT=files, OCOP_SIGNER=signer),
        transaction.atomic(),
    ):
        call_command("demo", "load", stdout=StringIO())
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_twenty_six_products_of_eleven_subjects_in_two_batches() -> None:
    registered = Registration.objects.filter(batch__programme__year=2024)
    assert Counter(registered.values_list("kind", flat=True)) == {
        "new": 20,
        "reevaluation": 3,
        "reevaluation_upgrade": 1,
        "upgrade": 2,
    }
    assert set(registered.values_list("batch__number", flat=True)) == {1, 2}
    kinds = Subject.objects.filter(products__registrations__in=registered).distinct().values_list("kind", flat=True)
    assert Counter(kinds) == {"company": 3, "cooperative": 5, "household": 3}


def test_batch_one_is_finished_and_batch_two_stands_in_every_state() -> None:
    first = Dossier.objects.filter(registration__batch__programme__year=2024, registration__batch__number=1)
    assert Counter(first.values_list("state", flat=True)) == {"recognised": 10, "not_recognised": 1}
    second = Dossier.objects.filter(registration__batch__programme__year=2024, registration__batch__number=2)
    assert set(second.values_list("state", flat=True)) == {
        DossierState.DRAFT,
        DossierState.RETURNED,
        DossierState.SUBMITTED,
        DossierState.ACCEPTED,
        DossierState.IN_COUNCIL,
        DossierState.TO_RECOGNISE,
        DossierState.TO_FORWARD,
        DossierState.TO_NOTIFY,
        DossierState.FORWARDED,
    }
    assert Registration.objects.filter(dossier__isnull=True).count() == 1


def test_today_the_council_meets_with_cups_and_samples_on_the_table() -> None:
    session = Session.objects.get(held_on=date(2024, 9, 16))
    assert session.bylaws.blind_tasting
    assert not Session.objects.get(held_on=date(2024, 5, 22)).bylaws.blind_tasting  # the version of its day
    assert session.on_table is not None
    assert session.on_table.dossier.registration.product.name.startswith("Giỏ mây tre")
    assert set(readers_of(session)) == set(session.hearings.values_list("pk", flat=True))
    assert invitations_of(session).keys() == {seat.pk for seat in session.council.seats.all()}
    present = present_at(session).values()
    assert sum(row.present for row in present) == 7
    assert [row.note for row in present if not row.present] == ["Đi công tác, đã gửi hai phiếu trước phiên"]
    assert TastingCup.objects.filter(round__session=session).count() == 2
    standing = {row.to_state for row in SampleMove.objects.filter(sample__dossier__hearings__session=session)}
    assert {SampleState.ON_TABLE, SampleState.SENT_TO_LAB, SampleState.BACK} <= standing


def test_its_products_wait_each_for_something_else() -> None:
    def refusals(name: str) -> tuple[str, ...]:
        hearing = hearings().get(dossier__registration__product__name=name)
        return standing_of_sheets(hearing, hearing.session.held_on).evaluation.refusals

    assert refusals("Giỏ mây tre Song Khê") == ("spread",)  # to be discussed
    assert refusals("Nấm linh chi Dĩnh Trì") == ()  # to be closed
    assert "quorum" in refusals("Bánh khảo Dĩnh Kế")  # cups and sheets are missing
    assert not Discussion.objects.exists()
    left = Declaration.objects.filter(conflict=True)
    assert set(left.values_list("seat__user__email", flat=True)) == {"thanhvien8@demo.saolang.vn"}
    hinted = hints_kept(hearings().filter(session__held_on=date(2024, 9, 16)))
    assert {told for words in hinted.values() for told in words} == {"công tác ở xã, phường của chủ thể"}


def test_older_results_are_out_with_letters_and_signed_minutes_newer_ones_wait() -> None:
    older, newer = (Session.objects.get(held_on=day) for day in (date(2024, 5, 22), date(2024, 9, 6)))
    assert older.publications.get().results.count() == 11
    assert not not_yet_out(older).exists()
    minutes = latest_paper(older, "minutes")
    assert minutes is not None
    assert minutes.signed_pdf is not None
    assert not newer.publications.exists()
    assert not_yet_out(newer).count() == 4


def test_the_advisory_team_has_reported_begun_and_been_given_work() -> None:
    assert Team.objects.count() == 2
    assert AdvisoryReport.objects.count() == 2
    assert set(Review.objects.values_list("state", flat=True)) == {ReviewState.DRAFT, ReviewState.DONE}
    assert Assignment.objects.filter(dossier__reviews__isnull=True).exists()
    assert Counter(test.answered_at is None for test in LabTest.objects.all()) == {True: 2, False: 1}


def test_the_province_collects_ballots_and_has_an_appeal_to_answer() -> None:
    council = Council.objects.get(level="province")
    assert council.delegation
    assert council.seats.get(role="chair").delegated_by
    ballots = Session.objects.get(kind=SessionKind.WRITTEN)
    assert ballots.council == council
    member = User.objects.get(email="thanhvien26a@demo.saolang.vn")
    assert [hearing.session_id for hearing in waiting_for_member(member, date(2026, 10, 12))] == [ballots.pk]
    appeals = Appeal.objects.order_by("filed_at")
    assert [hasattr(appeal, "answer") for appeal in appeals] == [True, False]


@pytest.mark.parametrize("account", ["thanhvien1", "chutich", "togiupviec", "togiupviec2", "totuvan26a", "totuvan26b"])
def test_council_and_team_find_work_of_the_day(account: str) -> None:
    user = User.objects.get(email=f"{account}@demo.saolang.vn")
    assert user.practice_day is not None
    assert {"Nếm", "Chủ", "Thẩm", "Viết"} & {task.what.split()[0] for task in tasks_for(user, user.practice_day)}


def test_every_account_with_a_role_finds_work() -> None:
    users = User.objects.filter(practice_day__isnull=False, grants__isnull=False).distinct()
    idle = [user.email for user in users if user.practice_day and not tasks_for(user, user.practice_day)]
    assert not idle


def test_certificates_run_thirty_six_months_and_the_ledger_is_whole() -> None:
    certificate = Certificate.objects.filter(level="district").earliest("pk")
    assert (certificate.valid_to.year - certificate.valid_from.year) == 3
    assert certificate.product_code.startswith("24-213-")
    assert break_in_chain() is None


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_every_role_finds_work_on_its_desk(role: Role) -> None:
    users = User.objects.filter(grants__role=role, practice_day__isnull=False)
    assert any(tasks_for(user, user.practice_day) for user in users), role


def test_accounts_as_json_sign_in(settings: Any) -> None:
    settings.OCOP_DEMO = True
    out = StringIO()
    call_command("demo", "accounts", "--json", stdout=out)
    accounts = json.loads(out.getvalue())
    assert {account["role"] for account in accounts} == {role.value for role in Role}
    assert all(set(account) == {"role", "login", "password"} for account in accounts)
    client = Client()
    answer = client.post("/dang-nhap/", {"username": accounts[0]["login"], "password": accounts[0]["password"]})
    assert answer.status_code == 302
    page = client.get("/viec-hom-nay/")
    assert "16/09/2024" in page.content.decode()


def test_loading_again_keeps_the_data(settings: Any) -> None:
    settings.OCOP_DEMO = True
    count, out = Dossier.objects.count(), StringIO()
    call_command("demo", "load", stdout=out)
    assert "giữ nguyên" in out.getvalue()
    assert Dossier.objects.count() == count


def test_no_demo_in_a_real_office(settings: Any) -> None:
    settings.OCOP_DEMO = False
    with pytest.raises(CommandError, match="không phải bản trình diễn"):
        call_command("demo", "load")
