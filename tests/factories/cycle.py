"""Dossiers and hearings at every stage, built by the real actions."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.certificates.actions import prepare_decision, sign_decision
from ocop.certificates.models import Certificate
from ocop.council.actions import (
    adopt_bylaws,
    call_session,
    cast_sheet,
    close_hearing,
    declare,
    form_council,
    put_before,
)
from ocop.council.actions.forming import SeatDraft
from ocop.council.models import Council, Hearing, Result, Session
from ocop.council.queries import acting_chair
from ocop.desk.demo.choices import places_for
from ocop.dossiers.actions import add_evidence, open_dossier, pass_step, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers, regime_of, step_of
from ocop.dossiers.states import DossierState
from ocop.registration.actions import let_act_for, register_product, register_subject
from ocop.registration.models import Registration, Subject
from ocop.rubric.rules import CriteriaSet
from tests.factories.world import World, person

_number = count(1)


def photo(name: str = "anh.jpg", colour: tuple[int, int, int] | None = None) -> SimpleUploadedFile:
    """A small real picture; each one differs, unless the same colour is asked for twice."""
    number = next(_number)
    out = io.BytesIO()
    # JPEG blurs neighbouring colours into the same bytes: the comment keeps the files apart.
    picture = Image.new("RGB", (40, 30), colour or (number % 256, number // 256 % 256, 90))
    picture.save(out, "JPEG", comment=str(colour or number))
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def subject(world: World, *, owner: User | None = None, name: str = "") -> Subject:
    """A cooperative of the world's commune, with one person who acts for it."""
    number = next(_number)
    made = register_subject(
        name=name or f"Hợp tác xã Số {number}",
        kind="cooperative",
        unit=world.commune,
        address=f"Tổ dân phố {number}",
        business_number=f"24{number:08d}",
        representative="Hoàng Thị Giám Đốc",
        phone=f"09{number:08d}",
        by=world.officer,
        at=world.at,
    )
    let_act_for(
        subject=made,
        user=owner or person("Hoàng Thị Giám Đốc", Role.SUBJECT, world.commune),
        by=world.officer,
        at=world.at,
    )
    return made


def registration(
    world: World, *, of: Subject | None = None, name: str = "", set_no: int = 6, kind: str = "new", target_star: int = 3
) -> Registration:
    """A product registered into the world's batch by its subject."""
    producer = of or subject(world)
    return register_product(
        subject=producer,
        batch=world.batch,
        name=name or f"Mỳ gạo Số {next(_number)}",
        set_no=set_no,
        kind=kind,
        target_star=target_star,
        by=owner_of(producer),
        at=world.at,
    )


def owner_of(producer: Subject) -> User:
    """The person who acts for the subject."""
    person_of_subject = producer.people.first()
    assert person_of_subject is not None
    return person_of_subject


def draft_dossier(world: World, **kwargs: object) -> Dossier:
    """An opened dossier, still empty."""
    made = registration(world, **kwargs)  # type: ignore[arg-type]
    return open_dossier(registration=made, by=owner_of(made.product.subject), at=world.at)


def first_places(criteria_set: CriteriaSet) -> dict[str, int | None]:
    """The first option of every criterion."""
    return dict.fromkeys(criteria_set.criteria, 1)


def fill_in(dossier: Dossier, world: World, *, total: int = 60) -> Dossier:
    """A full self-assessment of `total` points with one photo."""
    by = owner_of(dossier.registration.product.subject)
    save_self_assessment(
        dossier=dossier,
        choices=places_for(criteria_of(dossier), total),
        explanations={},
        changes_note="Đổi bao bì, thêm phiếu kiểm nghiệm mới.",
        by=by,
        at=world.at,
    )
    add_evidence(dossier=dossier, upload=photo(), title="Ảnh cơ sở sản xuất", cites=[], by=by, at=world.at)
    return fresh(dossier)


def submitted_dossier(world: World, *, total: int = 60, **kwargs: object) -> Dossier:
    """A dossier handed in, at its first intake step."""
    dossier = fill_in(draft_dossier(world, **kwargs), world, total=total)
    submit_dossier(dossier=dossier, by=owner_of(dossier.registration.product.subject), at=world.at)
    return fresh(dossier)


