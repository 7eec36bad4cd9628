"""What every page is given besides its own content."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

PRODUCT_NAME = "Sao Làng"
THEMES = {"light": "not all", "dark": "screen"}  # stored choice → media of the dark palette


def chrome(request: HttpRequest) -> dict[str, object]:
    """The frame of a page: product, day, palette and who is signed in; no query of its own."""
    user = getattr(request, "user", None)
    return {
        "product_name": PRODUCT_NAME,
        "today": getattr(request, "today", None) or timezone.localdate(),
        "demo_day": getattr(user, "practice_day", None) if getattr(settings, "OCOP_DEMO", False) else None,
        "dark_media": THEMES.get(request.COOKIES.get("theme", ""), "screen and (prefers-color-scheme: dark)"),
        "user_name": str(user) if user is not None and user.is_authenticated else "",
    }
