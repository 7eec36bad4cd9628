"""Giving and ending consent, and the codes a subject reads out."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.consent.models import Consent, SpokenCode
from ocop.consent.permissions import check_help
from ocop.consent.queries import consent_of
from ocop.consent.rules import CODE_HOLDS, CODE_LENGTH, LONGEST_CONSENT, MOST_TRIES, digest_of
from ocop.consent.states import How
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.files.actions import keep_upload
from ocop.registration.models import Subject
from ocop.registration.queries import acts_for

LONGEST_WORDS = 2000


@transaction.atomic
def make_code(*, subject: Subject, by: User, at: datetime) -> str:
    """A new code for the subject's own person to read out; the earlier ones no longer hold. Only its digest is kept."""
    if not acts_for(by, day_of(at), subject):
        raise PermissionDenied("Chỉ người của chủ thể mới tạo được mã đồng ý.")
    Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    SpokenCode.objects.filter(subject=subject, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))
    made = SpokenCode.objects.create(
        subject=subject,
        made_by=by,
        digest=digest_of(code, subject=subject.pk, secret=settings.SECRET_KEY),
        made_at=at,
        expires_at=at + CODE_HOLDS,
    )
    record(
        act="make_code",
        words=f"Tạo mã đồng ý của {subject.name}",
        on=made,
        thread=subject,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return code


def use_code(*, subject: Subject, code: str, at: datetime) -> None:
    """Spend the subject's code, or refuse in words. A wrong guess stays counted though the act itself is refused."""
    with transaction.atomic():
        live = SpokenCode.objects.select_for_update().filter(
            subject=subject, used_at__isnull=True, expires_at__gt=at, tries__lt=MOST_TRIES
        )
        known = live.first()
        fits = known is not None and secrets.compare_digest(
            known.digest, digest_of(code, subject=subject.pk, secret=settings.SECRET_KEY)
        )
        if known is not None:
            SpokenCode.objects.filter(pk=known.pk).update(
                tries=F("tries") + (0 if fits else 1), used_at=at if fits else None
            )
    if not fits:
        raise Refused(
            "Mã chưa đúng, đã dùng hoặc đã quá 15 phút. Nhờ chủ thể mở mục “Cho người khác nhập giúp” và tạo mã mới.",
            field="code",
        )


def give_consent(
    *,
    subject: Subject,
    code: str = "",
    statement: UploadedFile | None = None,
    words: str = "",
    until: date,
    by: User,
    at: datetime,
) -> Consent:
    """`by` may type for the subject until a day: by the code that the subject read out, or a recorded statement.

    The statement is a sound, picture or scan in which the subject agrees; its file is kept with the consent, and the
    subject reads of it and can end it at any time.
    """
    day = day_of(at)
    check_help(by, day, subject)
    words = tidy(words)
    check_length(words, LONGEST_WORDS, what="Lời đồng ý", field="words")
    if not day <= until <= day + LONGEST_CONSENT:
        raise Refused(
            f"Ngày kết thúc phải từ hôm nay đến {day + LONGEST_CONSENT:%d/%m/%Y}, nhiều nhất một năm.", field="until"
        )
    if not code and statement is None:
        raise Refused("Nhập mã chủ thể đọc cho bạn, hoặc tải lên bản ghi lời đồng ý của chủ thể.", field="code")
    if code:
        use_code(subject=subject, code=code, at=at)
    elif not words:
        raise Refused("Ghi lại chủ thể đã đồng ý điều gì, ai nói và ở đâu.", field="words")
    with transaction.atomic():
        Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
        known = consent_of(by, subject, day)
        if known is not None:
            _end(known, by=by, at=at)
        consent = Consent.objects.create(
            subject=subject,
            helper=by,
            how=How.CODE if code else How.STATEMENT,
            statement=None if code or statement is None else keep_upload(statement, by=by, at=at),
            words=words,
            given_at=at,
            until=until,
        )
        record(
            act="give_consent",
            words=f"{subject.name} đồng ý để {by.full_name} nhập giúp đến hết ngày {until:%d/%m/%Y}",
            on=consent,
            thread=subject,
            facts={"how": consent.how, "until": until.isoformat()},
            shown_to_subject=True,
            by=by,
            at=at,
        )
    return consent


@transaction.atomic
def end_consent(*, consent: Consent, by: User, at: datetime) -> Consent:
    """The subject takes its consent back, or the helper gives it up; what was typed until then stays, with its name."""
    locked = Consent.objects.select_for_update(of=("self",)).select_related("subject", "helper").get(pk=consent.pk)
    if by != locked.helper and not acts_for(by, day_of(at), locked.subject):
        raise PermissionDenied("Chỉ chủ thể hoặc chính người nhập giúp mới thôi được sự đồng ý này.")
    if locked.ended_at is not None:
        raise Refused("Sự đồng ý này đã được rút trước đó.")
    return _end(locked, by=by, at=at)


def _end(consent: Consent, *, by: User, at: datetime) -> Consent:
    consent.ended_at, consent.ended_by = at, by
    consent.save(update_fields=["ended_at", "ended_by"])
    record(
        act="end_consent",
        words=f"Thôi để {consent.helper.full_name} nhập giúp {consent.subject.name}",
        on=consent,
        thread=consent.subject,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return consent
