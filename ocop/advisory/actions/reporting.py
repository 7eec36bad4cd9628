"""The team's report to the chair of the council: what it advises, on what; a later version says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.advisory.actions.locking import at_work, lock_team
from ocop.advisory.actions.reviewing import LONGEST_ADVICE
from ocop.advisory.models import AdvisoryReport, Review
from ocop.advisory.papers import report_paper
from ocop.advisory.permissions import check_report
from ocop.advisory.queries import (
    given_on,
    report_of,
    reviews_of,
    rows_of,
    survey_notes,
    survey_photos,
    surveys_of,
    team_for,
)
from ocop.advisory.states import ReviewState, SurveyVerdict
from ocop.audit.actions import record
from ocop.audit.rules import fingerprint
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.intake.queries import latest_submission
from ocop.paperwork.actions import issue_paper
from ocop.samples.queries import tests_of

KIND = "advisory_report"
LONGEST_CONCLUSION = 10000


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceDraft:
    """The team's advice on one criterion: option from 1, 0 for none reached, None for words only."""

    place: int | None
    words: str = ""


@transaction.atomic
def write_report(
    *,
    dossier: Dossier,
    advice: Mapping[str, AdviceDraft],
    conclusion: str,
    proposal: str = "",
    reason: str = "",
    number: str = "",
    signed_on: date | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> AdvisoryReport:
    """Report on a dossier: the team's advice by criterion, frozen with what it rests on, as a numbered paper.

    Every reviewer has to be done. After a first report only a new version with a reason changes it (`version`: the one
    the page showed, 0 for none). Words and options only: no sum, no star (Tổ tư vấn không chấm điểm).
    """
    locked = at_work(dossier, before_report=False)
    day = day_of(at)
    check_report(by, day, locked)
    team = team_for(locked, day)
    if team is None:
        raise Refused("Hồ sơ này chưa có Tổ tư vấn. Hãy nhờ cơ quan chủ trì lập Tổ.")
    lock_team(team)
    newest = report_of(locked)
    standing = newest.version if newest is not None else 0
    if version is not None and version != standing:
        raise Refused(f"Báo cáo bản {standing} vừa được lập. Hãy mở lại trang để xem trước khi lập bản mới.")
    reviews = _finished(locked)
    frozen = _frozen(locked, advice)
    conclusion, proposal, reason = tidy(conclusion), tidy(proposal), tidy(reason)
    if not conclusion:
        raise Refused("Ghi nhận định chung của Tổ.", field="conclusion")
    check_length(conclusion, LONGEST_CONCLUSION, what="Nhận định chung", field="conclusion")
    check_length(proposal, LONGEST_CONCLUSION, what="Đề xuất", field="proposal")
    check_length(reason, 500, what="Lý do", field="reason")
    if newest is not None and not reason:
        raise Refused("Đã có báo cáo. Ghi lý do thay bằng bản mới; bản cũ vẫn được giữ.", field="reason")
    signed_on = signed_on or day
    if signed_on > day:
        raise Refused("Ngày ký không thể sau hôm nay.", field="signed_on")
    report = AdvisoryReport.objects.create(
        dossier=locked,
        team=team,
        submission=latest_submission(locked),
        version=standing + 1,
        conclusion=conclusion,
        proposal=proposal,
        advice=frozen,
        reviews=[_told(review) for review in reviews],
        surveys=surveys_told(locked),
        tests=tests_told(locked),
        reason=reason if newest is not None else "",
        by=by,
        at=at,
    )
    record(
        act="report_advice",
        words=f"Tổ báo cáo Chủ tịch Hội đồng, bản {report.version}" + (f": {reason}" if report.reason else ""),
        on=report,
        thread=locked,
        facts={"version": report.version, "advice": fingerprint(frozen), "reviews": [each.pk for each in reviews]},
        by=by,
        at=at,
    )
    issue_paper(
        kind=KIND,
        unit=team.unit,
        compose=lambda stamp: report_paper(report, stamp),
        title=f"Báo cáo của Tổ tư vấn: {locked.registration.product.name}"[:300],
        signed_on=signed_on,
        on=report,
        thread=locked,
        number=number,
        by=by,
        at=at,
    )
    return report


def _finished(dossier: Dossier) -> list[Review]:
    """The reviews that the report rests on; refused while a reviewer is not done."""
    given = given_on([dossier]).get(dossier.pk, [])
    if not given:
        raise Refused("Hồ sơ chưa giao cho ai xem. Hãy giao trước, rồi mới lập báo cáo.")
    reviews = reviews_of(dossier)
    done = {review.seat_id for review in reviews if review.state == ReviewState.DONE}
    waiting = [row.seat.user.full_name for row in given if row.seat_id not in done]
    if waiting:
        raise Refused(
            f"{', '.join(waiting)} chưa xem xong. Chờ người đó hoàn tất, hoặc rút hồ sơ khỏi người đó có lý do."
        )
    return reviews


def _frozen(dossier: Dossier, advice: Mapping[str, AdviceDraft]) -> dict[str, dict[str, Any]]:
    criteria = criteria_of(dossier).criteria
    if set(advice) - set(criteria):
        raise Refused("Có tiêu chí không thuộc bộ tiêu chí của hồ sơ. Hãy mở lại trang.")
    frozen = {}
    for code, criterion in criteria.items():
        said = advice.get(code)
        words = tidy(said.words) if said is not None else ""
        if said is None or (said.place is None and not words):
            raise Refused(f"Tiêu chí {code} chưa có ý kiến của Tổ: chọn một mức hoặc ghi bằng lời.", field=code)
        if said.place is not None and not 0 <= said.place <= len(criterion.options):
            raise Refused(f"Tiêu chí {code} không có mức đó. Hãy chọn lại.", field=code)
        check_length(words, LONGEST_ADVICE, what=f"Ý kiến tiêu chí {code}", field=code)
        frozen[code] = {"place": said.place, "words": words}
    return frozen


def _told(review: Review) -> dict[str, Any]:
    return {
        "review": review.pk,
        "by": review.seat.user.full_name,
        "role": review.seat.get_role_display(),
        "organisation": review.seat.organisation,
        "words": review.words,
        "advice": {
            code: {"place": row.place, "words": row.words} for code, row in sorted(rows_of([review])[review.pk].items())
        },
    }


def surveys_told(dossier: Dossier) -> list[dict[str, Any]]:
    """The finished surveys as a report freezes them."""
    told = []
    for survey in surveys_of(dossier).filter(done_at__isnull=False):
        notes, photos = survey_notes(survey), survey_photos(survey)
        told.append(
            {
                "number": survey.number,
                "place": survey.place,
                "done_on": f"{day_of(survey.done_at):%d/%m/%Y}" if survey.done_at else "",
                "by": survey.seat.user.full_name,
                "conclusion": survey.conclusion,
                "found": [
                    {
                        "question": question["text"],
                        "criterion": question["criterion"],
                        "verdict": SurveyVerdict(notes[question["code"]].verdict).label,
                        "words": notes[question["code"]].text,
                        "photos": len(photos.get(question["code"], ())),
                    }
                    for question in survey.questions
                ],
            }
        )
    return told


def tests_told(dossier: Dossier) -> list[dict[str, str]]:
    """The extra tests as a report freezes them: by the sample's code."""
    return [
        {
            "what": test.what,
            "sample": str(test.sample) if test.sample is not None else "",
            "verdict": test.verdict,
            "result": test.result_text,
        }
        for test in tests_of(dossier)
    ]
