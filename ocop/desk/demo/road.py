"""A product's road to the council: registered, filled in, handed in, checked, returned, passed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.desk.demo.choices import places_for
from ocop.desk.demo.papers import paper, picture
from ocop.desk.demo.stage import Stage
from ocop.dossiers.actions import (
    add_evidence,
    open_dossier,
    pass_step,
    return_dossier,
    save_self_assessment,
    submit_dossier,
)
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers, step_of
from ocop.dossiers.states import DossierState
from ocop.registration.actions import register_product
from ocop.registration.models import Registration
from ocop.registration.queries import registrations


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
    return registrations().get(pk=made.pk)


def bring(stage: Stage, told: dict[str, Any], registration: Registration) -> Dossier | None:
    """Bring the dossier as far as its fate says before the council; None when it is not even opened."""
    fate, by = told["fate"], stage.people[told["subject"]]
    if fate == "registered":
        return None
    opened = registration.registered_at + timedelta(days=4)
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
    for title, upload, cites in (
        ("Ảnh sản phẩm", picture(told["name"]), codes[7:10]),
        (
            "Giấy chứng nhận đăng ký kinh doanh",
            paper(
                "Giấy chứng nhận đăng ký kinh doanh",
                subject.name,
                [f"Số: {subject.business_number}", f"Địa chỉ: {subject.address}, {subject.unit.name}"],
            ),
            codes[:3],
        ),
        (
            "Phiếu kết quả kiểm nghiệm",
            paper(
                "Phiếu kết quả kiểm nghiệm", subject.name, [f"Mẫu: {told['name']}", "Các chỉ tiêu đạt theo quy chuẩn."]
            ),
            codes[-4:-1],
        ),
    )[: 3 if whole else 1]:
        add_evidence(dossier=dossier, upload=upload, title=title, cites=cites, by=by, at=at + timedelta(hours=1))


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
    step = step_of(dossier)
    assert step is not None
    said = {
        content.code: "Đã đến cơ sở ngày kiểm tra, đối chiếu sổ sách và hỏi tổ dân phố: đúng như chủ thể trình bày."
        for content in step.contents
    }
    pass_step(dossier=dossier, contents=said, by=finder_of(stage, dossier), at=at)


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
