"""Answers of a subject, of its product, of a year: append-only; the newest row of a question counts."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.registration.models import Product, Subject


class Said(models.Model):
    """Who said what when; `consent` is there when a helper typed it for the subject. No value: it was taken back."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    typed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def who(self) -> int:
        """The account that typed it."""
        return self.typed_by_id


class Answer(Said):
    """An answer of the subject; of one product where `product` is set, about one year where `year` is set."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject", "product", "question"], name="answer_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.question}"

    @property
    def thing(self) -> tuple[str, int | None, int | None]:
        """What it answers: the question, of which product, about which year."""
        return self.question, self.product_id, self.year


class PersonalAnswer(Said):
    """An answer that the law calls sensitive (sex, ethnicity, home address): shut away in its own table."""

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject", "question"], name="personal_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject}: {self.question}"

    @property
    def thing(self) -> tuple[str, int | None, int | None]:
        """What it answers."""
        return self.question, None, None
