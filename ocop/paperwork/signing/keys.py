"""The installation's signing key: where it lies, and the certificate of the demo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from ocop.core.errors import Refused

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

NO_KEY = "Máy chủ chưa cài chứng thư số. Hãy nhờ người quản trị cài chứng thư, rồi ký lại."
BROKEN_KEY = "Không mở được chứng thư số (sai mật khẩu, thiếu tệp hoặc chưa cắm thiết bị). Hãy báo người quản trị."
DEMO_NAME, DEMO_BODY = "Sao Làng, chứng thư trình diễn", "Không có giá trị pháp lý"


def can_sign_here() -> bool:
    """Whether this installation names a signing key."""
    signer = settings.OCOP_SIGNER
    return bool(signer["pkcs11_module"]) or bool(signer["pkcs12"] and Path(signer["pkcs12"]).is_file())


@contextmanager
def signing_key() -> Iterator[Signer]:
    """The signer that the settings name, for as long as the block lasts; refused in words when there is none."""
    told = settings.OCOP_SIGNER
    if not can_sign_here():
        raise Refused(NO_KEY)
    if told["pkcs11_module"]:
        with _token(told) as signer:
            yield signer
        return
    from pyhanko.sign.signers import SimpleSigner

    signer = SimpleSigner.load_pkcs12(told["pkcs12"], passphrase=told["password"].encode())
    if signer is None:
        raise Refused(BROKEN_KEY)
    yield signer


@contextmanager
def _token(told: dict[str, str]) -> Iterator[Signer]:
    from pyhanko.config.pkcs11 import TokenCriteria
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

    criteria = TokenCriteria(label=told["pkcs11_token"]) if told["pkcs11_token"] else None
    try:
        with open_pkcs11_session(
            told["pkcs11_module"], token_criteria=criteria, user_pin=told["pkcs11_pin"] or None
        ) as session:
            yield PKCS11Signer(session, cert_label=told["pkcs11_key"], key_label=told["pkcs11_key"])
    except (SigningError, OSError, RuntimeError) as error:  # no token, wrong PIN, no such key on it
        raise Refused(BROKEN_KEY) from error


def make_demo_certificate(place: Path, password: str) -> Path:
    """A self-signed certificate that says it is for show, once; readable by this account alone."""
    if place.exists():
        return place
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMO_BODY),
            x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))  # the demo's days begin long before today
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = pkcs12.serialize_key_and_certificates(
        b"trinh-dien", key, certificate, None, BestAvailableEncryption(password.encode())
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".tam")
    beside.touch(mode=0o600)
    beside.write_bytes(sealed)
    os.replace(beside, place)
    return place
