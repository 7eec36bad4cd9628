"""Appeals against results, the office's opinions on them, and their answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.appeals.states import TONES, AppealState
from ocop.council.models import Hearing, Result
from ocop.dossiers.models import Dossier
from ocop.files.models import StoredFile


class Appeal(models.Model):
    """A subject asks to have a result looked at again (kiến nghị); once per result, append-only.

    `brought_by` names who brought it on paper to an office that entered it; `due_on` is the day it is answered by.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="appeals")
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField()
    received_on = models.DateField()
    brought_by = models.CharField(max_length=120, blank=True)
    until = models.DateField()
    due_on = models.DateField()
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="appeal_says_something")]

    def __str__(self) -> str:
        return f"Kiến nghị ngày {self.received_on:%d/%m/%Y}"

    @property
    def state(self) -> AppealState:
        """How the appeal stands (`select_related("answer")`)."""
        answer: Answer | None = getattr(self, "answer", None)
        if answer is None:
            return AppealState.FILED
        return AppealState.GRANTED if answer.granted else AppealState.REJECTED

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return TONES[self.state]


class AppealFile(models.Model):
    """A file that came with an appeal; append-only."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class Opinion(models.Model):
    """What the lead office or the secretary lays before whoever answers; append-only, never shown to the subject."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="opinions")
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:40]}"


class Answer(models.Model):
    """The answer to an appeal, with its reasons; granted, it names the new hearing. Append-only."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="answer")
    granted = models.BooleanField()
    text = models.TextField()
    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="granted_on")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=True, hearing__isnull=False) | Q(granted=False, hearing__isnull=True),
                name="granted_appeal_has_hearing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"Trả lời {self.appeal}"
