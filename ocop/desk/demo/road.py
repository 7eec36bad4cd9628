"""A product's road to the council: registered, filled in, handed in, checked, returned, passed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.core.clock import add_months, day_of
from ocop.desk.demo.choices import places_for
from ocop.desk.demo.knowledge import answer_interview
from ocop.desk.demo.papers import picture
from ocop.desk.demo.stage import Stage
from ocop.dossiers.actions import (
    cite_paper,
    open_dossier,
    pass_step,
    return_dossier,
    save_self_assessment,
    submit_dossier,
)
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers, step_of
from ocop.dossiers.states import DossierState
from ocop.intake.actions import NoteDraft, finish_assessment, receive, save_notes
from ocop.regime.rules import IntakeStep
from ocop.registration.actions import enter_recognition, register_product
from ocop.registration.models import Registration
from ocop.registration.queries import registrations
from ocop.rubric.queries import paper_kinds
from ocop.wallet.actions import add_paper
from ocop.wallet.queries import papers_of

LABEL = "label_sample"


def register(stage: Stage, told: dict[str, Any]) -> Registration:
    batch = stage.batches[told["batch"]]
    made = register_product(
        subject=stage.subjects[told["subject"]],
        batch=batch,
        name=told["name"],
        set_no=told["set"],
        kind=told["kind"],
        target_star=told["star"],
        by=stage.people[told["subject"]],
        at=stage.moment(batch.opens_on + timedelta(days=3), 8 + stage.rng.randrange(8)),
    )
    if told["kind"] != "new":
        recognised_before(stage, told, made)
    return registrations().get(pk=made.pk)


def recognised_before(stage: Stage, told: dict[str, Any], made: Registration) -> None:
    """The product got its stars before the office had this program: its decision is written down."""
    decided_on = told.get("recognised_on") or made.batch.opens_on - timedelta(days=2 * 365 + stage.rng.randrange(200))
    enter_recognition(
        product=made.product,
        star=3,
        decision_number=f"{200 + stage.rng.randrange(700)}/QĐ-UBND",
        issuer=f"UBND {stage.unit.lower_name}",
        decided_on=decided_on,
        expires_on=add_months(decided_on, 36),
        by=stage.people[told["subject"]],
        at=made.registered_at,
    )


def bring(stage: Stage, told: dict[str, Any], registration: Registration) -> Dossier | None:
    """Bring the dossier as far as its fate says before the council; None when it is not even opened."""
    fate, by = told["fate"], stage.people[told["subject"]]
    if fate == "registered":
        return None
    opened = registration.registered_at + timedelta(days=4)
    if fate != "draft":
        answer_interview(stage, told["subject"], registration.product, opened + timedelta(days=1))
    dossier = open_dossier(registration=registration, by=by, at=opened)
    fill_in(stage, dossier, told, by, opened + timedelta(days=5), whole=fate != "draft")
    if fate in {"draft", "ready"}:
        return dossier
    # Recent work is a few days old; what has gone further was handed in early.
    handed_in = (
        stage.moment(stage.day - timedelta(days=5), 10)
        if fate in {"submitted", "returned", "assessed"}
        else opened + timedelta(days=14)
    )
    submit_dossier(dossier=dossier, by=by, at=handed_in)
    if fate == "returned":
        send_back(stage, dossier, handed_in + timedelta(days=2))
    elif fate == "assessed":
        pass_on(stage, dossier, handed_in + timedelta(days=2))
    elif fate != "submitted":
        while fresh(dossier).state == DossierState.SUBMITTED:
            handed_in += timedelta(days=2)
            pass_on(stage, dossier, handed_in)
    return fresh(dossier)


def fill_in(stage: Stage, dossier: Dossier, told: dict[str, Any], by: User, at: datetime, *, whole: bool) -> None:
    criteria_set = criteria_of(fresh(dossier))
    places = places_for(
        criteria_set, told.get("self", told.get("mean", 60) + 3), keep_star=told["star"], turn=stage.rng.randrange(30)
    )
    if not whole:
        places = dict(list(places.items())[:17])
    subject = stage.subjects[told["subject"]]
    save_self_assessment(
        dossier=dossier,
        choices=places,
        explanations=dict.fromkeys(
            list(places)[:6], f"{subject.name} có hồ sơ minh chứng kèm theo, sẵn sàng cho kiểm tra tại cơ sở."
        ),
        changes_note="Đổi bao bì có truy xuất nguồn gốc, kiểm nghiệm lại, mở thêm 4 điểm bán."
        if told["kind"] != "new"
        else "",
        by=by,
        at=at,
    )
    codes = list(criteria_set.criteria)
    later = at + timedelta(hours=1)
    papers = list(papers_of(subject).exclude(kind=LABEL).order_by("pk")) if whole else []
    photo = add_paper(
        subject=subject, upload=picture(told["name"]), kind=LABEL, title=f"Ảnh {told['name']}", by=by, at=later
    )
    cite_paper(dossier=dossier, paper=photo, cites=codes[7:10], by=by, at=later)
    kinds = paper_kinds()
    for place, kept in enumerate(papers):
        proves = set(kinds[kept.kind].rows)
        cites = [code for code, each in criteria_set.criteria.items() if proves & set(each.evidence)]
        # The older decision's transcript names no evidence: every paper proves a few criteria of its own there.
        cite_paper(dossier=dossier, paper=kept, cites=cites or codes[place * 2 : place * 2 + 2], by=by, at=later)


def finder_of(stage: Stage, dossier: Dossier) -> User:
    step = step_of(dossier)
    assert step is not None
    if step.by != Role.COMMUNE_OFFICER:
        return stage.people["officer"]
    unit = dossier.registration.product.subject.unit_id
    grant = RoleGrant.objects.get(role=Role.COMMUNE_OFFICER, unit=unit)
    return grant.user


def pass_on(stage: Stage, dossier: Dossier, at: datetime) -> None:
    dossier = fresh(dossier)
    step, by = step_of(dossier), finder_of(stage, dossier)
    assert step is not None
    if step.kind == "check":
        pass_step(dossier=dossier, by=by, at=at)
        return
    assess(dossier, step, by, at)


def assess(dossier: Dossier, step: IntakeStep, by: User, at: datetime) -> None:
    """The commune takes the dossier in and finds on every content, as its desk does."""
    came = at - timedelta(hours=3)
    receive(dossier=dossier, paper_on=day_of(came), samples=None, handed_by="Người của chủ thể", by=by, at=came)
    notes = [
        NoteDraft(
            content=content.code,
            key=uuid5(NAMESPACE_URL, f"{dossier.pk}/{content.code}"),
            revision=0,
            verdict=step.verdicts[0].code if step.verdicts else "",
            text="Đã đến cơ sở ngày kiểm tra, đối chiếu sổ sách và hỏi tổ dân phố: đúng như chủ thể trình bày.",
            asked="Tổ trưởng tổ dân phố",
            place="Tại cơ sở",
            noted_at=came + timedelta(hours=1),
        )
        for content in step.contents
    ]
    save_notes(dossier=dossier, notes=notes, by=by, at=came + timedelta(hours=2))
    finish_assessment(dossier=dossier, by=by, at=at)


def send_back(stage: Stage, dossier: Dossier, at: datetime) -> None:
    dossier = fresh(dossier)
    return_dossier(
        dossier=dossier,
        items=[
            {"what": "Phiếu kiểm nghiệm còn hiệu lực", "reason": "Phiếu nộp kèm đã quá 12 tháng"},
            {"what": "Ảnh khu sơ chế", "reason": "Ảnh mờ, không thấy bồn rửa và lối đi"},
        ],
        answer_by=stage.day + timedelta(days=9),
        note="Có thể chụp lại bằng điện thoại, không cần in.",
        by=finder_of(stage, dossier),
        at=at,
    )


def fresh(dossier: Dossier) -> Dossier:
    return dossiers().get(pk=dossier.pk)
