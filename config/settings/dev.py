"""The demo on one's own machine: `make run`."""

from config import env
from config.settings.base import *  # noqa: F403

SECRET_KEY = env.text("OCOP_SECRET_KEY") or "chi-dung-tren-may-ca-nhan-khong-dung-cho-ban-chay-that"
DEBUG = env.flag("OCOP_DEBUG")
OCOP_DEMO = env.flag("OCOP_DEMO", True)
WHITENOISE_USE_FINDERS = True
