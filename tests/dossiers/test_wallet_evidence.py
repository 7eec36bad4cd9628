"""Evidence cites papers of the subject's own wallet; a newer version takes the older one's place in a draft."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.core.errors import Refused
from ocop.dossiers.actions import add_evidence, cite_paper, submit_dossier, use_renewed
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, judged_on, live_evidence, proved_by, snapshot, uses_of
from ocop.files.actions import hold_upload
from ocop.rubric.queries import paper_kinds
from ocop.rubric.rules import PaperKind
from ocop.wallet.actions import add_paper, renew_paper, withdraw_paper
from ocop.wallet.models import Paper
from tests.dossiers.test_actions import writes_nothing
from tests.dossiers.test_views import text, url
from tests.factories import World, city_2024, draft_dossier, fill_in, person, photo, registration, submitted_dossier
from tests.factories.cycle import fresh
from tests.factories.dossiers import Visits, owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> World:
    return city_2024()


def paper(dossier: Dossier, world: World, **kwargs: Any) -> Paper:
    """A paper in the wallet of the dossier's subject."""
    given = {"kind": "business_registration", "number": "20B8001234", "issuer": "Phòng Kinh tế"} | kwargs
    subject = dossier.registration.product.subject
    return add_paper(subject=subject, upload=photo(), **given, by=owner(dossier), at=world.at)


def a_proof(dossier: Dossier) -> tuple[str, str]:
    """A kind of paper without a date to fill in, and a criterion of the dossier that it proves."""
    kinds = paper_kinds()
    return next((kind, codes[0]) for kind, codes in proved_by(dossier).items() if codes and not asks(kinds[kind]))


def asks(kind: PaperKind) -> bool:
    return kind.expires == "required"


# ── actions ──


def test_a_paper_is_cited_and_cited_again_for_more(city: World) -> None:
    dossier = draft_dossier(city)
    kept, codes = paper(dossier, city), list(criteria_of(dossier).criteria)[:3]
    first = cite_paper(dossier=dossier, paper=kept, cites=[codes[2]], by=owner(dossier), at=city.at)
    again = cite_paper(dossier=dossier, paper=kept, cites=[codes[0]], by=owner(dossier), at=city.at)
    assert (again.pk, again.cites, again.title) == (first.pk, [codes[0], codes[2]], kept.title)


def test_one_paper_serves_several_dossiers(city: World) -> None:
    one = draft_dossier(city)
    two = draft_dossier(city, of=one.registration.product.subject)
    kept = paper(one, city)
    for dossier in (one, two):
        cite_paper(dossier=dossier, paper=kept, by=owner(one), at=city.at)
    assert [row.dossier for row in uses_of(kept, owner(one), city.at.date())] == [two, one]
    assert uses_of(kept, person(), city.at.date()) == []


def test_citing_refused(city: World) -> None:
    dossier, other = draft_dossier(city), draft_dossier(city)
    mine, theirs = paper(dossier, city), paper(other, city)
    cite = {"dossier": dossier, "at": city.at}
    with writes_nothing(dossier, Refused, "không có trong ví của chủ thể"):
        cite_paper(paper=theirs, by=owner(dossier), **cite)
    with writes_nothing(dossier, Refused, "không có tiêu chí 99"):
        cite_paper(paper=mine, cites=["99"], by=owner(dossier), **cite)
    with writes_nothing(dossier, PermissionDenied):
        cite_paper(paper=mine, by=city.officer, **cite)
    withdraw_paper(paper=mine, by=owner(dossier), at=city.at)
    with writes_nothing(dossier, Refused, "không có trong ví của chủ thể"):
        cite_paper(paper=mine, by=owner(dossier), **cite)
    done = submitted_dossier(city)
    late = paper(done, city)
    with writes_nothing(done, Refused, "không sửa được nữa"):
        cite_paper(dossier=done, paper=late, by=owner(done), at=city.at)


def test_a_file_the_wallet_has_already_is_cited_not_kept_twice(city: World) -> None:
    dossier = draft_dossier(city)
    subject, by = dossier.registration.product.subject, owner(dossier)
    kept = add_paper(subject=subject, upload=photo(colour=(1, 2, 3)), title="Nhãn", by=by, at=city.at)
    assert add_evidence(dossier=dossier, upload=photo(colour=(1, 2, 3)), by=by, at=city.at).paper == kept
    held = [hold_upload(file=photo(colour=(1, 2, 3)), by=by, at=city.at).key]
    with pytest.raises(Refused, match="đã có trong hồ sơ với tên “Nhãn”"):
        add_evidence(dossier=dossier, held=held, by=by, at=city.at)
    assert subject.papers.count() == 1


