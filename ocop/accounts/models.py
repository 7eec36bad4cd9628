"""People, and the roles they hold in a unit between two dates."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from ocop.accounts.rules import grant_state
from ocop.accounts.states import ROLE_LABELS, GrantState, Role
from ocop.places.models import Unit


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address or a phone number."""

    full_name = models.CharField(max_length=120)
    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=15, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # A training account lives on this day: only while the installation is a demo.
    practice_day = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="user_has_a_way_to_sign_in"
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def login(self) -> str:
        """What the person types to sign in."""
        return self.email or self.phone or ""


class RoleGrant(models.Model):
    """A role given to a person, in a unit (and everything under it), from one day to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, label) for role, label in ROLE_LABELS.items()])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    organisation = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit", "valid_from"], name="grant_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="grant_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.unit}"

    @property
    def label(self) -> str:
        """The role in Vietnamese."""
        return Role(self.role).label

    def state_on(self, day: date) -> GrantState:
        """Whether the role is held on `day`, is over, or is still to come."""
        return grant_state(self.valid_from, self.valid_to, day)
