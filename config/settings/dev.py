"""The demo on one's own machine: `make run`."""

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import OCOP_SIGNER, VAR

SECRET_KEY = env.text("OCOP_SECRET_KEY") or "chi-dung-tren-may-ca-nhan-khong-dung-cho-ban-chay-that"
DEBUG = env.flag("OCOP_DEBUG")
OCOP_DEMO = env.flag("OCOP_DEMO", True)
WHITENOISE_USE_FINDERS = True
if OCOP_DEMO and not OCOP_SIGNER["pkcs12"] and not OCOP_SIGNER["pkcs11_module"]:
    # Made with the demo's data: a certificate that names itself as one for show and stands for nobody.
    OCOP_SIGNER = {**OCOP_SIGNER, "pkcs12": str(VAR / "chung-thu-trinh-dien.p12"), "password": "trinh-dien"}
