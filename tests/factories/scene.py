"""One office with a product in every state side by side, and a secret planted in every place that keeps one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.advisory.actions import QuestionDraft, plan_survey, save_review, write_report
from ocop.appeals.actions import advise, answer_appeal, file_appeal
from ocop.certificates.actions import prepare_decision, sign_decision
from ocop.certificates.models import Certificate
from ocop.consent.actions import give_consent, make_code
from ocop.consent.states import Purpose
from ocop.council.actions import (
    adopt_bylaws,
    begin_discussion,
    call_session,
    cast_sheet,
    cast_tasting,
    close_hearing,
    declare,
    end_seat,
    invite,
    open_calibration,
    open_tasting,
    publish_results,
    put_before,
    save_sheet,
)
from ocop.council.models import Council, Hearing, Result, Seat, Session
from ocop.council.queries import sensory_codes
from ocop.council.states import SessionKind
from ocop.desk.demo.choices import places_for
from ocop.dossiers.actions import add_evidence, pass_step, return_dossier, send_message, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, step_of
from ocop.dossiers.states import DossierState
from ocop.intake.actions import MarkDraft, save_marks
from ocop.intake.queries import checklist_of
from ocop.places.models import Unit
from ocop.samples.actions import ask_test, issue_receipt, record_test
from tests.factories import advisory, ideas, intake
from tests.factories.coaching import office_step, planned
from tests.factories.cycle import (
    accepted_dossier,
    council_of,
    draft_dossier,
    fill_in,
    fresh,
    owner_of,
    photo,
    registration,
    session_of,
    subject,
    submitted_dossier,
)
from tests.factories.interview import answered
from tests.factories.kinds import earlier
from tests.factories.samples import moved, received_samples
from tests.factories.wallet import held
from tests.factories.wallet import paper as wallet_paper
from tests.factories.world import World, person, province_2026, unit

# The places at the council's table; the eleventh left it before the session.
CHAIR, VICE, LET_IN, WROTE, HANDED_IN, LATE = 0, 1, 2, 3, 4, 9
CONFLICTED, UNDECLARED, FORMER = 7, 8, 10


@dataclass
class Scene:
    """The office: people by what they are, products by how they stand, and what was planted."""

    world: World
    people: dict[str, User | None] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    hearings: dict[str, Hearing] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def secret(self, kind: str) -> str:
        """A text that stands nowhere else, planted under this name."""
        return self.secrets.setdefault(kind, "zq" + kind.replace(" ", "").replace(".", "") + "zq")


def build() -> Scene:
    """Everything, through the real actions, on one morning of 2026."""
    scene = Scene(province_2026())
    _producers(scene)
    _at_the_desks(scene)
    past = _small_council(scene)
    _published(scene, past)
    council = _council(scene)
    _evening(scene, council)
    _tasting(scene)
    _written(scene)
    _calibration(scene, council)
    _advice(scene)
    _people(scene)
    return scene


def _producers(scene: Scene) -> None:
    world = scene.world
    own, other, past = (subject(world, name=f"Hợp tác xã {name}") for name in ("Sông Thương", "Dĩnh Kế", "zqpastname"))
    scene.things |= {"own": own, "other": other, "past": past}
    by, at = owner_of(own), world.at
    scene.things["paper"] = wallet_paper(world, own, kind="label_sample", title=scene.secret("wallet"))
    registered = registration(world, of=own, name="Mỳ gạo chưa lập")
    scene.things |= {"registration": registered, "product": registered.product}
    answered(
        world,
        registered.product,
        {"rep_ethnicity": scene.secret("ethnicity"), "rep_home_address": scene.secret("home address")},
    )
    scene.things["recognition"] = earlier(
        world, registered.product, expires_on=at.date() + timedelta(days=200), scan=photo()
    )
    scene.things["upload"] = held(world, own, f"{scene.secret('upload')}.jpg", photo().read())
    scene.things["idea"] = ideas.idea(world, of=own, texts=ideas.TEXTS | {"description": scene.secret("idea draft")})
    taken = ideas.accepted(world, ideas.idea(world, of=own))
    scene.things["plan idea"], scene.things["plan step"] = taken, ideas.with_step(world, taken)
    helper = person("Người nhập giúp", Role.HELPER, world.unit)
    code = make_code(subject=own, purpose=Purpose.CONSENT, by=by, at=at)
    scene.things["consent"] = give_consent(
        subject=own, code=code, until=at.date() + timedelta(days=30), by=helper, at=at
    )
    scene.secrets["spoken code"] = make_code(subject=own, purpose=Purpose.CONSENT, by=by, at=at)
    scene.people["helper with consent"] = helper
    scene.things["office step"] = office_step(world)


def _own(scene: Scene, state: str, dossier: Dossier) -> Dossier:
    scene.dossiers[state] = dossier
    return dossier


def _at_the_desks(scene: Scene) -> None:
    world, at, own = scene.world, scene.world.at, scene.things["own"]
    by = owner_of(own)
    draft = _own(scene, "draft", fill_in(draft_dossier(world, of=own), world, total=57))
    add_evidence(dossier=draft, upload=photo(), title=scene.secret("evidence draft"), by=by, at=at)
    scene.things["plan"] = planned(world, draft)
    submitted = _own(scene, "submitted", submitted_dossier(world, of=own))
    scene.things["receipt"] = intake.received(submitted, world)
    intake.note(submitted, world, "origin", scene.secret("field note"))
    checking = _own(scene, "checking", submitted_dossier(world, of=own))
    intake.noted(checking, world)
    checking = _own(scene, "checking", intake.finish_assessment(dossier=checking, by=world.commune_officer, at=at))
    checking = _own(scene, "checking", fresh(checking))
    step = step_of(checking)
    assert step is not None
    items = list(checklist_of(checking, step))
    save_marks(
        dossier=checking,
        marks=[MarkDraft(item=items[0].key, mark="missing", note=scene.secret("check mark"))],
        by=world.officer,
        at=at,
    )
    returned = submitted_dossier(world, of=own)
    return_dossier(
        dossier=returned,
        items=[{"what": "Phiếu kiểm nghiệm", "reason": "Hết hạn", "example": ""}],
        answer_by=at.date() + timedelta(days=5),
        by=world.commune_officer,
        at=at,
    )
    returned = _own(scene, "returned", fresh(returned))
    send_message(dossier=returned, text=scene.secret("message returned"), by=by, at=at)
    accepted = _own(scene, "accepted", accepted_dossier(world, of=own))
    _own(scene, "other", fill_in(draft_dossier(world, of=scene.things["other"]), world))
    scene.things["reception"] = received_samples(world, accepted, note=scene.secret("sample note"))
    scene.things["sample receipt"] = issue_receipt(reception=scene.things["reception"], by=world.officer, at=at)


def _small_council(scene: Scene) -> Session:
    world = scene.world
    return session_of(world, council_of(world, members=3))


def _hear(scene: Scene, state: str, session: Session, *, of: str = "own", name: str = "", **kwargs: Any) -> Hearing:
    """A dossier with a photo whose name is a secret, put before the session."""
    world = scene.world
    dossier = fill_in(draft_dossier(world, of=scene.things[of], name=name, **kwargs), world, total=57)
    by = owner_of(scene.things[of])
    scene.things[f"evidence {state}"] = add_evidence(
        dossier=dossier, upload=photo(), title=scene.secret(f"evidence {state}"), by=by, at=world.at
    )
    submit_dossier(dossier=dossier, by=by, at=world.at)
    dossier = fresh(dossier)
    while dossier.state == DossierState.SUBMITTED:
        step = step_of(dossier)
        assert step is not None
        officer = world.commune_officer if step.by == Role.COMMUNE_OFFICER else world.officer
        contents = {content.code: "Đúng như chủ thể trình bày." for content in step.contents}
        pass_step(dossier=dossier, contents=contents, by=officer, at=world.at)
        dossier = fresh(dossier)
    scene.dossiers[state] = dossier
    made = put_before(session=session, dossiers=[dossier], by=world.officer, at=world.at)[0]
    scene.hearings[state] = made
    return made


def _score(scene: Scene, hearing: Hearing, totals: dict[Seat, int], note: str = "", writer: int = 0) -> None:
    at = scene.world.at
    criteria_set = criteria_of(hearing.dossier)
    for place, (seat, total) in enumerate(totals.items()):
        declare(hearing=hearing, conflict=False, by=seat.user, at=at)
        notes = dict.fromkeys(criteria_set.criteria, note) if note and place == writer else {}
        opinion = f"{note} opinion" if notes else ""
        cast_sheet(
            hearing=hearing,
            choices=places_for(criteria_set, total),
            notes=notes,
            opinion=opinion,
            by=seat.user,
            at=at,
        )


def _voting(council: Council) -> list[Seat]:
    return list(council.seats.filter(votes=True).select_related("user").order_by("pk"))


def _published(scene: Scene, session: Session) -> None:
    """The past: recognised twice, waiting for a decision, going up, no certificate, appealed twice."""
    world, at = scene.world, scene.world.at
    seats = _voting(session.council)
    totals = {"recognised": 62, "recognised 2": 63, "to recognise": 64, "to forward": 95, "none": 41, "appealed": 42,
              "granted": 43}  # fmt: skip
    for state, total in totals.items():
        of = "past" if state.startswith("recognised") else "own"
        hearing = _hear(scene, state, session, of=of, name="zqpastproduct " + state if of == "past" else "")
        _score(scene, hearing, dict.fromkeys(seats, total), scene.secret(f"note {state}"), writer=1)
        scene.results[state] = close_hearing(hearing=hearing, by=seats[0].user, at=at)
    publish_results(
        session=session,
        ticked=[result.pk for result in scene.results.values()],
        signed_on=at.date(),
        signer="Nguyễn Văn Trưởng Phòng",
        by=world.leader,
        at=at,
    )
    scene.sessions["past"] = session
    decision = prepare_decision(
        unit=world.unit,
        batch=world.batch,
        results=[scene.results["recognised"], scene.results["recognised 2"]],
        by=world.officer,
        at=at,
    )
    scene.things["decision"] = sign_decision(
        decision=decision,
        number="77/QĐ-UBND",
        decided_on=at.date(),
        signer_name=world.leader.full_name,
        signer_title="Phó Chủ tịch",
        by=world.leader,
        at=at,
    )
    scene.things["draft decision"] = prepare_decision(
        unit=world.unit, batch=world.batch, results=[scene.results["to recognise"]], by=world.officer, at=at
    )
    scene.things["certificate"] = Certificate.objects.get(dossier=scene.dossiers["recognised"])
    by = owner_of(scene.things["own"])
    for state in ("appealed", "granted"):
        dossier = fresh(scene.dossiers[state])
        appeal = file_appeal(
            dossier=dossier,
            text=scene.secret(f"appeal {state}"),
            held=[held(world, scene.things["own"], "don.jpg", photo().read()).key],
            by=by,
            at=world.later,
        )
        advise(appeal=appeal, text=scene.secret(f"opinion {state}"), by=world.officer, at=world.later)
        scene.things[f"appeal {state}"] = appeal
    scene.sessions["next"] = call_session(
        council=session.council,
        batch=world.batch,
        name="Phiên xem xét lại",
        held_on=at.date() + timedelta(days=7),
        place="Phòng họp tầng 2",
        by=world.officer,
        at=world.later,
    )
    answer = answer_appeal(
        appeal=scene.things["appeal granted"],
        granted=True,
        text="Có giấy tờ chưa được xét.",
        to=scene.sessions["next"],
        by=world.leader,
        at=world.later,
    )
    scene.hearings["heard again"] = answer.hearing


def _council(scene: Scene) -> Council:
    """Eleven who vote and a secretary; one of them leaves before the session."""
    world = scene.world
    council = council_of(world, members=11)
    former = _voting(council)[FORMER]
    end_seat(
        seat=former, last_day=world.at.date() - timedelta(days=1), document="9/QĐ-UBND", by=world.officer, at=world.at
    )
    RoleGrant.objects.filter(user=former.user).update(valid_to=world.at.date() - timedelta(days=1))
    scene.things["council"] = council
    return council


def _evening(scene: Scene, council: Council) -> None:
    """The meeting: not scored yet, being scored, all in but apart, in discussion, closed and not published."""
    world, at = scene.world, scene.world.at
    session = scene.sessions["meeting"] = session_of(world, council)
    seats = list(council.seats.select_related("user").order_by("pk"))
    secretary = seats[-1].user
    _hear(scene, "new", session)
    in_order = (CHAIR, VICE, LET_IN, WROTE, HANDED_IN, 5, 6, LATE)
    plan: Sequence[tuple[str, dict[int, int]]] = (
        ("scoring", {CHAIR: 61, WROTE: 67, HANDED_IN: 61, 5: 61, LATE: 60}),
        ("apart", {CHAIR: 72, VICE: 59, WROTE: 74, HANDED_IN: 58, 5: 58, 6: 58, LATE: 58}),
        ("discussed", {CHAIR: 78, VICE: 59, WROTE: 79, HANDED_IN: 56, 5: 56, 6: 56, LATE: 56}),
        ("pending", {CHAIR: 66, VICE: 66, LET_IN: 66, WROTE: 69, HANDED_IN: 66, 5: 66, 6: 66, LATE: 65}),
    )
    for state, totals in plan:
        hearing = _hear(scene, state, session)
        note = scene.secret(f"note {state}")
        _score(
            scene,
            hearing,
            {seats[place]: totals[place] for place in in_order if place in totals},
            note,
            writer=[place for place in in_order if place in totals].index(WROTE),
        )
        if LET_IN not in totals:
            declare(hearing=hearing, conflict=False, by=seats[LET_IN].user, at=at)
            code = next(iter(criteria_of(hearing.dossier).criteria))
            save_sheet(
                hearing=hearing,
                choices={code: 1},
                notes={code: scene.secret(f"unfinished {state}")},
                by=seats[LET_IN].user,
                at=at,
            )
        if VICE not in totals:
            declare(hearing=hearing, conflict=False, by=seats[VICE].user, at=at)
        declare(
            hearing=hearing, conflict=True, reason=scene.secret(f"reason {state}"), by=seats[CONFLICTED].user, at=at
        )
        declare(hearing=hearing, conflict=True, reason=scene.secret(f"late reason {state}"), by=seats[LATE].user, at=at)
    begin_discussion(hearing=scene.hearings["discussed"], by=seats[CHAIR].user, at=at)
    scene.results["pending"] = close_hearing(hearing=scene.hearings["pending"], by=seats[CHAIR].user, at=at)
    test = ask_test(dossier=scene.dossiers["scoring"], what="Độ ẩm", laboratory="Quatest 1", by=world.officer, at=at)
    reception = received_samples(world, scene.dossiers["scoring"])
    sample = scene.things["sample"] = moved(world, reception.samples.get(number=1), "sent_to_lab")
    scene.things["test"] = record_test(
        test=test,
        sample=sample,
        result_text=scene.secret("test result"),
        passed=False,
        paper_file=photo(),
        by=world.officer,
        at=at,
    )
    send_message(
        dossier=scene.dossiers["scoring"],
        text=scene.secret("message scoring"),
        by=owner_of(scene.things["own"]),
        at=at,
    )
    invite(session=session, seats=[seats[LET_IN]], by=secretary, at=at)
    scene.things["seats"] = seats


def _tasting(scene: Scene) -> None:
    """A small council that tastes blind: its own people, one has handed a cup in."""
    world, at = scene.world, scene.world.at
    council = council_of(world, members=3)
    adopt_bylaws(
        council=council,
        quorum=Decimal("0.75"),
        chair_must_vote=True,
        spread_limit=Decimal(100),
        round_mean_to=None,
        minimums_on="mean",
        blind_tasting=True,
        by=world.officer,
        at=at,
    )
    session = scene.sessions["tasting"] = session_of(world, council)
    for state in ("cup one", "cup two"):
        _hear(scene, state, session, name=f"zqproduct{state.replace(' ', '')}")
    seats = list(council.seats.select_related("user").order_by("pk"))
    hearings = [scene.hearings["cup one"], scene.hearings["cup two"]]
    made = scene.things["tasting"] = open_tasting(session=session, hearings_tasted=hearings, by=seats[-1].user, at=at)
    for seat in seats[:2]:
        for hearing in hearings:
            declare(hearing=hearing, conflict=False, by=seat.user, at=at)
    declare(hearing=hearings[0], conflict=True, reason="Có liên quan", by=seats[2].user, at=at)
    cup = scene.things["cup"] = made.cups.get(hearing=hearings[0])
    cast_tasting(
        cup=cup,
        choices=dict.fromkeys(sorted(sensory_codes(hearings[0])), 1),
        note=scene.secret("tasting note"),
        by=seats[1].user,
        at=at,
    )
    scene.secrets["cup code"] = cup.code
    scene.people |= {
        "taster": seats[0].user,
        "taster who wrote": seats[1].user,
        "taster conflicted": seats[2].user,
        "tasting secretary": seats[-1].user,
    }


def _written(scene: Scene) -> None:
    """A written opinion: one ballot is in, the other two are due in three days."""
    world, at = scene.world, scene.world.at
    council = council_of(world, members=3)
    session = scene.sessions["written"] = call_session(
        council=council,
        batch=world.batch,
        name="Lấy ý kiến 1",
        held_on=at.date() + timedelta(days=3),
        place="Gửi qua hệ thống",
        kind=SessionKind.WRITTEN,
        ballots_by=at + timedelta(days=3),
        by=world.officer,
        at=at,
    )
    dossier = _own(scene, "written", accepted_dossier(world, of=scene.things["own"], kind="new"))
    type(dossier.registration).objects.filter(pk=dossier.registration_id).update(kind="reevaluation")
    dossier = scene.dossiers["written"] = fresh(dossier)
    hearing = scene.hearings["written"] = put_before(session=session, dossiers=[dossier], by=world.officer, at=at)[0]
    seats = _voting(council)
    _score(scene, hearing, {seats[1]: 77}, scene.secret("note written"))
    scene.people |= {"ballot owed": seats[2].user, "ballot in": seats[1].user}


def _calibration(scene: Scene, council: Council) -> None:
    world = scene.world
    seats = list(council.seats.select_related("user").order_by("pk"))
    made = open_calibration(
        council=council,
        name="Chấm thử",
        dossiers=[fresh(scene.dossiers["recognised"]), fresh(scene.dossiers["recognised 2"])],
        by=seats[-1].user,
        at=world.at,
    )
    scene.things["calibration"], scene.things["case"] = made, made.cases.order_by("letter").first()


def _advice(scene: Scene) -> None:
    """A report on the product being scored; on the accepted one only a reviewer's unfinished work and a survey."""
    world, at = scene.world, scene.world.at
    team = scene.things["team"] = advisory.team_of(world)
    lead, member, idle = advisory.seats(team)
    for state in ("reported", "accepted"):
        key = "accepted" if state == "accepted" else "scoring"
        advisory.given(scene.dossiers[key], member, world)
        scene.things[f"assignment {key}"] = scene.dossiers[key].assignments.get()
    code = next(iter(criteria_of(scene.dossiers["accepted"]).criteria))
    save_review(
        dossier=scene.dossiers["accepted"],
        places={code: 1},
        advice={code: scene.secret("advice unfinished")},
        by=member.user,
        at=at,
    )
    scene.things["survey"] = plan_survey(
        dossier=scene.dossiers["accepted"],
        questions=[QuestionDraft(text=scene.secret("survey question"), criterion=code)],
        place="Xưởng",
        by=member.user,
        at=at,
    )
    advisory.reviewed(scene.dossiers["scoring"], member, world, words=scene.secret("advice review"))
    words = advisory.report_words(scene.dossiers["scoring"], words=scene.secret("advice report"))
    scene.things["report"] = write_report(dossier=scene.dossiers["scoring"], **words, by=lead.user, at=at)
    scene.people |= {"helper assigned": member.user, "helper of the team": idle.user, "helper lead": lead.user}