def accepted_dossier(world: World, **kwargs: object) -> Dossier:
    """A dossier that passed every intake step of its regime."""
    dossier = submitted_dossier(world, **kwargs)  # type: ignore[arg-type]
    while dossier.state == DossierState.SUBMITTED:
        step = step_of(dossier)
        assert step is not None
        by = world.commune_officer if step.by == Role.COMMUNE_OFFICER else world.officer
        pass_step(
            dossier=dossier,
            contents={content.code: "Đúng như chủ thể trình bày." for content in step.contents},
            by=by,
            at=world.at,
        )
        dossier = fresh(dossier)
    return dossier


def council_of(world: World, *, members: int = 9, vice_chair: bool = True) -> Council:
    """A council of voting `members` (chair and vice-chair among them) and a secretary without a vote, with bylaws."""
    roles = ["chair", *(["vice_chair"] if vice_chair and members > 1 else [])]
    roles += ["member"] * (members - len(roles))
    seats = [
        SeatDraft(user=person(f"Thành viên {place}", Role.MEMBER, world.unit), role=role)
        for place, role in enumerate(roles, start=1)
    ]
    seats.append(SeatDraft(user=person("Thư ký", Role.SECRETARY, world.unit), role="secretary", votes=False))
    regime = world.batch.programme.regime_version
    from ocop.regime.queries import as_rules

    council = form_council(
        unit=world.unit,
        level=as_rules(regime).first_council,
        name=f"Hội đồng OCOP {world.unit.lower_name} số {next(_number)}",
        decision_number=f"{next(_number)}/QĐ-UBND",
        decided_on=world.at.date() - timedelta(days=30),
        seats=seats,
        by=world.officer,
        at=world.at,
    )
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(10),
        round_mean_to=None,
        minimums_on="mean",
        by=world.officer,
        at=world.at,
    )
    return council


def session_of(world: World, council: Council | None = None) -> Session:
    """A session on the world's batch."""
    return call_session(
        council=council or council_of(world),
        batch=world.batch,
        name="Phiên 1",
        held_on=world.at.date(),
        place="Phòng họp tầng 2",
        by=world.officer,
        at=world.at,
    )


def open_hearing(
    world: World, *, session: Session | None = None, dossier: Dossier | None = None, **kwargs: object
) -> Hearing:
    """An accepted dossier put before a session."""
    held = session or session_of(world)
    return put_before(
        session=held, dossiers=[dossier or accepted_dossier(world, **kwargs)], by=world.officer, at=world.at
    )[0]


def score(hearing: Hearing, totals: Sequence[int], world: World) -> None:
    """The first voting seats declare no conflict and hand in sheets of these totals."""
    criteria_set = criteria_of(hearing.dossier)
    seats = list(hearing.session.council.seats.filter(votes=True).select_related("user").order_by("pk"))
    for seat, total in zip(seats, totals, strict=False):
        declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
        cast_sheet(hearing=hearing, choices=places_for(criteria_set, total), by=seat.user, at=world.at)


def closed_hearing(world: World, *, totals: Sequence[int] = (62,) * 9, **kwargs: object) -> Result:
    """A hearing that its chair has closed."""
    hearing = open_hearing(world, **kwargs)  # type: ignore[arg-type]
    score(hearing, totals, world)
    chair = acting_chair(hearing, world.at.date())
    assert chair is not None
    return close_hearing(hearing=hearing, by=chair.user, at=world.at)


def recognised(world: World, **kwargs: object) -> Certificate:
    """A product with its certificate."""
    result = closed_hearing(world, **kwargs)  # type: ignore[arg-type]
    decision = prepare_decision(unit=world.unit, batch=world.batch, results=[result], by=world.officer, at=world.at)
    sign_decision(
        decision=decision,
        number=f"{next(_number)}/QĐ-UBND",
        decided_on=world.at.date(),
        signer_name="Nguyễn Văn Lãnh Đạo",
        signer_title="Phó Chủ tịch",
        by=world.leader,
        at=world.at,
    )
    return Certificate.objects.get(dossier=result.hearing.dossier_id)


def fresh(dossier: Dossier) -> Dossier:
    """The dossier read again."""
    again = dossiers().get(pk=dossier.pk)
    assert regime_of(again)
    return again
