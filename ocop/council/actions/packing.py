"""The electronic package for the level above: folders by part, an index, and a manifest that `sha256sum -c` checks."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.core.files.storage import default_storage

from ocop.accounts.models import User
from ocop.core.clock import OFFICE_ZONE
from ocop.core.errors import Refused
from ocop.council.models import Result
from ocop.council.papers.upward import index_document
from ocop.council.queries.package import Enclosed, PartState, file_name, folder_name
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import form_values, regime_of
from ocop.files.actions import keep_made, keep_paper
from ocop.files.models import StoredFile
from ocop.regime.forms import fill, layouts_of
from ocop.samples.models import Sample
from ocop.samples.queries import samples_of
from ocop.ui.papers.document import Document, Table, Text, Title, press_pdf

# What one archive may hold: a dossier has some 75 files; more would not go onto a stick or through a mailbox.
MOST_FILES = 400
MOST_BYTES = 1024 * 1024 * 1024
PIECE = 256 * 1024
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Package:
    """The archive as kept, and what it holds: path, title, sha256 and size of each file."""

    stored: StoredFile
    manifest: list[dict[str, str | int]]


def pack(result: Result, parts: Sequence[PartState], *, letter: StoredFile, by: User, at: datetime) -> Package:
    """Write the archive piece by piece into the store; refused when it would hold too much."""
    listed = list(_listed(result, parts, letter, by, at))
    size = sum(row.stored.size for _, row in listed)
    if len(listed) > MOST_FILES or size > MOST_BYTES:
        raise Refused(
            f"Gói hồ sơ có {len(listed)} tệp, {size // (1024 * 1024)} MB: nhiều nhất {MOST_FILES} tệp và "
            f"{MOST_BYTES // (1024 * 1024)} MB. Hãy ghép bớt giấy tờ trong hồ sơ, hoặc bàn giao phim, ghi âm riêng."
        )
    with tempfile.TemporaryFile() as archive:
        manifest = _write(archive, result, listed, at)
        archive.seek(0)
        digest = hashlib.file_digest(archive, "sha256").hexdigest()
        length = archive.tell()
        stored = keep_made(
            archive,
            sha256=digest,
            size=length,
            name=f"goi-ho-so-{result.hearing.dossier.registration.code}.zip",
            content_type="application/zip",
            by=by,
            at=at,
        )
    return Package(stored, manifest)


def _listed(
    result: Result, parts: Sequence[PartState], letter: StoredFile, by: User, at: datetime
) -> Iterator[tuple[str, Enclosed]]:
    """Every file with its path in the archive, in the regime's order of parts; what the system prints is kept."""
    dossier = result.hearing.dossier
    for number, part in enumerate(parts, start=1):
        rows = list(part.files)
        if part.code == "letter":
            rows = [Enclosed("Công văn chuyển hồ sơ", letter)]
        if part.code == "dossier":
            rows = [*_forms(dossier, by, at), *rows]
        for place, row in enumerate(rows, start=1):
            yield f"{folder_name(number, part)}/{file_name(place, row)}", row
    samples = list(samples_of(dossier))
    if samples:
        paper = keep_paper(
            press_pdf(_samples_list(dossier, samples)), name="danh-sach-mau.pdf", content_type=PDF, by=by, at=at
        )
        yield "danh-sach-mau.pdf", Enclosed("Danh sách mẫu sản phẩm", paper)


def _forms(dossier: Dossier, by: User, at: datetime) -> Iterator[Enclosed]:
    """The forms that the subject filled in, as handed in; personal answers stay on the signed paper."""
    regime, values = regime_of(dossier), form_values(dossier)
    layouts = layouts_of(regime.code)
    for form in regime.forms:
        layout = layouts.get(form.code)
        if layout is None or "dossier" not in layout.part_of or layout.filled_by != "subject":
            continue
        document = fill(layout, values, title=f"{form.name}: {values['product.name']}", author=values["subject.name"])
        paper = keep_paper(press_pdf(document), name=f"{form.code}.pdf", content_type=PDF, by=by, at=at)
        yield Enclosed(form.name, paper)


def _samples_list(dossier: Dossier, samples: Sequence[Sample]) -> Document:
    product = dossier.registration.product
    return Document(
        title=f"Danh sách mẫu {product.name}",
        blocks=(
            Title(kind="Danh sách mẫu sản phẩm", about=f"{product.name} ({dossier.registration.code})"),
            Text(text=f"Chủ thể: {product.subject.name}."),
            Table(
                head=("TT", "Mã mẫu", "Quy cách, số lô", "Hạn dùng", "Tình trạng"),
                rows=tuple(
                    (
                        str(number),
                        sample.shown_code,
                        ", ".join(text for text in (sample.reception.pack, sample.reception.lot) if text),
                        f"{sample.reception.best_before:%d/%m/%Y}" if sample.reception.best_before else "",
                        sample.state_label,
                    )
                    for number, sample in enumerate(samples, start=1)
                ),
                widths=(10, 28, 0, 24, 46),
                aligns=("center", "left", "left", "center", "left"),
            ),
        ),
    )


def _write(
    archive: IO[bytes], result: Result, listed: Sequence[tuple[str, Enclosed]], at: datetime
) -> list[dict[str, str | int]]:
    moment = at.astimezone(OFFICE_ZONE).timetuple()[:6]
    manifest: list[dict[str, str | int]] = []
    told: list[tuple[str, Enclosed, str]] = []
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as package:
        for path, row in listed:
            sha256, size = _copy(package, path, row.stored, moment)
            manifest.append({"path": path, "title": row.title, "sha256": sha256, "size": size})
            told.append((path, row, sha256))
        index = press_pdf(index_document(result, told))
        _put(package, "00-muc-luc.pdf", index, moment)
        sums = [(str(row["sha256"]), str(row["path"])) for row in manifest]
        sums.append((hashlib.sha256(index).hexdigest(), "00-muc-luc.pdf"))
        lines = "".join(f"{sha256}  {path}\n" for sha256, path in sums)
        _put(package, "MANIFEST.txt", lines.encode(), moment)
    return manifest


def _copy(package: zipfile.ZipFile, path: str, stored: StoredFile, moment: tuple[int, ...]) -> tuple[str, int]:
    """One file from the store into the archive; refused when the store no longer holds what was handed in."""
    digest, size = hashlib.sha256(), 0
    with default_storage.open(stored.path) as source, package.open(_entry(path, moment), "w") as target:
        while piece := source.read(PIECE):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    if digest.hexdigest() != stored.sha256:
        raise Refused(f"Tệp “{stored.name}” trong kho không còn đúng như lúc nộp. Hãy báo người quản trị kho tệp.")
    return stored.sha256, size


def _put(package: zipfile.ZipFile, path: str, content: bytes, moment: tuple[int, ...]) -> None:
    package.writestr(_entry(path, moment), content)


def _entry(path: str, moment: tuple[int, ...]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, date_time=moment)  # type: ignore[arg-type]
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
