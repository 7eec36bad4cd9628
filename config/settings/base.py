"""Settings that every installation shares."""

from __future__ import annotations

from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config import env

ROOT = env.ROOT
VAR = ROOT / env.text("OCOP_VAR", "var")

SECRET_KEY = env.text("OCOP_SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = env.words("OCOP_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("OCOP_TRUSTED_ORIGINS")

# The rooms, in the order of the floor plan (a test holds this list to the import contract).
ROOMS = [
    "ocop.core",
    "ocop.ui",
    "ocop.places",
    "ocop.accounts",
    "ocop.audit",
    "ocop.files",
    "ocop.paperwork",
    "ocop.regime",
    "ocop.rubric",
    "ocop.planning",
    "ocop.registration",
    "ocop.consent",
    "ocop.wallet",
    "ocop.interview",
    "ocop.ideas",
    "ocop.dossiers",
    "ocop.coaching",
    "ocop.intake",
    "ocop.samples",
    "ocop.advisory",
    "ocop.council",
    "ocop.certificates",
    "ocop.appeals",
    "ocop.catalogue",
    "ocop.desk",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "django_htmx",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "ocop.core.readonly.ReadOnlyGetMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ocop.accounts.middleware.OfficeClockMiddleware",
    "ocop.core.threshold.ThresholdMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop.ui.context.chrome",
                "ocop.desk.context.navigation",
            ],
            "builtins": ["django_htmx.templatetags.django_htmx", "ocop.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES: dict[str, dict[str, Any]] = {
    "default": dict(dj_database_url.parse(env.text("DATABASE_URL") or f"sqlite:///{VAR / 'ocop.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock before anything is read: "lock, read again, check, write" holds here too.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-8000;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": env.flag("OCOP_DB_POOL", True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "ocop.accounts.backends.EmailOrPhoneBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# An invitation to choose one's own password holds for a week.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60

# Lock-out: five wrong passwords for one account from one address, for fifteen minutes.
AXES_FAILURE_LIMIT = env.number("OCOP_SIGN_IN_FAILURES", 5)
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "ocop.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "ocop.accounts.lockout.username_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "ocop.files.store.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "ocop.ui.views.csrf_refused"

# The limit of one file, and of one that is sound or film; a body larger than OCOP_MAX_BODY_MB never reaches a view.
OCOP_MAX_FILE_MB = env.number("OCOP_MAX_FILE_MB", 25)
OCOP_MAX_MEDIA_MB = env.number("OCOP_MAX_MEDIA_MB", 100)
OCOP_MAX_BODY_MB = env.number("OCOP_MAX_BODY_MB", 400)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 400  # so many at once are answered in words by the page, not by a bare refusal
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Where the public reaches this installation; printed in the QR of certificates.
OCOP_PUBLIC_URL = env.text("OCOP_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# The certificate that issued papers are signed with (PAdES): a PKCS#12 file, or a token by PKCS#11. None: no signing.
OCOP_SIGNER = {
    "pkcs12": env.text("OCOP_SIGNER_PKCS12"),
    "password": env.text("OCOP_SIGNER_PASSWORD"),
    "pkcs11_module": env.text("OCOP_SIGNER_PKCS11_MODULE"),
    "pkcs11_token": env.text("OCOP_SIGNER_PKCS11_TOKEN"),
    "pkcs11_key": env.text("OCOP_SIGNER_PKCS11_KEY"),
    "pkcs11_pin": env.text("OCOP_SIGNER_PKCS11_PIN"),
    # The address of a time stamp service (RFC 3161); with it a signature proves its moment (PAdES B-T).
    "time_stamps": env.text("OCOP_SIGNER_TIME_STAMPS"),
}
# The demo: roles as buttons on the sign-in page and accounts whose clock is set. Never on in production.
OCOP_DEMO = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}},
}
