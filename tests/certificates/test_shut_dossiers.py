"""A council member's door stays shut in decisions too: no figure of a product reaches whoever it is shut for."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.certificates.actions import enter_higher_certificate, prepare_decision, sign_decision
from ocop.certificates.models import Certificate, Decision
from ocop.certificates.permissions import check_read_decision_paper, check_read_paper
from ocop.certificates.queries import awaiting_register, register_of, shut_in, waiting_by_batch
from ocop.core.errors import Refused
from ocop.council.actions import cast_sheet, close_hearing, declare
from ocop.desk.demo.choices import places_for
from ocop.desk.queries import tasks_for
from ocop.dossiers.actions import bar_reading
from ocop.dossiers.queries import criteria_of
from tests.factories import council_of, open_hearing, session_of
from tests.factories.certificates import certificates_of, enter, recognised_above, signed


@pytest.fixture
def closed(world):
    """Two results of 63 points; the fourth member declared a conflict with the first, and none with the second."""
    session, results = session_of(world, council_of(world, members=4)), []
    for conflict in (True, False):
        hearing = open_hearing(world, session=session, name="Sản phẩm kín" if conflict else "Sản phẩm mở")
        *sitting, last = session.council.seats.filter(votes=True).order_by("pk")
        declare(hearing=hearing, conflict=conflict, reason="Em ruột" if conflict else "", by=last.user, at=world.at)
        for seat in sitting:
            declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
            choices = places_for(criteria_of(hearing.dossier), 63)
            cast_sheet(hearing=hearing, choices=choices, by=seat.user, at=world.at)
        results.append(close_hearing(hearing=hearing, by=sitting[0].user, at=world.at))
    return results


def member_with(role, results, world):
    """The member with the conflict, holding an office too."""
    user = results[0].hearing.session.council.seats.filter(votes=True).order_by("pk").last().user
    RoleGrant.objects.create(user=user, role=role, unit=world.unit, valid_from="2020-01-01")
    return User.objects.get(pk=user.pk)


def test_what_is_shut_does_not_wait_for_that_persons_decision(world, client, closed):
    user = member_with(Role.LEAD_OFFICER, closed, world)
    assert [row.result for _, rows in waiting_by_batch([world.unit], user) for row in rows] == closed[1:]
    assert [row.result for _, rows in waiting_by_batch([world.unit], world.officer) for row in rows] == closed
    html = enter(client, user).get(reverse("certificates:decisions")).content.decode()
    assert "Sản phẩm mở" in html
    assert "Sản phẩm kín" not in html
    assert "Soạn quyết định công nhận 1 sản phẩm" in [task.what for task in tasks_for(user, world.at.date())]
    with pytest.raises(Refused, match="không còn chờ quyết định"):
        prepare_decision(unit=world.unit, batch=world.batch, results=closed, by=user, at=world.at)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("role", [Role.LEAD_OFFICER, Role.LEADER])
@pytest.mark.parametrize("is_signed", [False, True])
def test_a_decision_shows_no_figures_of_what_is_shut(world, client, closed, role, is_signed):
    user = member_with(role, closed, world)
    made = prepare_decision(unit=world.unit, batch=world.batch, results=closed, by=world.officer, at=world.at)
    if is_signed:
        sign_decision(
            decision=made,
            number="15/QĐ-UBND",
            decided_on=world.at.date(),
            signer_name="Nguyễn Văn A",
            signer_title="Chủ tịch",
            by=world.leader,
            at=world.at,
        )
    html = enter(client, user).get(reverse("certificates:decision", args=[made.pk])).content.decode()
    assert html.count("63,00") == 1
    assert html.count("Không mở cho bạn") == 1
    assert client.get(reverse("certificates:decision-paper", args=[made.pk])).status_code == 403
    assert client.get(reverse("certificates:dossier-panel", args=[closed[0].hearing.dossier_id])).status_code == 404
    assert shut_in(made, user) == {closed[0].hearing.dossier_id}
    assert not shut_in(made, world.leader)
    check_read_decision_paper(world.leader, made)


def test_what_a_level_above_recognised_is_entered_by_somebody_else(world, client):
    result = recognised_above(world)
    bar_reading(dossier=result.hearing.dossier, users=[world.officer], at=world.at)
    assert not awaiting_register([world.unit], world.officer).exists()
    address = reverse("certificates:enter-higher", args=[result.pk])
    assert enter(client, world.officer).get(address).status_code == 404
    with pytest.raises(PermissionDenied, match="đang đóng với bạn"):
        enter_higher_certificate(result=result, number="17/GCN", by=world.officer, at=world.later)
    assert not Certificate.objects.exists()


def test_a_certificate_tells_no_history_of_what_is_shut(world, client):
    [issued] = certificates_of(signed(world))
    address = reverse("certificates:certificate", args=[issued.pk])
    assert "Cấp giấy chứng nhận" in enter(client, world.officer).get(address).content.decode()
    bar_reading(dossier=issued.dossier, users=[world.officer], at=world.at)
    assert f"Cấp giấy chứng nhận {issued.number}" not in client.get(address).content.decode()


def test_the_register_of_a_subjects_person_is_for_the_days_of_the_role(world):
    [issued] = certificates_of(signed(world))
    owner, day = issued.product.subject.people.get(), world.at.date()
    assert register_of(owner, day).exists()
    owner.grants.update(valid_to=day - timedelta(days=1))
    gone = User.objects.get(pk=owner.pk)
    assert not register_of(gone, day).exists()
    assert not tasks_for(gone, day)
    with pytest.raises(PermissionDenied):
        check_read_paper(gone, day, issued)
