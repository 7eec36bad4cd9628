"""What a member reads beside the criteria, on the sheet and in the night's pack: what was let in, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.council.actions import adopt_bylaws, cast_sheet, declare
from ocop.council.actions.assigning import assign_readers
from ocop.council.actions.tasting import open_tasting
from ocop.council.models import Hearing, Sheet
from ocop.council.queries import sensory_codes
from ocop.council.views import pack as pack_views
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of, live_evidence
from tests.council.refusing import refused
from tests.factories import World, accepted_dossier, city_2024, council_of, open_hearing, session_of
from tests.factories.advisory import SECRET_ADVICE, reported
from tests.factories.council import SECRETS, evening
from tests.factories.samples import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"council:{name}", args=args)


def member(hearing: Hearing, place: int = 2) -> User:
    return hearing.session.council.seats.order_by("pk")[place].user


def let_in(hearing: Hearing, world: World, place: int = 2) -> User:
    user = member(hearing, place)
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    return user


def told_by(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ── beside the criteria ──


def test_the_sheet_shows_figures_advice_tests_evidence_and_who_presents(world: World) -> None:
    dossier = accepted_dossier(world)
    reported(dossier, world)
    asked(world, dossier)
    hearing = open_hearing(world, dossier=dossier)
    user = let_in(hearing, world)
    reader = hearing.session.council.seats.order_by("pk")[4]
    assign_readers(session=hearing.session, readers={hearing.pk: reader.pk}, by=world.officer, at=world.at)
    page = signed_in(user).get(at("sheet", hearing.pk))
    told = page.content.decode()
    assert page.context["files"][0]["thumb"].endswith("?xem&nho")
    frozen = dossier.submissions.get().content["supports"]
    words = next(said["words"] for said in frozen.values() if said["words"])
    for shown in (
        SECRET_ADVICE,
        "Tổ tư vấn</b>: đề xuất mức",
        "Độ ẩm, nấm mốc",
        f"Ủy viên đọc chính: <b>{reader.user.full_name}</b>",
        words,
        "<kbd>Enter</kbd>",
    ):
        assert shown in told
    assert "Tổ tư vấn" not in told_by(signed_in(user), at("session", hearing.session_id))


def test_the_option_that_the_figures_support_is_marked_as_it_was_handed_in(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    submission = hearing.dossier.submissions.get()
    rows = signed_in(user).get(at("sheet", hearing.pk)).context["parts"]
    criteria = {c["code"]: c for row in rows for inner in row["groups"] for c in inner["criteria"]}
    held = {code: said for code, said in submission.content["supports"].items() if said["known"]}
    assert held
    for code, said in held.items():
        marked = [option["value"] for option in criteria[code]["options"] if option["supported"]]
        assert marked == ([said["place"]] if said["place"] else [])
        assert criteria[code]["measured"]["words"] == said["words"]


def test_nothing_is_advised_before_the_report_and_nothing_of_another_product(world: World) -> None:
    session = session_of(world)
    advised = accepted_dossier(world)
    reported(advised, world)
    first, second = open_hearing(world, session=session, dossier=advised), open_hearing(world, session=session)
    user = let_in(second, world)
    client = signed_in(user)
    for name, key in (("sheet", second.pk), ("pack", session.pk)):
        told = told_by(client, at(name, key))
        assert SECRET_ADVICE not in told
        assert "Tổ tư vấn" not in told
    assert client.get(at("sheet", first.pk)).status_code == 302


def test_what_is_tasted_blind_is_not_scored_on_the_sheet(world: World) -> None:
    council = council_of(world)
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(10),
        round_mean_to=None,
        minimums_on="mean",
        blind_tasting=True,
        by=world.officer,
        at=world.at,
    )
    hearing = open_hearing(world, session=session_of(world, council))
    user = let_in(hearing, world)
    tasted = sorted(sensory_codes(hearing))
    assert tasted
    open_tasting(session=hearing.session, hearings_tasted=[hearing], by=world.officer, at=world.at)
    choices = places_for(criteria_of(hearing.dossier), 60)
    with refused(f"Tiêu chí {tasted[0]}.*phần nếm mẫu"):
        cast_sheet(hearing=hearing, choices=choices, by=user, at=world.at)
    page = signed_in(user).get(at("sheet", hearing.pk))
    assert page.content.decode().count("Chấm ở phần nếm mẫu") == len(tasted)
    assert page.context["count"] == len(choices) - len(tasted)
    rest = {code: place for code, place in choices.items() if code not in tasted}
    cast = cast_sheet(hearing=hearing, choices=rest, by=user, at=world.at)
    assert cast.choices == rest


def test_the_sheet_costs_the_same_with_and_without_company(world: World, django_assert_max_num_queries: Any) -> None:
    hearing = open_hearing(world)
    client = signed_in(let_in(hearing, world))
    told_by(client, at("sheet", hearing.pk))
    with django_assert_max_num_queries(45):
        told_by(client, at("sheet", hearing.pk))


# ── the pack of a night ──


def test_the_pack_holds_the_let_in_products_and_never_another(world: World) -> None:
    session = session_of(world)
    let, asked_only, conflicted = (open_hearing(world, session=session, name=name) for name in ("Mỳ", "Bánh", "Rượu"))
    user = let_in(let, world)
    declare(hearing=conflicted, conflict=True, reason="Em ruột là giám đốc", by=user, at=world.at)
    client = signed_in(user)
    told = told_by(client, at("pack", session.pk))
    assert let.dossier.registration.product.name in told
    for hidden in (asked_only, conflicted):
        assert hidden.dossier.registration.product.name not in told
    assert f"Tài liệu của {user.full_name}, in lúc" in told
    carried = client.get(at("pack-list", session.pk)).json()
    assert carried["products"] == 1
    assert carried["pages"] == [at("session", session.pk), at("pack", session.pk), at("sheet", let.pk)]
    doors = {file["url"].split("?")[0] for file in carried["files"]}
    assert doors == {
        at("evidence-file", let.pk, item.file.key) for item in live_evidence(let.dossier).select_related("paper__file")
    }
    assert carried["weight"] == sum(file["weight"] for file in carried["files"]) > 0

    declare(hearing=let, conflict=True, reason="Mới biết", by=user, at=world.at)
    assert client.get(at("pack-list", session.pk)).json()["products"] == 0
    assert "Chưa có sản phẩm nào để đọc" in told_by(client, at("pack", session.pk))


def test_the_pack_is_for_voting_members_and_holds_nobodys_points() -> None:
    scene = evening()
    members = {"chair", "member let in", "member who wrote the secret", "member handed in"}
    empty = {"member conflicted", "member not declared"}
    for who, user in scene.people.items():
        client = signed_in(user)
        for name in ("pack", "pack-list"):
            answer = client.get(at(name, scene.session.pk))
            refused_with = 302 if who == "anonymous" else 403
            assert answer.status_code == (200 if who in members | empty else refused_with), (who, name)
            told = f"{answer.headers} {answer.content.decode()}"
            for secret in SECRETS:
                own = who == "member who wrote the secret" and name == "pack"
                assert own or secret not in told, (who, name, secret)
            if who not in members:
                assert scene.open.dossier.registration.product.name not in told
        closed = scene.closed.dossier.registration.product.name
        if who in members:
            assert closed not in told_by(client, at("pack", scene.session.pk))


def test_the_subjects_own_points_are_nowhere_in_the_pack(world: World) -> None:
    hearing = open_hearing(world, total=57)
    hearing.dossier.refresh_from_db()
    client = signed_in(let_in(hearing, world))
    for name, key in (("pack", hearing.session_id), ("sheet", hearing.pk)):
        told = told_by(client, at(name, key))
        assert "57,00" not in told
        assert "Tổng điểm tự chấm" not in told
    assert " checked" not in told_by(client, at("pack", hearing.session_id))


def test_a_long_pack_comes_in_pages_at_a_fixed_cost(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(pack_views, "PRODUCTS_A_PAGE", 2)
    session = session_of(world)
    hearings = [open_hearing(world, session=session)]
    user = let_in(hearings[0], world)
    client = signed_in(user)
    told_by(client, at("pack", session.pk))

    def cost() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked_for:
            told_by(client, at("pack", session.pk))
        return len(asked_for)

    alone = cost()
    for _ in range(2):
        hearings.append(open_hearing(world, session=session))
        let_in(hearings[-1], world)
    assert cost() == alone
    assert client.get(at("pack-page", session.pk, 2)).context["products"][0]["hearing"] == hearings[2]
    assert client.get(at("pack-page", session.pk, 3)).status_code == 404
    assert at("pack-page", session.pk, 2) in client.get(at("pack-list", session.pk)).json()["pages"]
    assert not Sheet.objects.exists()  # reading writes nothing
