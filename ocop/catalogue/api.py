"""The open API: whether a certificate holds, for shops, inspectors' apps and journalists. Anybody may ask."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Path, Schema
from ninja.errors import ValidationError
from ninja.responses import Status

from ocop.catalogue.queries import shown_on
from ocop.certificates.queries import by_code, check_address
from ocop.certificates.states import CertificateStatus
from ocop.core.clock import day_of, now
from ocop.core.doors import public

# Letters, figures, dashes and blanks only: whatever else is typed is refused before the register is asked.
Code = Annotated[
    str,
    Path(
        pattern=r"^[0-9A-Za-z -]{1,40}$",
        description="Mã tra cứu in trên giấy chứng nhận; hoa thường, dấu gạch và khoảng trắng đều được.",
        examples=["7K3M-9QXT-2FA"],
    ),
]


class Product(Schema):
    """The product as the certificate names it."""

    name: str
    code: str = Field(description="Mã sản phẩm OCOP")
    set: str = Field(description="Bộ sản phẩm")


class Subject(Schema):
    """The producer as the certificate names it."""

    name: str
    address: str
    unit: str = Field(description="Xã, phường theo tên lúc cấp giấy")


class Decision(Schema):
    """The decision of recognition."""

    number: str
    date: date
    authority: str


class CertificateAnswer(Schema):
    """Where a certificate stands at the moment of asking."""

    code: str
    number: str
    status: CertificateStatus
    status_words: str = Field(description="Tình trạng bằng chữ, như trên trang công khai")
    star: int = Field(ge=3, le=5)
    product: Product
    subject: Subject
    decision: Decision
    valid_from: date
    valid_to: date = Field(description="Ngày cuối cùng còn hiệu lực")
    checked_at: datetime
    page: str = Field(description="Trang công khai của giấy chứng nhận")


class Problem(Schema):
    """What is wrong with the question, and what to do."""

    message: str


class PublicAPI(NinjaAPI):
    """An API whose every address is open to anybody, and says so as any other view does."""

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """The addresses, each wearing its door."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            assert pattern.callback is not None, "this API nests no other"
            public(pattern.callback)
        return patterns, app, namespace


api = PublicAPI(
    title="Sao Làng",
    version="1",
    description="Kiểm tra giấy chứng nhận hạng sao OCOP. Dữ liệu mở, không cần đăng nhập.",
    docs_url=None,
)


@api.exception_handler(ValidationError)
def _not_a_code(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return api.create_response(
        request, {"message": "Mã chỉ gồm chữ cái không dấu, chữ số và dấu gạch, nhiều nhất 40 ký tự."}, status=422
    )


@api.get(
    "/certificates/{code}",
    response={200: CertificateAnswer, 404: Problem, 422: Problem},
    summary="Tình trạng của một giấy chứng nhận",
    url_name="certificate",
)
def certificate(request: HttpRequest, code: Code) -> Any:
    """Tình trạng tính đến lúc hỏi, theo ngày thật. Mã không có trong sổ trả về 404 kèm việc cần làm."""
    moment = now()
    found = by_code(code)
    if found is None:
        return Status(
            404, {"message": "Không có giấy chứng nhận nào mang mã này. Kiểm tra lại từng ký tự của mã in trên giấy."}
        )
    shown = shown_on(found, day_of(moment))
    return {
        "code": found.code,
        "number": found.number,
        "status": shown.status,
        "status_words": shown.status.label,
        "star": found.star,
        "product": {"name": found.product_name, "code": found.product_code, "set": found.set_name},
        "subject": {"name": found.subject_name, "address": found.address, "unit": found.unit_name},
        "decision": {"number": found.decision_number, "date": found.decided_on, "authority": found.authority},
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "checked_at": moment,
        "page": check_address(found.code),
    }