def _people(scene: Scene) -> None:
    world, seats = scene.world, scene.things["seats"]
    elsewhere: Unit = unit("Phường Bắc Giang", world.at.date())
    scene.people = {
        "anonymous": None,
        "subject": owner_of(scene.things["own"]),
        "other subject": owner_of(scene.things["other"]),
        "commune officer": world.commune_officer,
        "other commune's officer": person("Cán bộ xã khác", Role.COMMUNE_OFFICER, elsewhere),
        "lead officer": world.officer,
        "leader": world.leader,
        "liaison": world.liaison,
        "admin": person("Quản trị", Role.ADMIN, world.unit),
        "helper outside the team": person("Giúp việc khác", Role.HELPER, world.unit),
        "chair": seats[CHAIR].user,
        "vice-chair": seats[VICE].user,
        "member let in": seats[LET_IN].user,
        "member who wrote": seats[WROTE].user,
        "member handed in": seats[HANDED_IN].user,
        "member conflicted": seats[CONFLICTED].user,
        "member conflicted late": seats[LATE].user,
        "member not declared": seats[UNDECLARED].user,
        "secretary": seats[-1].user,
        "former member": seats[FORMER].user,
        "other council's member": _voting(scene.sessions["past"].council)[2].user,
        "other council's writer": _voting(scene.sessions["past"].council)[1].user,
    } | scene.people
    User.objects.update(practice_day=world.at.date())
    for user in scene.people.values():
        if user is not None:
            user.refresh_from_db()
