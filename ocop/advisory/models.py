"""The team, who reviews what, what the desk and the field found, and the report to the chair."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.advisory.states import ReviewState, SurveyState, TeamRole
from ocop.dossiers.models import Dossier, Submission
from ocop.intake.models import NoteRow, PhotoRow
from ocop.places.models import Unit


class Team(models.Model):
    """An advisory team of one level, formed by a decision (Tổ tư vấn hoặc Tổ giúp việc)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="advisory_teams")
    level = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "decision_number"], name="team_decision_once"),
            models.CheckConstraint(
                condition=Q(term_from__isnull=True) | Q(term_to__isnull=True) | Q(term_to__gte=F("term_from")),
                name="team_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TeamSeat(models.Model):
    """A person's seat on the team; `sectors` are the fields of products it knows (none: all). `ended_on`: last day."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="advisory_seats")
    role = models.CharField(max_length=10, choices=TeamRole.choices)
    organisation = models.CharField(max_length=160, blank=True)
    field = models.CharField(max_length=200, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=Q(ended_on__isnull=True), name="one_team_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["team"], condition=Q(role="lead", ended_on__isnull=True), name="one_team_lead"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_by=""), name="ended_team_seat_has_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Assignment(models.Model):
    """A dossier given to a seat for review; taken away again it stays in the table with the reason."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    seat = models.ForeignKey(TeamSeat, on_delete=models.PROTECT, related_name="assignments")
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_for = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "seat"], condition=Q(ended_at__isnull=True), name="assigned_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_for=""), name="ended_assignment_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} → {self.seat}"


class Review(models.Model):
    """One seat's desk review of one dossier; `revision` counts its savings, `words` is its opinion on the whole."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reviews")
    seat = models.ForeignKey(TeamSeat, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=ReviewState.choices, default=ReviewState.DRAFT)
    words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seat"], name="one_review_per_seat"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(done_at__isnull=False), name="done_review_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.dossier}"


class AdviceRow(models.Model):
    """What a review advises on one criterion; append-only, the highest revision counts.

    `place` is the option from 1, 0 for "no option reached", None for no advice on the option yet.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="rows")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=20)
    revision = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["review", "criterion", "revision"], name="advice_revision_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.place}"


class Survey(models.Model):
    """A survey in the field: `questions` say what to look at where (code, text, criterion)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="surveys")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(TeamSeat, on_delete=models.PROTECT, related_name="surveys")
    number = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    place = models.CharField(max_length=200, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=SurveyState.choices, default=SurveyState.OPEN)
    conclusion = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="survey_number_once"),
            models.CheckConstraint(condition=Q(state="open") | Q(done_at__isnull=False), name="done_survey_has_moment"),
        ]

    def __str__(self) -> str:
        return f"Khảo sát lần {self.number} · {self.dossier}"


class SurveyNote(NoteRow):
    """What the survey found for one question; append-only, the highest revision counts."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="notes")

    class Meta:
        ordering = ["content", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "content", "revision"], name="survey_note_revision_once")
        ]


class SurveyPhoto(PhotoRow):
    """A photo of the survey, with its place; it may be taken out again, the row stays."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="photos")


class AdvisoryReport(models.Model):
    """A version of the team's report on a dossier to the chair; append-only, the highest version counts.

    `advice` freezes the team's advice by criterion (place, words), `reviews` and `surveys` what it rests on. A later
    version says in `reason` why the earlier one was recalled.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="advisory_reports")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="reports")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    conclusion = models.TextField()
    proposal = models.TextField(blank=True)
    advice = models.JSONField()
    reviews = models.JSONField()
    surveys = models.JSONField(default=list)
    tests = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "version"], name="advisory_report_version_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="later_report_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Báo cáo của {self.team} về {self.dossier}, bản {self.version}"