def test_a_renewed_paper_takes_the_place_of_the_older_one(city: World) -> None:
    dossier = draft_dossier(city)
    by, old = owner(dossier), paper(dossier, city)
    cited = cite_paper(dossier=dossier, paper=old, cites=["1.a"], by=by, at=city.at)
    with writes_nothing(dossier, Refused, "chưa có bản mới hơn"):
        use_renewed(evidence=cited, by=by, at=city.at)
    newer = renew_paper(paper=old, upload=photo(), number="20B8001235", by=by, at=city.at)
    newest = renew_paper(paper=newer, upload=photo(), number="20B8001236", by=by, at=city.at)
    now = use_renewed(evidence=cited, by=by, at=city.at)
    assert (now.paper, now.cites, now.title) == (newest, ["1.a"], cited.title)
    assert list(live_evidence(dossier)) == [now]
    with writes_nothing(dossier, Refused, "đã được bỏ"):
        use_renewed(evidence=cited, by=by, at=city.at)


def test_two_versions_of_a_paper_become_one(city: World) -> None:
    dossier = draft_dossier(city)
    by, old = owner(dossier), paper(dossier, city)
    cited = cite_paper(dossier=dossier, paper=old, cites=["1.a"], by=by, at=city.at)
    newer = renew_paper(paper=old, upload=photo(), number="20B8001235", by=by, at=city.at)
    cite_paper(dossier=dossier, paper=newer, cites=["1.b"], by=by, at=city.at)
    assert use_renewed(evidence=cited, by=by, at=city.at).cites == ["1.a", "1.b"]
    assert [row.paper for row in live_evidence(dossier)] == [newer]


def test_what_is_handed_in_names_the_papers(city: World) -> None:
    dossier = fill_in(draft_dossier(city), city)
    until = city.at.date() + timedelta(days=400)
    kept = paper(dossier, city, issued_on=city.at.date(), expires_on=until)
    cite_paper(dossier=dossier, paper=kept, cites=["1.a"], by=owner(dossier), at=city.at)
    frozen = submit_dossier(dossier=dossier, by=owner(dossier), at=city.at).content
    row = frozen["evidence"][-1]
    assert (row["number"], row["issuer"], row["kind"]) == ("20B8001234", "Phòng Kinh tế", "business_registration")
    assert (row["issued_on"], row["expires_on"]) == (str(city.at.date()), str(until))
    assert row["sha256"] == kept.file.sha256
    assert frozen == snapshot(fresh(dossier))


# ── pages ──


