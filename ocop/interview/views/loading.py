"""Loading for a page of the interview: who visits, which product, for which year, and what that person may do there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ocop.consent.permissions import can_type_for, check_look_into
from ocop.core.doors import OfficeRequest
from ocop.core.pages import whole
from ocop.interview.queries import Sitting, cards_of, sitting_of
from ocop.interview.rules import CardView
from ocop.registration.models import Product, Subject
from ocop.registration.queries import acts_for, subjects_of


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor at the interview of a product: `own` is one of the subject's people, `writes` may type."""

    product: Product
    sitting: Sitting
    own: bool
    writes: bool

    @property
    def subject(self) -> Subject:
        """Whose product it is."""
        return self.product.subject

    @property
    def helping(self) -> bool:
        """Whether the visitor types for somebody else."""
        return self.writes and not self.own

    def url(self, name: str, *args: object) -> str:
        """An address of the interview, in the same year."""
        return f"{reverse(f'interview:{name}', args=[self.product.pk, *args])}?nam={self.sitting.year}"


def product_seen(request: OfficeRequest, pk: int) -> Product:
    """The product, for those who read its subject's answers; a 404 unless the visitor may see the subject at all."""
    seen = subjects_of(request.user, request.today).values("pk")
    products = Product.objects.select_related("subject__unit__parent__parent")
    product = get_object_or_404(products, pk=pk, subject__in=seen)
    check_look_into(request.user, request.today, product.subject)
    return product


def visit_of(request: OfficeRequest, pk: int) -> Visit:
    """The visit to a product's interview, for the year in the address or that of its newest registration."""
    product = product_seen(request, pk)
    asked = request.GET.get("nam", "")
    sitting = sitting_of(product, whole(asked) if len(asked) == 4 else None)
    if sitting is None:
        raise Http404("Sản phẩm này chưa đăng ký vào đợt nào.")
    own = acts_for(request.user, request.today, product.subject)
    return Visit(product, sitting, own, own or can_type_for(request.user, request.today, product.subject))


def card_in(visit: Visit, code: str) -> tuple[CardView, list[CardView]]:
    """The card and all cards beside it; a 404 for one that this product is not asked."""
    views = cards_of(visit.sitting)
    found = next((view for view in views if view.card.code == code), None)
    if found is None:
        raise Http404("Không có phần này trong phỏng vấn của sản phẩm.")
    return found, views
