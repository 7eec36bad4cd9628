"""Beside each claim stands what the figures and papers support; the forecast says that it is no result."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.dossiers.actions import add_evidence, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import Weighed, criteria_of, regime_of, weighed
from ocop.dossiers.rules import forecast
from ocop.dossiers.views.sheet import below_minimums, sheet_parts
from ocop.rubric.rules import Measure, Unmeasurable
from tests.dossiers.test_views import text, url
from tests.factories import World, draft_dossier, fill_in, person, photo, province_2026
from tests.factories.dossiers import Visits, owner
from tests.factories.interview import answered

pytestmark = pytest.mark.django_db
LABOUR = "3.3"  # workers of the commune among all workers


@pytest.fixture
def province() -> World:
    return province_2026()


@pytest.fixture
def draft(province: World) -> Dossier:
    return draft_dossier(province)


def workers(province: World, dossier: Dossier) -> None:
    answered(province, dossier.registration.product, {"workers": "52", "workers_commune": "38"})


def criterion(dossier: Dossier, code: str, known: dict[str, Weighed], *, locked: bool = False) -> dict:
    """The criterion as the sheet shows it."""
    parts = sheet_parts(dossier, criteria_of(dossier), [], choices={}, explanations={}, weighed=known, locked=locked)
    return next(row for part in parts for row in part["criteria"] if row["code"] == code)


# ── what is supported ──


def test_answers_support_an_option_with_the_sum_in_words(province: World, draft: Dossier) -> None:
    before = weighed(draft)[LABOUR].support
    assert not before.known
    workers(province, draft)
    support = weighed(draft)[LABOUR].support
    assert support.known
    assert "38/52" in support.words
    row = criterion(draft, LABOUR, weighed(draft))
    assert [option["value"] for option in row["options"] if option.get("supported")] == [support.place]
    assert row["measured"]["words"] == support.words
    assert row["measured"]["mark"] == "R"
    points = {option["value"]: option["points"] for option in row["options"]}
    above = {option["value"] for option in row["options"] if option.get("above")}
    assert above == {value for value, each in points.items() if each > points[support.place]}


def test_what_is_not_answered_is_asked_on_its_card(draft: Dossier) -> None:
    row = criterion(draft, LABOUR, weighed(draft))
    (card,) = row["measured"]["cards"]
    assert card["url"].startswith(reverse("interview:cards", args=[draft.registration.product_id]))
    assert card["url"].endswith("?nam=2026")
    assert not any(option.get("above") for option in row["options"])
    assert criterion(draft, LABOUR, weighed(draft), locked=True)["measured"]["cards"] == []


def test_a_criterion_without_figures_says_why(draft: Dossier) -> None:
    known = weighed(draft)
    code = next(code for code, each in known.items() if isinstance(each.measure, Unmeasurable))
    row = criterion(draft, code, known)
    assert row["measured"]["words"].startswith("Tiêu chí này không đo bằng số: ")
    assert not any(option.get("supported") or option.get("above") for option in row["options"])


def test_no_warning_where_the_figures_are_not_the_only_way_or_contradict(province: World, draft: Dossier) -> None:
    workers(province, draft)
    measure, support = weighed(draft)[LABOUR]
    for other in (
        replace(support, bound="at_least"),
        replace(support, place=None, contradictions=("Lao động trong xã nhiều hơn tổng số.",)),
        replace(support, known=False),
    ):
        row = criterion(draft, LABOUR, {LABOUR: Weighed(measure, other)})
        assert not any(option.get("above") for option in row["options"])
    nothing = criterion(draft, LABOUR, {LABOUR: Weighed(measure, replace(support, place=None))})
    assert all(option["above"] == (option["points"] > 0) for option in nothing["options"] if option["value"])


def test_what_is_handed_in_says_what_was_supported(province: World) -> None:
    dossier = fill_in(draft_dossier(province), province)
    workers(province, dossier)
    frozen = submit_dossier(dossier=dossier, by=owner(dossier), at=province.at).content
    assert frozen["supports"][LABOUR]["place"] == weighed(dossier)[LABOUR].support.place
    assert "38/52" in frozen["supports"][LABOUR]["words"]
    measured = [code for code, each in weighed(dossier).items() if isinstance(each.measure, Measure)]
    assert list(frozen["supports"]) == measured
    assert set(frozen["measures"]) == {"version", "sha256"}
    assert frozen["answers"]["workers"] == 52


# ── the page ──


def test_the_sheet_warns_and_never_blocks(visits: Visits, province: World, draft: Dossier) -> None:
    workers(province, draft)
    support = weighed(draft)[LABOUR].support
    client = visits.as_(owner(draft), province)
    page = text(client.get(url("self-assessment", draft)))
    assert support.words in page
    assert "số liệu, giấy tờ ủng hộ mức này" in page
    assert "Tiêu chí này không đo bằng số" in page
    best = max(
        range(1, len(criteria_of(draft).criteria[LABOUR].options) + 1),
        key=lambda place: criteria_of(draft).criteria[LABOUR].options[place - 1].points,
    )
    saved = client.post(url("self-assessment-save", draft), {f"choice-{LABOUR}": best, "revision": 0})
    assert saved.status_code == 200


def test_the_forecast_names_the_minimums_first_and_is_asked_for_after_each_saving(
    visits: Visits, province: World, draft: Dossier
) -> None:
    client = visits.as_(owner(draft), province)
    page = text(client.get(url("self-assessment", draft)))
    assert f'hx-get="{url("forecast-panel", draft)}" hx-trigger="sheet:kept from:body"' in page
    save_self_assessment(
        dossier=draft,
        choices=dict.fromkeys(criteria_of(draft).criteria, None),
        explanations={},
        by=owner(draft),
        at=province.at,
    )
    panel = text(client.get(url("forecast-panel", draft)))
    assert "Dự báo, không phải kết quả công nhận" in panel
    assert "Chưa đạt mức tối thiểu của 3 sao" in panel
    codes = re.findall(r"#tieu-chi-([\w.]+)", panel)
    told = forecast(regime_of(draft), criteria_of(draft), dict.fromkeys(criteria_of(draft).criteria), 3)
    assert codes == list(told.missed)
    assert visits.as_(person(), province).get(url("forecast-panel", draft)).status_code == 404
    assert visits.as_(province.commune_officer, province).get(url("forecast-panel", draft)).status_code == 403


def test_the_minimums_are_split_into_chosen_too_low_and_open(draft: Dossier) -> None:
    criteria_set = criteria_of(draft)
    first = forecast(regime_of(draft), criteria_set, {}, 3).missed[0]
    told = forecast(regime_of(draft), criteria_set, {first: None}, 3)
    below = below_minimums(criteria_set, told, {first: None}, 3)
    assert [row["code"] for row in below["low"]] == [first]
    assert [row["code"] for row in below["open"]] == list(told.missed[1:])
    assert below["low"][0]["wanted"] in {option.label for option in criteria_set.criteria[first].options}


@pytest.mark.parametrize("name", ["self-assessment", "dossier", "read-back", "submit"])
def test_pages_ask_a_fixed_number_of_questions(visits: Visits, province: World, draft: Dossier, name: str) -> None:
    client, counts = visits.as_(owner(draft), province), []
    facts = [{"workers": "52"}, {"workers_commune": "38", "packing": "Gói 500 g"}]
    for more, values in zip((1, 3), facts, strict=True):
        for number in range(more):
            add_evidence(dossier=draft, upload=photo(), title=f"Ảnh {more}.{number}", by=owner(draft), at=province.at)
        answered(province, draft.registration.product, values)
        client.get(url(name, draft))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(name, draft)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
