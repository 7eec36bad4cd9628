"""The advisory team: its seats, what is given to whom, one review done and reported, one begun, others to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ocop.advisory.actions import (
    AdviceDraft,
    QuestionDraft,
    TeamSeatDraft,
    finish_review,
    form_team,
    give,
    plan_survey,
    save_review,
    write_report,
)
from ocop.advisory.models import Team
from ocop.desk.demo.choices import places_for
from ocop.desk.demo.opening import grants_on_day
from ocop.desk.demo.stage import Stage
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers
from ocop.regime.queries import as_rules, current

SOURCE = "Nguyên liệu mua ngoài xã khoảng một nửa, hợp đồng còn thiếu chữ ký bên bán: hỏi lại chủ thể tại phiên."
REVIEW = "Hồ sơ khá đủ, cần làm rõ nguồn nguyên liệu."
CONCLUSION = (
    "Hồ sơ đủ thành phần. Sản phẩm gắn với nghề của địa phương, bao bì còn sơ sài. "
    "Minh chứng về vùng nguyên liệu chưa rõ."
)
PROPOSAL = "Đề nghị Hội đồng hỏi chủ thể về nguồn nguyên liệu và xem kỹ mẫu bao bì."


def form_advisers(stage: Stage) -> Team:
    """The team as its decision forms it."""
    told = stage.told["team"]
    grants = {grant.user_id: grant for grant in grants_on_day(stage)}
    return form_team(
        unit=stage.unit,
        level=as_rules(current(stage.told["regime"])).first_council,
        name=told["name"],
        decision_number=told["decision"],
        decided_on=told["decided_on"],
        seats=[
            TeamSeatDraft(
                user=stage.people[key],
                role=seat["role"],
                organisation=grants[stage.people[key].pk].organisation,
                field=seat["field"],
                sectors=seat["sectors"],
            )
            for key, seat in told["seats"].items()
        ],
        by=stage.people["officer"],
        at=stage.moment(told["decided_on"] + timedelta(days=1)),
    )


def advise(stage: Stage, team: Team, brought: list[tuple[dict[str, Any], Dossier | None]]) -> None:
    """Each product's advice as far as its story says; the council's days come after."""
    seats = {seat.user_id: seat for seat in team.seats.select_related("user", "team__unit")}
    for product, dossier in brought:
        if dossier is None or "advice" not in product:
            continue
        told = product["advice"]
        user, at = stage.people[told["by"]], stage.moment(stage.day - timedelta(days=11), 8)
        fresh = dossiers().get(pk=dossier.pk)
        give(dossier=fresh, seat=seats[user.pk], reason="Am hiểu lĩnh vực", by=stage.people["officer"], at=at)
        places = {code: place or 0 for code, place in places_for(criteria_of(fresh), 60).items()}
        first = next(iter(places))
        if told["stand"] == "begun":
            save_review(
                dossier=fresh,
                places=dict(list(places.items())[:8]),
                advice={first: "Có sổ thu mua từ năm 2022, chưa cộng theo quý."},
                by=user,
                at=at + timedelta(days=2),
            )
        elif told["stand"] in {"done", "reported"}:
            finish_review(
                dossier=fresh, places=places, advice={first: SOURCE}, words=REVIEW, by=user, at=at + timedelta(days=2)
            )
        if "survey" in told:
            plan_survey(
                dossier=fresh,
                questions=[QuestionDraft(text=text) for text in told["survey"]],
                place=f"Cơ sở của {stage.subjects[product['subject']].name}"[:200],
                planned_on=stage.day + timedelta(days=1),
                by=user,
                at=at + timedelta(days=2, hours=1),
            )
        if told["stand"] == "reported":
            write_report(
                dossier=fresh,
                advice={
                    code: AdviceDraft(place=place, words=SOURCE if code == first else "")
                    for code, place in places.items()
                },
                conclusion=CONCLUSION,
                proposal=PROPOSAL,
                by=stage.people["helper"],
                at=at + timedelta(days=3),
            )
