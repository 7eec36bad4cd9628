"""No address takes points, totals, stars or an actor, and whatever is posted tells nothing that is not the poster's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from ocop.audit.models import LedgerEntry
from ocop.council.models import Result, Seat
from ocop.council.queries import sensory_codes
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.factories.scene import Scene
from tests.secrecy.addresses import Address, addresses
from tests.secrecy.law import rules
from tests.secrecy.people import POSTERS
from tests.secrecy.walking import enter, leaks, told_by

pytestmark = pytest.mark.django_db

# Where a result, a sheet or a dossier is decided: the states in which something may still be written.
STATES = {"", "scoring", "pending", "meeting", "tasting", "case", "own", "plan", "appeal appealed"}
FORGED = "98.76"
# Tables that hold no act of anybody: the visitor's session, locks of signing in.
OF_THE_DOOR = ("django_session", "axes_")


def forged(scene: Scene) -> dict[str, str]:
    """Fields that no form has: points, a result, somebody else as the one who acts."""
    other = scene.people["member handed in"]
    assert other is not None
    return {
        **dict.fromkeys(("points", "total", "totals", "mean", "score", "point-1.1", "mean_numerator"), FORGED),
        **dict.fromkeys(("star", "stars", "outcome_star"), "5"),
        **dict.fromkeys(("actor", "by", "acting", "closed_by", "submitted_by"), str(other.pk)),
    }


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that are written to meanwhile, and with what."""
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        verb = sql.lstrip().split(None, 1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"} and not any(f'"{table}' in sql for table in OF_THE_DOOR):
            seen.append(f"{sql.split('(', maxsplit=1)[0][:60]} {params if FORGED in str(params) else ''}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written meanwhile is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def posted(client: Client, url: str, sent: dict[str, Any]) -> tuple[int, list[str], str, set[int | None]]:
    """The answer's status, what was written, what was told, and who acted by the ledger."""
    with taken_back(), writes() as seen:
        last = LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        response = client.post(url, sent)
        told = told_by(response)
        actors = set(LedgerEntry.objects.filter(seq__gt=last).values_list("actor", flat=True))
    return response.status_code, seen, told, actors


@pytest.mark.parametrize("who", POSTERS)
def test_a_post_writes_the_same_with_forged_fields_and_tells_no_secret(scene: Scene, who: str) -> None:
    assert walk_posts(scene, who, [row for row in addresses(scene) if row.state in STATES]) == []


def walk_posts(scene: Scene, who: str, asked: list[Address]) -> list[str]:
    """Post a field that no form has, and the forged ones; what came or was written that should not have."""
    known, wrong, user = rules(scene), [], scene.people[who]
    fields = forged(scene)
    client = enter(scene, who)
    session = client.cookies.get("sessionid")
    for address in asked:
        if address.name in ("accounts:sign-out", "accounts:demo-sign-in", "accounts:sign-in"):
            continue  # they change who is asking; their own tests walk them
        empty_status, empty, told, _ = posted(client, address.url, {"khong-co": "1"})
        status, seen, more, actors = posted(client, address.url, fields)
        assert client.cookies.get("sessionid") == session, str(address)
        shown = leaks(told, address, who, known)[0] + leaks(more, address, who, known)[0]
        wrong += [f"{who}: POST {address}: {kind}" for kind in shown]
        if (status, seen) != (empty_status, empty) or any(FORGED in row for row in seen):
            wrong.append(f"{who}: POST {address}: {empty_status} {empty} became {status} {seen}")
        if actors - {user.pk if user is not None else None}:
            wrong.append(f"{who}: POST {address}: acted as {actors}")
        assert max(status, empty_status) < 500, str(address)
    return wrong


def valid_posts(scene: Scene) -> list[tuple[str, str, dict[str, str]]]:
    """Everything in the council's day that counts towards a result, posted as the program's own pages do."""
    scoring, discussed = scene.hearings["scoring"], scene.hearings["discussed"]
    sheet = {f"choice-{code}": str(place or 0) for code, place in places_for(criteria_of(scoring.dossier), 61).items()}
    tasted = {f"choice-{code}": "1" for code in sensory_codes(scene.hearings["cup one"])}
    case = {f"choice-{code}": "1" for code in criteria_of(scene.things["case"].dossier).criteria}
    cup = scene.things["cup"].pk
    return [
        ("vice-chair", f"/hoi-dong/nghi-su/{scoring.pk}/phieu/luu/", sheet),
        ("vice-chair", f"/hoi-dong/nghi-su/{scoring.pk}/phieu/nop/", sheet),
        ("chair", f"/hoi-dong/nghi-su/{discussed.pk}/thao-luan/xong/", {}),
        ("taster", f"/hoi-dong/mau/{cup}/luu/", tasted),
        ("taster", f"/hoi-dong/mau/{cup}/nop/", tasted),
        ("chair", f"/hoi-dong/cham-thu/ho-so/{scene.things['case'].pk}/luu/", case),
        ("member not declared", f"/hoi-dong/nghi-su/{scoring.pk}/cua/", {"conflict": "khong"}),
    ]


@pytest.mark.parametrize("row", range(7))
def test_forged_fields_beside_a_valid_form_change_no_row(scene: Scene, row: int) -> None:
    who, url, sent = valid_posts(scene)[row]
    client = enter(scene, who)
    kept = [_rows_after(client, url, body) for body in (sent, sent | forged(scene))]
    assert kept[0][0] < 400, "a form that is refused would prove nothing"
    assert kept[0] == kept[1]


def _rows_after(client: Client, url: str, sent: dict[str, str]) -> tuple[int, dict[str, list[Any]]]:
    """The council's rows after the post, without moments and hashes."""
    with taken_back():
        status = client.post(url, sent).status_code
        kept = {}
        for model in apps.get_app_config("council").get_models():
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if field.get_internal_type() not in ("DateTimeField", "UUIDField") and field.name != "id"
            ]
            kept[model.__name__] = list(model._default_manager.order_by("pk").values_list(*names))
    return status, kept


def test_nobody_closes_on_numbers_of_their_own(scene: Scene) -> None:
    """The chair posts a closing of the product in discussion with a mean: the engine counts, or refuses."""
    client = enter(scene, "chair")
    with taken_back():
        before = Result.objects.count()
        hearing = scene.hearings["scoring"]
        client.post(f"/hoi-dong/nghi-su/{hearing.pk}/chot/", {"confirm_number": "0"} | forged(scene))
        assert Result.objects.count() == before
        assert Seat.objects.filter(user=scene.people["chair"]).exists()
