"""A real office: HTTPS, hashed static files, no demo."""

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES

if not env.text("OCOP_SECRET_KEY"):
    raise ImproperlyConfigured("Chưa đặt OCOP_SECRET_KEY: tạo một chuỗi ngẫu nhiên dài và đặt vào môi trường.")
OCOP_DEMO = False
SECURE_SSL_REDIRECT = env.flag("OCOP_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
