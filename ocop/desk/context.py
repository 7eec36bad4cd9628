"""The frame of every page for a signed-in person: where one may go, as whom, and the search box."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on
from ocop.accounts.states import Role

OFFICE = {Role.COMMUNE_OFFICER, Role.LEAD_OFFICER, Role.HELPER, Role.LEADER}
COUNCIL = {Role.MEMBER, Role.SECRETARY, Role.CHAIR}
EVERYBODY = set(Role)
HOME = "desk:today"
# (name of the page, words, icon, roles that see it): the first four stand in the bar of the phone.
PLACES: tuple[tuple[str, str, str, set[Role]], ...] = (
    (HOME, "Việc hôm nay", "today", EVERYBODY),
    ("dossiers:list", "Hồ sơ", "dossier", OFFICE | {Role.SUBJECT, Role.LIAISON}),
    ("wallet:own", "Ví minh chứng", "file", {Role.SUBJECT}),
    ("council:councils", "Hội đồng", "council", COUNCIL | {Role.LEAD_OFFICER, Role.LEADER}),
    ("registration:subjects", "Chủ thể", "users", OFFICE | {Role.SUBJECT}),
    ("ideas:list", "Ý tưởng", "plus", OFFICE | {Role.SUBJECT}),
    ("coaching:plans", "Củng cố", "leaf", OFFICE),
    ("dossiers:boards", "Các đợt", "plan", OFFICE),
    ("samples:list", "Mẫu sản phẩm", "image", {Role.LEAD_OFFICER, Role.SECRETARY}),
    ("advisory:teams", "Tổ tư vấn", "users", {Role.HELPER, Role.LEAD_OFFICER, Role.LEADER}),
    ("council:results", "Sau Hội đồng", "send", {Role.LEAD_OFFICER, Role.LIAISON}),
    ("appeals:list", "Kiến nghị", "edit", {Role.LEAD_OFFICER, Role.LEADER, Role.CHAIR, Role.SECRETARY}),
    ("certificates:register", "Chứng nhận", "certificate", OFFICE | {Role.SUBJECT, Role.LIAISON}),
    ("planning:programmes", "Chương trình", "calendar", {Role.LEAD_OFFICER, Role.LEADER}),
    ("paperwork:templates", "Văn thư", "print", {Role.LEAD_OFFICER, Role.LEADER, Role.ADMIN}),
    ("audit:people", "Người dùng", "users", {Role.ADMIN}),
    ("audit:ledger", "Nhật ký", "lock", {Role.ADMIN, Role.LEADER}),
    ("rubric:book", "Bộ tiêu chí", "rules", EVERYBODY),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Navigation, role and unit of the visitor; for a stranger only the way in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {
            "home_url": reverse("catalogue:home"),
            "sign_in_url": reverse("accounts:sign-in"),
            "footer_nav": footer(),
        }
    grants = grants_on(user, request.today)  # type: ignore[attr-defined]
    roles = {Role(grant.role) for grant in grants}
    first = grants[0] if grants else None
    open_to = [(reverse(name), words, icon) for name, words, icon, whom in PLACES if roles & whom or name == HOME]
    here = max((url for url, _, _ in open_to if request.path.startswith(url)), key=len, default="")
    return {
        "nav": [{"label": words, "url": url, "icon": icon, "active": url == here} for url, words, icon in open_to],
        "role_name": (first.title or first.label) if first else "Chưa có vai trò",
        "unit_name": (first.organisation or first.unit.name) if first else "",
        "home_url": reverse(HOME),
        "logout_url": reverse("accounts:sign-out"),
        "search_url": reverse("desk:search"),
        "account_url": reverse("accounts:me"),
        "footer_nav": footer(),
    }


def footer() -> list[dict[str, str]]:
    """What stands at the foot of every page, a stranger's too."""
    return [{"label": "Kiểm tra văn bản", "url": reverse("paperwork:check")}]
