"""PAdES: the signature holds, a changed byte breaks it, and who may put it on."""

from __future__ import annotations

import io
import stat

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused
from ocop.paperwork.actions import sign_paper
from ocop.paperwork.models import PaperSignature
from ocop.paperwork.permissions import can_sign_now
from ocop.paperwork.queries import papers
from ocop.paperwork.signing import can_sign_here, make_demo_certificate, sign_pdf
from tests.factories.paperwork import issued, with_signer
from tests.factories.world import MORNING, city_2024, person
from tests.papers import reading


@pytest.fixture
def signer(settings, tmp_path):
    return with_signer(settings, tmp_path)


@pytest.fixture
def paper(db):
    return issued(city_2024())


def certificate_in(file):
    _, certificate, _ = pkcs12.load_key_and_certificates(file.read_bytes(), b"mat-khau")
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def verdict(pdf, trusted):
    reader = PdfFileReader(io.BytesIO(pdf))
    [signature] = reader.embedded_signatures
    return signature, validate_pdf_signature(signature, ValidationContext(trust_roots=[trusted]))


def content(stored):
    with default_storage.open(stored.path) as file:
        return file.read()


def refused_nothing_written(words, act):
    before = PaperSignature.objects.count(), LedgerEntry.objects.count()
    with pytest.raises(Refused, match=words):
        act()
    assert (PaperSignature.objects.count(), LedgerEntry.objects.count()) == before


def test_a_signature_holds_for_anybody_who_trusts_the_certificate(paper, signer):
    by = paper.issued_by
    assert can_sign_now(by, MORNING.date(), paper.unit)
    signed = sign_paper(paper=paper, by=by, at=paper.issued_at)
    pdf = content(signed.signed_pdf)
    signature, found = verdict(pdf, certificate_in(signer))
    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "Phát hành biên bản họp Hội đồng số 01/BB-HĐ"
    assert signature.sig_object["/Location"] == "Thành phố Bắc Giang"
    assert "trình diễn" in signature.sig_object["/Name"]


def test_the_paper_as_issued_lies_unchanged_within_and_beside_the_signed_one(paper, signer):
    before = content(paper.pdf)
    signed = sign_paper(paper=paper, by=paper.issued_by, at=paper.issued_at)
    pdf = content(signed.signed_pdf)
    assert pdf.startswith(before)
    assert content(signed.pdf) == before
    assert reading.text(pdf) == reading.text(before)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf


def test_one_changed_byte_breaks_the_signature(paper, signer):
    pdf = content(sign_paper(paper=paper, by=paper.issued_by, at=paper.issued_at).signed_pdf)
    place = len(content(paper.pdf)) // 2
    changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
    _, found = verdict(changed, certificate_in(signer))
    assert not found.intact
    assert not found.bottom_line


def test_the_act_is_written_down(paper, signer):
    signed = sign_paper(paper=paper, by=paper.issued_by, at=paper.issued_at)
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.words) == ("sign_paper", "Ký số biên bản họp Hội đồng số 01/BB-HĐ")
    assert entry.facts["sha256"] == signed.signature.sha256 == signed.signed_pdf.sha256
    assert not signed.signature.time_stamped


def test_a_paper_is_signed_once(paper, signer):
    sign_paper(paper=paper, by=paper.issued_by, at=paper.issued_at)
    refused_nothing_written("đã có chữ ký số", lambda: sign_paper(paper=paper, by=paper.issued_by, at=paper.issued_at))


def test_without_a_certificate_nothing_is_signed(paper, settings):
    settings.OCOP_SIGNER = dict.fromkeys(settings.OCOP_SIGNER, "")
    assert not can_sign_here()
    assert not can_sign_now(paper.issued_by, MORNING.date(), paper.unit)
    refused_nothing_written("chưa cài chứng thư", lambda: sign_paper(paper=paper, by=paper.issued_by, at=MORNING))


def test_a_wrong_password_is_said_in_words(paper, signer, settings):
    settings.OCOP_SIGNER = {**settings.OCOP_SIGNER, "password": "sai"}
    refused_nothing_written("Không mở được chứng thư", lambda: sign_paper(paper=paper, by=paper.issued_by, at=MORNING))


def test_a_token_that_is_not_there_is_said_in_words(paper, settings):
    settings.OCOP_SIGNER = {
        **settings.OCOP_SIGNER,
        "pkcs11_module": "/khong/co/libtoken.so",
        "pkcs11_token": "OCOP",
        "pkcs11_key": "van-thu",
        "pkcs11_pin": "1234",
    }
    assert can_sign_here()
    refused_nothing_written("Không mở được chứng thư", lambda: sign_paper(paper=paper, by=paper.issued_by, at=MORNING))


def test_a_time_stamp_service_that_does_not_answer_leaves_the_paper_unsigned(paper, signer, settings):
    settings.OCOP_SIGNER = {**settings.OCOP_SIGNER, "time_stamps": "http://127.0.0.1:9/tsa"}
    refused_nothing_written("không trả lời", lambda: sign_paper(paper=paper, by=paper.issued_by, at=MORNING))


def test_a_certificate_out_of_its_days_does_not_sign(paper, signer):
    late = paper.issued_at.replace(year=2041)
    with pytest.raises(Refused, match="Chứng thư số chỉ có hiệu lực từ 01/01/2020"):
        sign_pdf(content(paper.pdf), reason="", location="", at=late)


@pytest.mark.parametrize("role", Role)
def test_only_the_office_of_the_paper_signs_it(paper, signer, role):
    from django.core.exceptions import PermissionDenied

    somebody = person("Ai đó", role, paper.unit)
    elsewhere = person("Nơi khác", role, paper.unit.parent)
    with pytest.raises(PermissionDenied):
        sign_paper(paper=paper, by=elsewhere, at=paper.issued_at)
    if role in {Role.LEAD_OFFICER, Role.LEADER, Role.SECRETARY, Role.CHAIR}:
        assert sign_paper(paper=paper, by=somebody, at=paper.issued_at).signed_pdf is not None
    else:
        with pytest.raises(PermissionDenied):
            sign_paper(paper=paper, by=somebody, at=paper.issued_at)
        assert papers().get(pk=paper.pk).signed_pdf is None


def test_the_certificate_of_the_demo_is_made_once_and_read_by_nobody_else(tmp_path):
    place = make_demo_certificate(tmp_path / "var" / "thu.p12", "x")
    first = place.read_bytes()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert make_demo_certificate(place, "x").read_bytes() == first


def test_the_command_makes_the_demo_certificate_only_in_a_demo(settings, tmp_path, capsys):
    settings.OCOP_SIGNER = {**settings.OCOP_SIGNER, "pkcs12": str(tmp_path / "a.p12"), "password": "x"}
    settings.OCOP_DEMO = False
    with pytest.raises(CommandError, match="trình diễn"):
        call_command("signer", "demo")
    with pytest.raises(CommandError, match="chưa cài"):
        call_command("signer", "show")
    settings.OCOP_DEMO = True
    call_command("signer", "demo")
    assert "hết hạn 01/01/2040" in capsys.readouterr().out
