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
from ocop.consent.queries import consent_of, has_account
from ocop.consent.rules import CODE_HOLDS, CODE_LENGTH, LONGEST_CONSENT, MOST_TRIES, digest_of
from ocop.consent.states import How, Purpose
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.files.actions import keep_upload
from ocop.registration.models import Subject
from ocop.registration.queries import acts_for

LONGEST_WORDS = 2000


@transaction.atomic
def make_code(*, subject: Subject, purpose: Purpose, by: User, at: datetime) -> str:
    """A new code for the subject's own person to read out; the earlier ones for that purpose no longer hold.

    Only its digest is kept.
    """
    if not acts_for(by, day_of(at), subject):
        raise PermissionDenied("Chỉ người của chủ thể mới tạo được mã đồng ý.")
    Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    earlier = SpokenCode.objects.filter(subject=subject, purpose=purpose, used_at__isnull=True, expires_at__gt=at)
    earlier.update(expires_at=at)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))
    made = SpokenCode.objects.create(
        subject=subject,
        purpose=purpose,
        made_by=by,
        digest=digest_of(code, subject=subject.pk, secret=settings.SECRET_KEY),
        made_at=at,
        expires_at=at + CODE_HOLDS,
    )
    record(
        act="make_code",
        words=f"Tạo {purpose.label[:1].lower()}{purpose.label[1:]} của {subject.name}",
        on=made,
        thread=subject,
        facts={"purpose": purpose.value},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return code


def use_code(*, subject: Subject, purpose: Purpose, code: str, at: datetime) -> None:
    """Spend the subject's code for that purpose, or refuse in words. A wrong guess stays counted though the act is not.

    A code that was made for something else fits as little as a wrong one.
    """
    with transaction.atomic():
        live = SpokenCode.objects.select_for_update().filter(
            subject=subject, purpose=purpose, used_at__isnull=True, expires_at__gt=at, tries__lt=MOST_TRIES
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
            "Mã chưa đúng, đã dùng hoặc đã quá 15 phút. Nhờ chủ thể mở mục “Cho người khác nhập giúp” và bấm "
            f"“{purpose.label}” để tạo mã mới.",
            field="code",
        )


def check_by_statement(subject: Subject, day: date, *, purpose: Purpose = Purpose.CONSENT) -> None:
    """Refuse a recorded statement where the subject has an account: it speaks for itself, by a code for `purpose`."""
    if has_account(subject, day):
        raise Refused(
            f"{subject.name} có tài khoản riêng nên nói bằng mã, không dùng bản ghi: nhờ chủ thể mở mục “Cho người "
            f"khác nhập giúp” trên máy của mình, bấm “{purpose.label}” rồi đọc mã cho bạn.",
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

    Where somebody speaks for the subject from an own account, only the code holds. The statement is a sound, picture
    or scan in which the subject agrees; its file is kept with the consent, and the subject can end it at any time.
    """
    day = day_of(at)
    check_help(by, day, subject)
    words = tidy(words)
    check_length(words, LONGEST_WORDS, what="Lời đồng ý", field="words")
    if not day <= until <= day + LONGEST_CONSENT:
        raise Refused(
            f"Ngày kết thúc phải từ hôm nay đến {day + LONGEST_CONSENT:%d/%m/%Y}, nhiều nhất một năm.", field="until"
        )
    if code:
        use_code(subject=subject, purpose=Purpose.CONSENT, code=code, at=at)
    else:
        check_by_statement(subject, day)
        if statement is None:
            raise Refused("Nhập mã chủ thể đọc cho bạn, hoặc tải lên bản ghi lời đồng ý của chủ thể.", field="code")
        if not words:
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
    # The subject first, as `give_consent` and the rooms that write under a consent do: so none waits for another.
    Subject.objects.select_for_update(of=("self",)).get(pk=consent.subject_id)
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
