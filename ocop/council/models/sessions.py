"""Sessions and the products before them: who was there, who reads first, who answered what at the door."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.council.models.councils import Bylaws, Council, Seat
from ocop.council.states import HearingState, SessionKind
from ocop.dossiers.models import Dossier
from ocop.planning.models import Batch


class Session(models.Model):
    """A session of a council on a batch, under one version of its bylaws."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sessions")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sessions")
    bylaws = models.ForeignKey(Bylaws, on_delete=models.PROTECT, related_name="sessions")
    name = models.CharField(max_length=160)
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    called_at = models.DateTimeField()
    kind = models.CharField(max_length=8, choices=SessionKind.choices, default=SessionKind.MEETING)
    # A written-opinion session takes ballots until then (QĐ 26/2026 Art. 7.6d).
    ballots_by = models.DateTimeField(null=True, blank=True)
    on_table = models.ForeignKey("Hearing", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Grows with every act of the session that its screens show: the whole cost of asking whether anything is new.
    beat = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="meeting", ballots_by__isnull=True) | Q(kind="written", ballots_by__isnull=False),
                name="written_session_has_deadline",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Hearing(models.Model):
    """One dossier before one session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="hearings")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="hearings")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=HearingState.choices, default=HearingState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    # The ballot that went over to a meeting, or the hearing that an appeal was granted against: both stay.
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="led_to")

    class Meta:
        ordering = ["session", "place"]
        constraints = [
            models.UniqueConstraint(fields=["session", "dossier"], name="dossier_once_per_session"),
            models.UniqueConstraint(fields=["session", "place"], name="place_once_per_session"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state__in=["closed", "escalated"], closed_at__isnull=False),
                name="closed_hearing_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.dossier)

    @property
    def is_open(self) -> bool:
        """Whether sheets may still come in."""
        return self.state == HearingState.OPEN


class Attendance(models.Model):
    """Whether a seat's holder was there: signed in, or as the secretary noted; the newest row counts."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.seat}: {'có mặt' if self.present else 'vắng'}"


class Reader(models.Model):
    """The member who reads a dossier first and presents it (ủy viên đọc chính); the newest row counts."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="readers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="read_first")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.seat} · {self.hearing}"


class Declaration(models.Model):
    """What a member answered at the door: has this person an interest in this product? Append-only.

    After "no conflict" a conflict may still come to light; after a conflict nothing follows. The last answer counts.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="declarations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="declarations")
    conflict = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "seat", "conflict"], name="declared_once_each_way"),
            models.CheckConstraint(condition=Q(conflict=False) | ~Q(reason=""), name="conflict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {'có' if self.conflict else 'không'} xung đột lợi ích"
