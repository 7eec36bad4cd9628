"""Digital signatures on PDF papers (PAdES): from a PKCS#12 file or a PKCS#11 token, with a time stamp or without."""

from __future__ import annotations

from ocop.paperwork.signing.keys import can_sign_here, make_demo_certificate
from ocop.paperwork.signing.press import SignedPaper, certificate_here, sign_pdf

__all__ = ["SignedPaper", "can_sign_here", "certificate_here", "make_demo_certificate", "sign_pdf"]
