"""What every page is given besides its own content."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

PRODUCT_NAME = "Sao Làng"
THEMES = {"light": "not all", "dark": "screen"}  # stored choice → media of the dark palette


def chrome(request: HttpRequest) -> dict[str, object]:
    """The frame of a page: product, day, palette, who is signed in and until when; no query of its own."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "product_name": PRODUCT_NAME,
        "today": getattr(request, "today", None) or timezone.localdate(),
        "demo_day": getattr(user, "practice_day", None) if getattr(settings, "OCOP_DEMO", False) else None,
        "dark_media": THEMES.get(request.COOKIES.get("theme", ""), "screen and (prefers-color-scheme: dark)"),
        "user_name": str(user) if known else "",
        "user_key": None if user is None else user.pk if known else "",
        "user_until": int(request.session.get_expiry_date().timestamp()) if known else 0,
    }
