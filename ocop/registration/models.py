"""Subjects, their products, and each product's registration into a batch."""

from __future__ import annotations

from django.db import models

from ocop.accounts.models import User
from ocop.files.models import StoredFile
from ocop.places.models import Unit
from ocop.planning.models import Batch
from ocop.registration.states import SubjectKind
from ocop.rubric.models import CriteriaSetVersion


class Subject(models.Model):
    """A producer (chủ thể): company, cooperative, group or household business."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SubjectKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="subjects")
    address = models.CharField(max_length=240)
    business_number = models.CharField("số đăng ký kinh doanh", max_length=40, unique=True)
    representative = models.CharField(max_length=120)
    position = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=15)
    email = models.EmailField(blank=True)
    registered_at = models.DateTimeField()
    search = models.CharField(max_length=500, db_index=True)
    people: models.ManyToManyField[User, SubjectPerson] = models.ManyToManyField(
        User, through="SubjectPerson", related_name="subjects"
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class SubjectPerson(models.Model):
    """A person who acts for a subject with an account of their own."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT)
    user = models.ForeignKey(User, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "user"], name="person_once_per_subject")]

    def __str__(self) -> str:
        return f"{self.user} · {self.subject}"


class Product(models.Model):
    """A product of a subject; its stars come only from decisions."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    search = models.CharField(max_length=500, db_index=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["subject", "name"], name="product_name_once_per_subject")]

    def __str__(self) -> str:
        return self.name


class Registration(models.Model):
    """A product registered into a batch: kind of dossier, criteria set as published, product code."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="registrations")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="registrations")
    kind = models.CharField(max_length=30)
    target_star = models.PositiveSmallIntegerField()
    set_version = models.ForeignKey(CriteriaSetVersion, on_delete=models.PROTECT, related_name="registrations")
    code = models.CharField(max_length=60, unique=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["product", "batch"], name="product_once_per_batch")]

    def __str__(self) -> str:
        return f"{self.product} · {self.batch}"


class EarlierRecognition(models.Model):
    """A recognition from before the system knew the product, as its decision says; append-only, the newest counts."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="earlier_recognitions")
    star = models.PositiveSmallIntegerField()
    decision_number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=160)
    decided_on = models.DateField()
    expires_on = models.DateField()
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("decided_on")), name="recognition_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.star} sao, Quyết định {self.decision_number}"