def test_what_a_paper_proves_is_offered_with_one_tap(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    kind, code = a_proof(dossier)
    kept = paper(dossier, city, kind=kind)
    other = paper(dossier, city, kind="", number="", title="Ảnh vườn")
    client = visits.as_(owner(dossier), city)
    page = text(client.get(url("evidence", dossier)))
    assert page.index(kept.title) < page.index("Ảnh vườn")
    assert f"Viện dẫn cho {code}" in page
    post = url("evidence-from-wallet", dossier)
    assert client.post(post, {"paper": kept.pk, "cites": code})["Location"] == url("evidence", dossier)
    assert live_evidence(dossier).get().cites == [code]
    again = client.post(f"{post}?tieu-chi={code}", {"paper": kept.pk, "cites": code})
    assert again["Location"] == f"{url('evidence', dossier)}?tieu-chi={code}"
    asks = client.post(post, {"paper": other.pk})["Location"]
    assert asks == url("evidence-cite", dossier, other.file.key)
    about = text(client.get(f"{url('evidence', dossier)}?tieu-chi={code}"))
    assert "Đang tìm minh chứng cho tiêu chí" in about


def test_a_paper_of_another_subject_does_not_exist_for_the_form(visits: Visits, city: World) -> None:
    dossier, other = draft_dossier(city), draft_dossier(city)
    theirs = paper(other, city, title="Giấy của người khác")
    client = visits.as_(owner(dossier), city)
    assert "Giấy của người khác" not in text(client.get(url("evidence", dossier)))
    for wrong in (theirs.pk, 999999, "x", ""):
        answer = client.post(url("evidence-from-wallet", dossier), {"paper": wrong, "cites": "1.a"})
        assert answer.status_code == 422
        assert "không có trong ví của chủ thể" in text(answer)
    assert not live_evidence(dossier).exists()
    uses = reverse("dossiers:paper-uses", args=[theirs.pk])
    assert client.get(uses).status_code == 404
    assert "Chưa hồ sơ nào" in text(visits.as_(owner(other), city).get(uses))


def test_the_light_looks_at_the_day_of_the_batch(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    judged = judged_on(city.batch)
    lapses = judged.day - timedelta(days=1)
    kept = paper(dossier, city, expires_on=lapses)
    cite_paper(dossier=dossier, paper=kept, cites=["1.a"], by=owner(dossier), at=city.at)
    page = text(visits.as_(owner(dossier), city).get(url("evidence", dossier)))
    assert f"hết hạn {lapses:%d/%m/%Y}, trước {judged.name} {judged.day:%d/%m/%Y}" in page


def test_a_newer_version_is_offered_and_taken(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    old = paper(dossier, city)
    cited = cite_paper(dossier=dossier, paper=old, cites=["1.a"], by=owner(dossier), at=city.at)
    renew_paper(paper=old, upload=photo(), number="20B8001235", by=owner(dossier), at=city.at)
    client = visits.as_(owner(dossier), city)
    assert "Dùng bản mới" in text(client.get(url("evidence", dossier)))
    assert client.post(url("evidence-renew", dossier, cited.file.key)).status_code == 302
    assert live_evidence(dossier).get().paper.number == "20B8001235"
    again = client.post(url("evidence-renew", dossier, live_evidence(dossier).get().file.key))
    assert again.status_code == 422


def test_the_wallet_s_page_shows_where_a_paper_is_cited(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city, name="Mỳ Chũ")
    kept = paper(dossier, city)
    cite_paper(dossier=dossier, paper=kept, cites=["1.a"], by=owner(dossier), at=city.at)
    address = reverse("dossiers:paper-uses", args=[kept.pk])
    for user in (owner(dossier), city.officer):
        page = text(visits.as_(user, city).get(address))
        assert "Mỳ Chũ" in page
        assert criteria_of(dossier).criteria["1.a"].name in page


def test_a_paper_goes_from_the_wallet_s_page_into_a_dossier_being_written(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city, name="Mỳ Chũ")
    submitted_dossier(city, of=dossier.registration.product.subject, name="Bánh đa Kế")
    kind, code = a_proof(dossier)
    kept = paper(dossier, city, kind=kind)
    client = visits.as_(owner(dossier), city)
    address = reverse("dossiers:paper-uses", args=[kept.pk])
    window = text(client.get(address))
    assert "Viện dẫn vào hồ sơ “Mỳ Chũ”" in window
    assert "Bánh đa Kế" not in window
    assert "Viện dẫn vào hồ sơ" not in text(visits.as_(city.officer, city).get(address))
    client = visits.as_(owner(dossier), city)
    choose = client.post(url("evidence-from-wallet", dossier), {"paper": kept.pk})["Location"]
    page = text(client.get(choose))
    assert "Ghi loại giấy, số và ngày" not in text(client.get(url("evidence", dossier)))
    add_evidence(dossier=dossier, upload=photo(), by=owner(dossier), at=city.at)
    assert "Ghi loại giấy, số và ngày" in text(client.get(url("evidence", dossier)))
    assert "Đã đánh dấu sẵn" in page
    assert re.search(rf'name="cites" value="{code}"[^>]* checked', page)
    assert "Viện dẫn vào hồ sơ" not in text(client.get(address))


def test_the_evidence_page_asks_a_fixed_number_of_questions(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, counts = visits.as_(owner(dossier), city), []
    for more in (1, 3):
        for number in range(more):
            kept = paper(dossier, city, number=f"{more}-{number}")
            cite_paper(dossier=dossier, paper=kept, cites=["1.a"], by=owner(dossier), at=city.at)
            renew_paper(paper=kept, upload=photo(), number="n", by=owner(dossier), at=city.at)
            paper(dossier, city, number=f"{more}-{number}-chưa")
        client.get(url("evidence", dossier))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("evidence", dossier))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_held_file_is_kept_on_the_page_when_it_is_refused(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    by = owner(dossier)
    add_evidence(dossier=dossier, upload=photo(colour=(9, 9, 9)), title="Nhãn", by=by, at=city.at)
    client = visits.as_(by, city)
    held = hold_upload(file=photo("hai.jpg", (9, 9, 9)), by=by, at=city.at)
    answer = client.post(url("evidence", dossier), {"uploads": [str(held.key), "x"]})
    assert answer.status_code == 422
    assert "đã có trong hồ sơ với tên “Nhãn”" in text(answer)
    assert f'name="uploads" value="{held.key}"' in text(answer)
    dropped = client.post(url("evidence", dossier), {"uploads": str(held.key), "drop": str(held.key)})
    assert f'value="{held.key}"' not in text(dropped)
    new = hold_upload(file=photo("ba.jpg"), by=by, at=city.at)
    assert client.post(url("evidence", dossier), {"uploads": str(new.key)}).status_code == 302
    assert live_evidence(dossier).count() == 2


def test_a_registration_without_papers_has_an_empty_page(visits: Visits, city: World) -> None:
    made = registration(city)
    client = visits.as_(made.product.subject.people.get(), city)
    address = client.post(reverse("dossiers:open", args=[made.pk]))["Location"]
    assert client.get(f"{address}minh-chung/").status_code == 200
