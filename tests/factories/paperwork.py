"""Papers as an office issues them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.files.actions import hold_upload
from ocop.paperwork.actions import adopt_template, issue_paper
from ocop.paperwork.models import IssuedPaper, OfficeTemplate
from ocop.paperwork.rules import Composed, Stamp
from ocop.paperwork.signing import make_demo_certificate
from ocop.ui.papers.document import Document, National, Signatures, Signed, Text, Title
from tests.factories.world import World


def minutes_composed(stamp: Stamp, words: str = "Phiên họp kết thúc lúc 11 giờ.") -> Composed:
    """Short minutes with the merge values of their kind."""
    return Composed(
        document=Document(
            title="Biên bản họp",
            author="Hội đồng OCOP",
            blocks=(
                National(issuer="Hội đồng OCOP", number=stamp.number, place="Bắc Giang", signed_on=stamp.signed_on),
                Title(kind="Biên bản", about="Họp Hội đồng", ruled=True),
                Text(text=words),
                Signatures(
                    cells=(Signed(lines=("THƯ KÝ",), name="Trần Thị B"), Signed(lines=("CHỦ TRÌ",), name="Lê Văn A"))
                ),
            ),
        ),
        values={"co_quan": "Hội đồng OCOP"},
    )


def issued(world: World, **changes: Any) -> IssuedPaper:
    """Minutes that the office of the world issued on its batch."""
    facts: dict[str, Any] = {
        "kind": "minutes",
        "unit": world.unit,
        "compose": minutes_composed,
        "title": "Biên bản họp Hội đồng đợt 2",
        "signed_on": world.at.date(),
        "on": world.batch,
        "by": world.officer,
        "at": world.at,
    }
    return issue_paper(**(facts | changes))


def adopted(world: World, *, file: bytes, kind: str = "minutes") -> OfficeTemplate:
    """The office of the world took a Word file into use as its template."""
    upload = SimpleUploadedFile("mau.docx", file)
    held = hold_upload(file=upload, by=world.officer, at=world.at)
    return adopt_template(unit=world.unit, kind=kind, key=held.key, by=world.officer, at=world.at)


def with_signer(settings: Any, place: Path) -> Path:
    """An installation that signs with a certificate for show."""
    file = place / "thu.p12"
    file.write_bytes(_certificate())
    settings.OCOP_SIGNER = {**settings.OCOP_SIGNER, "pkcs12": str(file), "password": "mat-khau"}
    return file


@cache
def _certificate() -> bytes:
    """A key takes long to make: one for all tests."""
    with TemporaryDirectory() as folder:
        return make_demo_certificate(Path(folder) / "thu.p12", "mat-khau").read_bytes()
