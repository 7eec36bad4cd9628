"""Settings of the test suite: quick hashing, files in a temporary folder, no demo unless a test turns it on."""

import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES

SECRET_KEY = "kiem-thu"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PLACE = Path(tempfile.mkdtemp(prefix="ocop-test-"))  # of this process alone
MEDIA_ROOT = PLACE / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: a live server's threads and the test must see one database.
    DATABASES["default"]["NAME"] = str(PLACE / "never.sqlite3")  # a test that forgot its mark meets no one's data
    DATABASES["default"]["TEST"] = {"NAME": str(PLACE / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["OPTIONS"] = {}
