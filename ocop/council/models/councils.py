"""Councils, their seats and their bylaws."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from ocop.accounts.models import User
from ocop.council.rules import Bylaws as BylawsRules
from ocop.council.states import NumbersSeen, ReopenedBy, SeatRole
from ocop.places.models import Unit


class Council(models.Model):
    """A council of one level, formed by a decision."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="councils")
    level = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    term_from = models.DateField(null=True, blank=True)
    term_to = models.DateField(null=True, blank=True)
    # Who presides by delegation and by which document (QĐ 26/2026 Art. 7.3b), as the decision says it.
    delegation = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "decision_number"], name="council_decision_once"),
            models.CheckConstraint(
                condition=Q(term_from__isnull=True) | Q(term_to__isnull=True) | Q(term_to__gte=F("term_from")),
                name="council_term_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's seat on a council; only voting seats hand in sheets. `ended_on`: its last day."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=12, choices=SeatRole.choices)
    organisation = models.CharField(max_length=160, blank=True)
    votes = models.BooleanField(default=True)
    field = models.CharField(max_length=200, blank=True)
    # The sectors of the criteria sets (I, II, …) that the seat knows best: dossiers are assigned by them.
    sectors = models.JSONField(default=list, blank=True)
    delegated_by = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"], condition=Q(ended_on__isnull=True), name="one_seat_per_person"
            ),
            models.UniqueConstraint(
                fields=["council"], condition=Q(role="chair", ended_on__isnull=True), name="one_chair"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_by=""), name="ended_seat_has_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Bylaws(models.Model):
    """A version of a council's bylaws (Quy chế hoạt động); append-only, a session keeps the one it was opened under."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bylaws")
    version = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=120, blank=True)
    quorum = models.DecimalField(max_digits=5, decimal_places=4)
    chair_must_vote = models.BooleanField()
    spread_limit = models.DecimalField(max_digits=6, decimal_places=2)
    round_mean_to = models.PositiveSmallIntegerField(null=True, blank=True)
    minimums_on = models.CharField(max_length=10)
    numbers_seen = models.CharField(max_length=12, choices=NumbersSeen.choices, default=NumbersSeen.CLOSING)
    reopened_by = models.CharField(max_length=20, choices=ReopenedBy.choices, default=ReopenedBy.CHAIR_OR_SECRETARY)
    blind_tasting = models.BooleanField(default=False)
    appeal_days = models.PositiveSmallIntegerField(default=10)
    answer_days = models.PositiveSmallIntegerField(default=10)  # working days
    adopted_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["council", "version"], name="bylaws_version_once"),
            models.CheckConstraint(condition=Q(quorum__gt=0, quorum__lte=1), name="quorum_is_a_share"),
            models.CheckConstraint(condition=Q(spread_limit__gte=0), name="spread_limit_not_negative"),
        ]

    def __str__(self) -> str:
        return f"Quy chế bản {self.version} · {self.council}"

    def as_rules(self) -> BylawsRules:
        """The bylaws as the result engine takes them."""
        return BylawsRules(
            quorum=Fraction(self.quorum),
            chair_must_vote=self.chair_must_vote,
            spread_limit=Fraction(self.spread_limit),
            round_mean_to=self.round_mean_to,
            minimums_on=self.minimums_on,
        )
