"""The demo tells the 2024 plan as its source gives it, through real actions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.audit.queries import break_in_chain
from ocop.certificates.models import Certificate
from ocop.desk.queries import tasks_for
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from ocop.registration.models import Registration, Subject


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demo, loaded once for this file and rolled back after it."""
    from django.db import transaction
    from django.test import override_settings

    with (
        django_db_blocker.unblock(),
        override_settings(OCOP_DEMO=True, MEDIA_ROOT=Path(tmp_path_factory.mktemp("files"))),
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
