"""Publishing regimes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ocop.core.errors import Refused
from ocop.regime.models import CalendarVersion, RegimeVersion
from ocop.regime.rulebook import as_json, fingerprint


def publish_regime(content: Mapping[str, Any], *, at: datetime) -> RegimeVersion | None:
    """Add a checked regime file as a new version, inside the caller's transaction; None when nothing changed."""
    code, sha256 = content["code"], fingerprint(content)
    latest = RegimeVersion.objects.filter(code=code).order_by("-version").first()
    if latest is not None and latest.sha256 == sha256:
        return None
    if RegimeVersion.objects.filter(code=code, sha256=sha256).exists():
        raise Refused(f"Nội dung này của {code} đã là một bản cũ; muốn dùng lại, hãy ghi lý do vào notes rồi công bố.")
    return RegimeVersion.objects.create(
        code=code,
        version=latest.version + 1 if latest else 1,
        sha256=sha256,
        content=as_json(content),
        published_at=at,
    )


def publish_calendar(content: Mapping[str, Any], *, at: datetime) -> CalendarVersion | None:
    """Add a checked calendar as a new version of its year, in the caller's transaction; None when nothing changed."""
    year, sha256 = content["year"], fingerprint(content)
    latest = CalendarVersion.objects.filter(year=year).order_by("-version").first()
    if latest is not None and latest.sha256 == sha256:
        return None
    return CalendarVersion.objects.create(
        year=year,
        version=latest.version + 1 if latest else 1,
        sha256=sha256,
        content=as_json(content),
        published_at=at,
    )
