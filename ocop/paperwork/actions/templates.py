"""An office's own Word templates: looked through, taken into use, retired."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.files.actions import claim_uploads
from ocop.files.models import StoredFile
from ocop.paperwork.kinds import kind_of
from ocop.paperwork.models import OfficeTemplate
from ocop.paperwork.permissions import check_change_templates
from ocop.paperwork.rules import Kind
from ocop.paperwork.word import MOST_TEMPLATE_MB, filled, mistakes_in, sample_values
from ocop.places.models import Unit

SAMPLE_URL = "https://vi-du.vn/kiem-tra-van-ban/7K3M9QXT2FA/"


def template_mistakes(file: StoredFile, kind: Kind) -> list[str]:
    """All that speaks against a kept file as a template of the kind; it is filled once to see that it can be."""
    if not file.name.lower().endswith(".docx"):
        return ["Mẫu văn bản phải là tệp Word .docx. Hãy mở bằng Word, lưu thành .docx rồi tải lên."]
    if file.size > MOST_TEMPLATE_MB * 1024 * 1024:
        return [f"Mẫu nặng quá {MOST_TEMPLATE_MB} MB. Hãy bỏ bớt ảnh trong mẫu rồi tải lại."]
    with default_storage.open(file.path) as opened:
        content = opened.read()
    mistakes = mistakes_in(content, kind)
    if not mistakes:
        try:
            filled(content, kind, sample_values(kind, SAMPLE_URL))
        except Refused:
            return ["Điền thử không được: có trường bị hỏng. Hãy xóa các trường trộn thư, chèn lại rồi tải lên."]
    return mistakes


@transaction.atomic
def adopt_template(*, unit: Unit, kind: str, key: UUID, by: User, at: datetime) -> OfficeTemplate:
    """Take a held upload into use for all papers of a kind from now on; the version before it retires."""
    told = kind_of(kind)
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    check_change_templates(by, day_of(at), unit)
    [file] = claim_uploads(keys=[key], by=by, at=at)
    mistakes = template_mistakes(file, told)
    if mistakes:
        raise Refused(mistakes[0], field="file")
    mine = OfficeTemplate.objects.filter(unit=unit, kind=kind)
    mine.filter(retired_at=None).update(retired_by=by, retired_at=at)
    version = (mine.aggregate(last=Max("version"))["last"] or 0) + 1
    template = OfficeTemplate.objects.create(
        unit=unit, kind=kind, version=version, file=file, adopted_by=by, adopted_at=at
    )
    record(
        act="adopt_template",
        words=f"Dùng mẫu của cơ quan cho {told.lower_name}, bản {version}",
        on=template,
        facts={"unit": unit.code, "kind": kind, "version": version, "sha256": file.sha256},
        by=by,
        at=at,
    )
    return template


@transaction.atomic
def retire_template(*, template: OfficeTemplate, by: User, at: datetime) -> OfficeTemplate:
    """Go back to the standard layout; papers issued with the template stay as they are."""
    locked = OfficeTemplate.objects.select_for_update(of=("self",)).select_related("unit").get(pk=template.pk)
    check_change_templates(by, day_of(at), locked.unit)
    if locked.retired_at is not None:
        raise Refused("Mẫu này đã thôi dùng. Hãy tải lại trang.")
    locked.retired_by, locked.retired_at = by, at
    locked.save(update_fields=["retired_by", "retired_at"])
    record(
        act="retire_template",
        words=f"Trở lại mẫu chuẩn cho {kind_of(locked.kind).lower_name}",
        on=locked,
        facts={"unit": locked.unit.code, "kind": locked.kind, "version": locked.version},
        by=by,
        at=at,
    )
    return locked
